import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireApproval } from '../support/approvals.ts';
import { countStatements } from '../support/count-statements.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const long = { timeoutMs: 30_000, everyMs: 50 };
let api: TestApi;
let acme: TestTenant;
let globex: TestTenant;
let provider: ProviderServer;
/** The status of every response of the candidate's path. */
let status = 200;
/** Holds responses back while it is set. */
let held: Promise<void> | null = null;

beforeAll(async () => {
  provider = await startProvider(async ({ url }, response) => {
    await held;
    sendJson(response, url.startsWith('/new') ? status : 200, { path: url });
  });
  api = await startTestApi({ reconcile: true });
  [acme, globex] = await Promise.all(
    [1, 2].map(() => api.tenant({ privateHosts: [provider.host] })) as [
      Promise<TestTenant>,
      Promise<TestTenant>,
    ],
  );
});
afterEach(() => {
  status = 200;
  held = null;
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});

let count = 0;
const definitionOf = (name: string, path: string, more: Record<string, unknown> = {}) => ({
  name,
  type: 'http',
  inputSchema: {
    type: 'object',
    properties: { customer: { type: 'string' }, order: { type: 'object' } },
  },
  config: { method: 'POST', url: `${provider.url}/${path}` },
  retry: { maxAttempts: 1 },
  ...more,
});
const admin: TestTenant['as']['tenant_admin'] = (...request) => acme.as.tenant_admin(...request);
const operator: TestTenant['as']['operator'] = (...request) => acme.as.operator(...request);

/** A tool whose versions call /old and /new. */
async function createTool(as = admin): Promise<{ id: string; name: string }> {
  const name = `refund_${++count}`;
  const { status, body } = await as('POST', '/api/tools', definitionOf(name, 'old'));
  expect(status, JSON.stringify(body)).toBe(201);
  return { id: body.id, name };
}

async function startTrial(
  more: Record<string, unknown> = {},
): Promise<{ id: string; name: string; trialId: string }> {
  const tool = await createTool();
  const trial = { definition: definitionOf(tool.name, 'new'), percent: 50, ...more };
  const { status, body } = await admin('POST', `/api/tools/${tool.id}/trial`, trial);
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body).toMatchObject({ status: 'running', baseline: 1, candidate: 2 });
  return { ...tool, trialId: body.id };
}

const execute = (id: string, payload: unknown = {}, key?: string, as = operator) =>
  as('POST', `/api/tools/${id}/execute`, { payload }, key === undefined ? {} : { 'idempotency-key': key });
async function versionOf(id: string, payload: unknown = {}, key?: string, as = operator): Promise<number> {
  const { status, body } = await execute(id, payload, key, as);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.output.path).toBe(body.toolVersion === 1 ? '/old' : '/new');
  return body.toolVersion;
}
const trialOf = async (id: string) => (await admin('GET', `/api/tools/${id}/trial`)).body.trial;
const change = (id: string, verb: string, body: unknown = {}) =>
  admin('POST', `/api/tools/${id}/trial/${verb}`, body);
const toolOf = async (id: string) => (await admin('GET', `/api/tools/${id}`)).body;
const eventsOf = async (id: string): Promise<string[]> => {
  const { body } = await admin('GET', `/api/events?subjectType=tool&subjectId=${id}&limit=50`);
  return body.items.map(({ type }: { type: string }) => type);
};
const customers = (howMany: number) => Array.from({ length: howMany }, () => `customer-${uuidv7()}`);

describe('which version a call gets', () => {
  test('the calls are shared by percent, and counted by what chose their version', async () => {
    const { id } = await startTrial({ percent: 25 });
    const versions: number[] = [];
    for (let round = 0; round < 10; round += 1)
      versions.push(...(await Promise.all(Array.from({ length: 40 }, () => versionOf(id)))));
    const candidate = versions.filter((version) => version === 2).length;
    // Four standard deviations around 100 of 400.
    expect(candidate).toBeGreaterThan(65);
    expect(candidate).toBeLessThan(135);
    const { comparison } = await trialOf(id);
    expect(comparison.candidate).toMatchObject({
      version: 2,
      calls: candidate,
      succeeded: candidate,
      failed: 0,
    });
    expect(comparison.baseline).toMatchObject({ version: 1, calls: 400 - candidate, open: 0 });
    expect(comparison.success.verdict).toBe('no_difference');
    expect(comparison.latency.difference.low).toBeLessThan(comparison.latency.difference.high);
    expect((await toolOf(id)).version).toBe(1);
  });

  test('the same value at stickyBy gets the same version, in every process, and more percent take none back', async () => {
    const { id } = await startTrial({ stickyBy: '/customer' });
    const other = await startTestApi();
    try {
      const there = other.call(acme.keys.operator);
      const all = customers(24);
      const first = await Promise.all(all.map((customer) => versionOf(id, { customer })));
      expect(new Set(first)).toEqual(new Set([1, 2]));
      expect(await Promise.all(all.map((customer) => versionOf(id, { customer }, uuidv7())))).toEqual(first);
      expect(await Promise.all(all.map((customer) => versionOf(id, { customer }, undefined, there)))).toEqual(
        first,
      );
      await change(id, 'percent', { percent: 80 });
      const later = await Promise.all(all.map((customer) => versionOf(id, { customer }, undefined, there)));
      for (const [index, version] of first.entries()) if (version === 2) expect(later[index]).toBe(2);
      await change(id, 'percent', { percent: 100 });
      expect(
        new Set(await Promise.all(all.map((customer) => versionOf(id, { customer }, undefined, there)))),
      ).toEqual(new Set([2]));
      await change(id, 'percent', { percent: 0 });
      expect(await versionOf(id, { customer: all[0] }, undefined, there)).toBe(1);
    } finally {
      await other.close();
    }
  });

  test('without such a value the Idempotency-Key decides, and a repeated request has the same execution', async () => {
    const { id } = await startTrial({ stickyBy: '/customer' });
    const keys = customers(16);
    const first = await Promise.all(keys.map((key) => execute(id, { order: {} }, key)));
    expect(new Set(first.map(({ body }) => body.toolVersion))).toEqual(new Set([1, 2]));
    await change(id, 'percent', { percent: 100 });
    const again = await Promise.all(keys.map((key) => execute(id, { order: {} }, key)));
    expect(again.map(({ body }) => [body.id, body.toolVersion])).toEqual(
      first.map(({ body }) => [body.id, body.toolVersion]),
    );
  });

  test('a previewed call is exactly what was previewed, and counts only if its input chose the version', async () => {
    const { id } = await startTrial({ stickyBy: '/customer' });
    const seen = new Set<number>();
    for (let call = 0; call < 24; call += 1) {
      const preview = (await operator('POST', `/api/tools/${id}/preview`, { payload: {} })).body;
      expect(preview.request.url).toBe(`${provider.url}/${preview.toolVersion === 1 ? 'old' : 'new'}`);
      const { status, body } = await operator('POST', `/api/tools/${id}/execute`, {
        payload: {},
        previewDigest: preview.digest,
      });
      expect([status, body.toolVersion]).toEqual([200, preview.toolVersion]);
      seen.add(body.toolVersion);
    }
    expect(seen).toEqual(new Set([1, 2]));
    const { comparison } = await trialOf(id);
    expect([comparison.baseline.calls, comparison.candidate.calls]).toEqual([0, 0]);

    const payload = { customer: 'one' };
    const { digest, toolVersion } = (await operator('POST', `/api/tools/${id}/preview`, { payload })).body;
    const sent = await operator('POST', `/api/tools/${id}/execute`, { payload, previewDigest: digest });
    expect(sent.body.toolVersion).toBe(toolVersion);
    const after = (await trialOf(id)).comparison;
    expect(after.baseline.calls + after.candidate.calls).toBe(1);
  });

  test('a preview of the candidate is refused once the trial has stopped', async () => {
    const { id } = await startTrial({ percent: 100 });
    const { digest, toolVersion } = (await operator('POST', `/api/tools/${id}/preview`, { payload: {} }))
      .body;
    expect(toolVersion).toBe(2);
    await change(id, 'stop');
    const before = provider.requests.length;
    const { status, body } = await operator('POST', `/api/tools/${id}/execute`, {
      payload: {},
      previewDigest: digest,
    });
    expect([status, body.error.code]).toEqual([409, 'preview_changed']);
    expect(provider.requests.length).toBe(before);
  });

  test('a checked batch makes the calls that were checked', async () => {
    const { id, name } = await startTrial({ percent: 100 });
    const calls = [{ id: 'one', tool: name, payload: {} }];
    const { digest } = (await operator('POST', '/api/batches/check', { calls })).body;
    const bound = (await operator('POST', '/api/batches', { calls, previewDigest: digest })).body;
    expect(bound.calls[0].output).toEqual({ path: '/old' });
    const free = (await operator('POST', '/api/batches', { calls })).body;
    expect(free.calls[0].output).toEqual({ path: '/new' });
    expect((await trialOf(id)).comparison.candidate.calls).toBe(1);
  });

  test('a call that waits for an approval runs as it was shown, or not at all', async () => {
    const { id } = await startTrial({ percent: 100 });
    await requireApproval(acme, id, { fourEyes: false });
    const ask = async () => {
      const { status, body } = await execute(id);
      expect([status, body.toolVersion]).toEqual([202, 2]);
      return body.id as string;
    };
    const decided = async (execution: string) => {
      const approved = await acme.as.approver('POST', `/api/tools/executions/${execution}/approve`, {});
      return eventually(async () => {
        const { body } = await operator('GET', `/api/tools/executions/${execution}`);
        const isOver = approved.status !== 200 || ['succeeded', 'failed'].includes(body.status);
        return isOver ? { approved, body } : undefined;
      }, long);
    };
    const [first, second] = [await ask(), await ask()];
    await change(id, 'percent', { percent: 0 });
    expect((await decided(first))?.body).toMatchObject({
      status: 'succeeded',
      toolVersion: 2,
      output: { path: '/new' },
    });
    await change(id, 'promote');
    const before = provider.requests.length;
    const { approved, body } = (await decided(second))!;
    expect(JSON.stringify([approved.body, body.failure])).toContain(
      'was changed after the approval was asked for',
    );
    expect(provider.requests.length).toBe(before);
  });

  test('a step of a playbook calls the current version, and counts for nothing', async () => {
    const { id, name } = await startTrial({ percent: 100 });
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: `calls_${name}`,
      steps: [{ id: 'call', type: 'call_tool', title: 'Call', tool: name }],
    });
    const run = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, run, 'call', 'waiting');
    expect((await complete(acme.as.operator, run, 'call')).status).toBe(200);
    const { output } = await stepWhen(acme.as.operator, run, 'call', 'completed', 'failed');
    expect(output).toEqual({ path: '/old' });
    const { comparison } = await trialOf(id);
    expect([comparison.baseline.calls, comparison.candidate.calls]).toEqual([0, 0]);
  });

  test('a later attempt keeps the version of the first', async () => {
    const tool = await createTool();
    const retried = { idempotent: true, retry: { maxAttempts: 3, initialMs: 200, maxMs: 200 } };
    const definition = definitionOf(tool.name, 'new', retried);
    await admin('POST', `/api/tools/${tool.id}/trial`, { definition, percent: 100 });
    status = 503;
    const { body } = await operator('POST', `/api/tools/${tool.id}/execute`, { payload: {}, waitMs: 0 });
    await eventually(() => provider.requests.some(({ url }) => url === '/new'), long);
    await change(tool.id, 'stop');
    status = 200;
    const ended = await eventually(async () => {
      const { body: now } = await operator('GET', `/api/tools/executions/${body.id}`);
      return now.status === 'succeeded' && now;
    }, long);
    expect([ended.toolVersion, ended.output.path]).toEqual([2, '/new']);
    expect(await versionOf(tool.id)).toBe(1);
  });

  test('a tool without a trial takes the statements that it took, and so does one with a trial', async () => {
    const { id } = await createTool();
    const tried = await startTrial({ percent: 50 });
    for (const tool of [id, tried.id]) {
      for (let call = 0; call < 8; call += 1) await versionOf(tool);
      const { executor } = api.services;
      const identity = {
        tenantId: acme.id,
        tenantSlug: acme.slug,
        tenantName: acme.slug,
        actor: { type: 'api_key' as const, id: 'key', name: 'Key' },
        roles: ['operator' as const],
        person: null,
      };
      const statements = await countStatements(api.services.db, () =>
        executor.execute({ identity, toolId: tool, payload: {}, requestId: uuidv7() }),
      );
      expect(statements).toBe(2);
    }
  });
});

describe('how a trial goes', () => {
  test('the candidate becomes the current version by promotion, and the next version follows it', async () => {
    const { id, name, trialId } = await startTrial({ percent: 0 });
    expect(await versionOf(id)).toBe(1);
    const { status, body } = await change(id, 'promote', { trialId });
    expect([status, body.status]).toEqual([200, 'promoted']);
    expect(await versionOf(id)).toBe(2);
    expect(await toolOf(id)).toMatchObject({ version: 2, config: { url: `${provider.url}/new` } });
    const types = await eventsOf(id);
    expect(types).toEqual(expect.arrayContaining(['TrialStarted', 'TrialPromoted', 'ToolUpdated']));
    await admin('PUT', `/api/tools/${id}`, definitionOf(name, 'old', { title: 'Third' }));
    expect((await toolOf(id)).version).toBe(3);
  });

  test('after a stop every call gets the baseline, and the next version takes a number of its own', async () => {
    const { id, name } = await startTrial({ percent: 100 });
    expect(await versionOf(id)).toBe(2);
    const { body } = await change(id, 'stop', { reason: 'Too slow' });
    expect(body).toMatchObject({ status: 'stopped', reason: 'Too slow', endedBy: { type: 'api_key' } });
    expect(await versionOf(id)).toBe(1);
    await admin('PUT', `/api/tools/${id}`, definitionOf(name, 'old', { title: 'Third' }));
    const { items } = (await admin('GET', `/api/tools/${id}/versions`)).body;
    expect(
      items.map(({ version, current }: { version: number; current: boolean }) => [version, current]),
    ).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    const again = await admin('POST', `/api/tools/${id}/trial`, { version: 2, percent: 100 });
    expect(again.body).toMatchObject({ baseline: 3, candidate: 2 });
    expect((await execute(id)).body.toolVersion).toBe(2);
    const { items: trials } = (await admin('GET', `/api/tools/${id}/trials`)).body;
    expect(trials.map((trial: { status: string }) => trial.status)).toEqual(['running', 'stopped']);
    const old = await admin('GET', `/api/tools/${id}/trial?trialId=${trials[1].id}`);
    expect(old.body.trial).toMatchObject({ status: 'stopped', comparison: { candidate: { calls: 1 } } });
  });

  test('nobody publishes, restores or archives the tool under a running trial', async () => {
    const { id, name, trialId } = await startTrial();
    const refused = [
      await admin('PUT', `/api/tools/${id}`, definitionOf(name, 'old', { title: 'Other' })),
      await admin('POST', `/api/tools/${id}/versions/1/restore`, {}),
      await admin('DELETE', `/api/tools/${id}`),
      await admin('POST', `/api/tools/${id}/trial`, { version: 2, percent: 10 }),
    ];
    for (const { status, body } of refused) {
      expect([status, body.error.code, body.error.details]).toEqual([409, 'conflict', { trialId }]);
      expect(body.error.message).toContain(`Version 2 of ${name} is being tried`);
    }
    expect((await admin('PUT', `/api/tools/${id}`, definitionOf(name, 'old'))).status).toBe(200);
    expect(await toolOf(id)).toMatchObject({ version: 1 });
    await change(id, 'stop');
    expect((await admin('DELETE', `/api/tools/${id}`)).status).toBe(204);
  });

  test('of two people who end a trial at once, one does', async () => {
    const { id } = await startTrial();
    const responses = await Promise.all([
      change(id, 'promote'),
      change(id, 'stop'),
      change(id, 'promote'),
      change(id, 'percent', { percent: 1 }),
    ]);
    const ended = responses.slice(0, 3).filter(({ status }) => status === 200);
    expect(ended).toHaveLength(1);
    const [done] = ended;
    for (const { status, body } of responses.filter((each) => each.status !== 200))
      expect([status, body.error.message]).toEqual([409, expect.stringContaining('already')]);
    const promoted = done!.body.status === 'promoted';
    expect((await toolOf(id)).version).toBe(promoted ? 2 : 1);
    expect(await versionOf(id)).toBe(promoted ? 2 : 1);
    const types = await eventsOf(id);
    expect(types.filter((type) => type === 'TrialPromoted' || type === 'TrialStopped')).toHaveLength(1);
  });

  test('while trials begin and end, no call runs with a version that nobody chose', async () => {
    const { id, name } = await createTool();
    let over = false;
    const ran: Promise<void>[] = [];
    const seen: { version: number; path: string }[] = [];
    const lane = async () => {
      while (!over) {
        const { status, body } = await execute(id);
        expect(status, JSON.stringify(body)).toBe(200);
        seen.push({ version: body.toolVersion, path: body.output.path });
      }
    };
    for (let each = 0; each < 4; each += 1) ran.push(lane());
    let [current, next] = [1, 2];
    for (let round = 0; round < 4; round += 1) {
      const path = round % 2 === 0 ? 'new' : 'old';
      const definition = definitionOf(name, path, { title: `Round ${round}` });
      const started = await admin('POST', `/api/tools/${id}/trial`, { definition, percent: 50 });
      expect(started.body).toMatchObject({ baseline: current, candidate: next });
      await eventually(() => seen.some(({ version }) => version === next), long);
      await change(id, round < 2 ? 'promote' : 'stop');
      if (round < 2) current = next;
      // What begins now has the version that was decided.
      expect((await execute(id)).body.toolVersion).toBe(current);
      next += 1;
    }
    over = true;
    await Promise.all(ran);
    const pathOf: Record<number, string> = { 1: '/old', 2: '/new', 3: '/old', 4: '/new', 5: '/old' };
    for (const { version, path } of seen) expect(path).toBe(pathOf[version]);
  });
});

describe('a trial that stops by itself', () => {
  test('ends when the candidate fails surely more often than was allowed, and tells who started it', async () => {
    const { id, name } = await startTrial({ percent: 50, stopAbove: { errorRate: 0.2, atLeast: 10 } });
    status = 400;
    for (let call = 0; call < 12; call += 1) await Promise.all([execute(id), execute(id), execute(id)]);
    const stopped = await eventually(async () => {
      const trial = await trialOf(id);
      return trial.status !== 'running' && trial;
    }, long);
    expect(stopped).toMatchObject({ status: 'stopped_automatically', endedBy: { type: 'system' } });
    expect(stopped.reason).toContain('at most 20 % were allowed');
    expect(stopped.comparison.candidate.failed).toBeGreaterThanOrEqual(10);
    expect(stopped.comparison.candidate.errors).toEqual([
      { code: 'provider_error', count: stopped.comparison.candidate.failed, leftOut: false },
    ]);
    expect(await versionOf(id)).toBe(1);
    expect(await eventsOf(id)).toContain('TrialStopped');
    const { items } = (await admin('GET', '/api/inbox/notices')).body;
    expect(items.find(({ toolId }: { toolId: string }) => toolId === id)).toMatchObject({
      kind: 'notify',
      text: `Version 2 of ${name} is no longer tried: ${stopped.reason}`,
    });
  });

  test('goes on when too few calls have ended, or their failures may be chance', async () => {
    const { id } = await startTrial({ percent: 100, stopAbove: { errorRate: 0.5, atLeast: 5 } });
    status = 400;
    for (let call = 0; call < 4; call += 1) await execute(id);
    const failing = await startTrial({ percent: 100, stopAbove: { errorRate: 0, atLeast: 5 } });
    for (let call = 0; call < 5; call += 1) await execute(failing.id);
    // By then the sweep has looked at both.
    await eventually(async () => (await trialOf(failing.id)).status === 'stopped_automatically', long);
    expect((await trialOf(id)).status).toBe('running');
  });
});

describe('what a trial leaves', () => {
  const sql = (text: string, values: unknown[]) =>
    api.services.db.system((connection) => connection.query<Record<string, unknown>>({ text, values }));

  test('a day after its end, what it has shown is kept without its calls', async () => {
    const { id, trialId } = await startTrial({ percent: 50, stickyBy: '/customer' });
    await Promise.all(customers(30).map((customer) => versionOf(id, { customer })));
    await change(id, 'stop');
    const before = await trialOf(id);
    expect(before.comparison.baseline.calls + before.comparison.candidate.calls).toBe(30);
    await sql(`UPDATE tool_trial SET ended_at = now() - interval '25 hours' WHERE id = $1`, [trialId]);
    await eventually(async () => {
      const [calls] = await sql('SELECT count(*)::int AS left FROM tool_trial_call WHERE trial_id = $1', [
        trialId,
      ]);
      return calls!.left === 0;
    }, long);
    expect((await trialOf(id)).comparison).toEqual(before.comparison);
  });

  test('one whose tool was changed without it ends, and its tool can be tried again', async () => {
    const { id, trialId } = await startTrial({ percent: 100 });
    // As a process of the version before publishes.
    await sql('UPDATE tool SET current_version = 2 WHERE id = $1', [id]);
    expect(await versionOf(id)).toBe(2);
    const early = await admin('POST', `/api/tools/${id}/trial`, { version: 1, percent: 100 });
    expect([201, 409]).toContain(early.status);
    if (early.status === 201) await change(id, 'stop');
    const ended = await eventually(async () => {
      const { body } = await admin('GET', `/api/tools/${id}/trial?trialId=${trialId}`);
      return body.trial.status !== 'running' && body.trial;
    }, long);
    expect(ended).toMatchObject({ id: trialId, status: 'stopped', endedBy: { type: 'system' } });
    const again = await admin('POST', `/api/tools/${id}/trial`, { version: 1, percent: 100 });
    expect([again.status, again.body.candidate]).toEqual([201, 1]);
  });

  test('what its candidate uses is not archived', async () => {
    const tool = await createTool();
    const connector = await admin('POST', '/api/connectors', {
      name: `shop_${count}`,
      baseUrl: provider.url,
    });
    const credential = await admin('POST', '/api/credentials', {
      name: `key_${count}`,
      auth: { type: 'bearer', token: 'a secret of the provider' },
      allowedHosts: [provider.host],
    });
    expect([connector.status, credential.status], JSON.stringify(credential.body)).toEqual([201, 201]);
    const definition = definitionOf(tool.name, 'new', {
      auth: { type: 'bearer', credentialId: credential.body.id },
      config: { method: 'POST', path: '/new', connectorId: connector.body.id },
    });
    const started = await admin('POST', `/api/tools/${tool.id}/trial`, { definition, percent: 100 });
    expect(started.status, JSON.stringify(started.body)).toBe(201);
    expect(await versionOf(tool.id)).toBe(2);
    expect((await admin('DELETE', `/api/credentials/${credential.body.id}`)).body.error.code).toBe('in_use');
    const refused = await admin('DELETE', `/api/connectors/${connector.body.id}`);
    expect([refused.status, refused.body.error.message]).toEqual([
      409,
      `A version of ${tool.name} that is being tried uses it.`,
    ]);
    await change(tool.id, 'stop');
    expect((await admin('DELETE', `/api/connectors/${connector.body.id}`)).status).toBe(204);
  });
});

describe('what is refused', () => {
  test('a candidate with another name, or that may break callers, unless it is forced', async () => {
    const { id, name } = await createTool();
    const start = (definition: unknown, more = {}) =>
      admin('POST', `/api/tools/${id}/trial`, { definition, percent: 10, ...more });
    const renamed = await start(definitionOf(`${name}_two`, 'new'), { force: true });
    expect([renamed.status, issuePaths(renamed)]).toEqual([422, ['/name']]);
    const inputSchema = {
      type: 'object',
      required: ['customer'],
      properties: { customer: { type: 'string' } },
    };
    const narrower = definitionOf(name, 'new', { inputSchema });
    const breaking = await start(narrower);
    expect([breaking.status, breaking.body.error.code]).toEqual([422, 'invalid_definition']);
    expect(issuePaths(breaking)).toContain('/inputSchema/required');
    expect((await start(definitionOf(name, 'old'))).body.error.code).toBe('conflict');
    expect((await start(narrower, { force: true })).status).toBe(201);
    expect((await admin('GET', `/api/tools/${id}/versions`)).body.items).toHaveLength(2);
  });

  test('what is no trial of this tool', async () => {
    const { id, name } = await createTool();
    const start = (body: unknown, headers = {}) => admin('POST', `/api/tools/${id}/trial`, body, headers);
    const definition = definitionOf(name, 'new');
    expect((await start({ percent: 10 })).status).toBe(422);
    expect((await start({ percent: 10, version: 1, definition })).status).toBe(422);
    expect((await start({ percent: 10, version: 1 })).status).toBe(409);
    expect((await start({ percent: 10, version: 7 })).status).toBe(404);
    expect((await start({ percent: 101, definition })).status).toBe(422);
    expect((await start({ percent: 10, definition, stickyBy: 'customer' })).status).toBe(422);
    expect((await start({ percent: 10, definition }, { 'if-match': '"7"' })).status).toBe(412);
    expect(await trialOf(id)).toBe(null);
    expect((await change(id, 'stop')).status).toBe(404);
    expect((await change(uuidv7(), 'stop')).status).toBe(404);
    expect((await admin('GET', '/api/tools/no-id/trials')).status).toBe(404);
    const other = await startTrial();
    expect((await admin('GET', `/api/tools/${id}/trial?trialId=${other.trialId}`)).status).toBe(404);
    expect((await admin('GET', `/api/tools/${id}/versions`)).body.items).toHaveLength(1);
  });

  test('a trial of a global tool', async () => {
    const name = `global_${uuidv7().replaceAll('-', '')}`;
    const created = await acme.as.platform_admin('POST', '/api/tools', {
      name,
      type: 'dummy',
      scope: 'global',
    });
    expect(created.status).toBe(201);
    const trial = { definition: { name, type: 'dummy', scope: 'global', title: 'Two' }, percent: 10 };
    const { status, body } = await acme.as.platform_admin(
      'POST',
      `/api/tools/${created.body.id}/trial`,
      trial,
    );
    expect([status, body.error.code]).toEqual([403, 'forbidden']);
  });

  test('whatever another organization asks about a trial', async () => {
    const { id, trialId } = await startTrial();
    const there = globex.as.tenant_admin;
    for (const path of ['trials', 'trial', `trial?trialId=${trialId}`])
      expect((await there('GET', `/api/tools/${id}/${path}`)).status).toBe(404);
    for (const [verb, body] of Object.entries({ percent: { percent: 1 }, promote: {}, stop: {} }))
      expect((await there('POST', `/api/tools/${id}/trial/${verb}`, { trialId, ...body })).status).toBe(404);
    const own = await createTool(there);
    expect((await there('POST', `/api/tools/${own.id}/trial/stop`, { trialId })).status).toBe(404);
    expect((await trialOf(id)).status).toBe('running');
    expect((await acme.as.operator('POST', `/api/tools/${id}/trial/stop`, {})).status).toBe(403);
  });
});
