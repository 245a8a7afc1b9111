import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { countStatements } from '../support/count-statements.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('policies', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let made = 0;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { done: true }));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    globex = await api.tenant({ privateHosts: [provider.host] });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const inputSchema = {
    type: 'object',
    properties: { amount: { type: 'number' }, note: { type: 'string' } },
  };

  /** A tool of its own for each test, so that policies of one do not concern the others. */
  async function newTool(more: Record<string, unknown> = {}): Promise<string> {
    made += 1;
    const config = { method: 'POST', url: `${provider.url}/refunds/${made}` };
    const definition = { name: `refund_${made}`, type: 'http', inputSchema, config, ...more };
    const { status, body } = await acme.as.tool_admin('POST', '/api/tools', definition);
    expect(status).toBe(201);
    return body.id;
  }

  async function newPolicy(policy: Record<string, unknown>): Promise<string> {
    const { status, body } = await acme.as.tenant_admin('POST', '/api/policies', policy);
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }

  const execute = (tool: string, payload: unknown, as = acme.as.operator): Promise<ApiResponse> =>
    as('POST', `/api/tools/${tool}/execute`, { payload });
  const sent = (tool: number) => provider.requests.filter(({ url }) => url === `/refunds/${tool}`).length;

  test('a denied call is refused with its policy, nothing is sent, and the log says who was refused', async () => {
    const tool = await newTool();
    const id = await newPolicy({ tools: { id: tool }, when: 'amount > 500', effect: 'deny' });
    const allowed = await execute(tool, { amount: 500 });
    expect(allowed).toMatchObject({ status: 200, body: { status: 'succeeded', policy: null } });
    const denied = await execute(tool, { amount: 500.01 });
    expect(denied.status).toBe(403);
    expect(denied.body.error).toMatchObject({
      code: 'denied',
      message: `“Deny refund_${made} when amount > 500” denies this call. Nothing was sent.`,
      details: { policyId: id },
    });
    expect(sent(made)).toBe(1);
    const events = await acme.as.tenant_admin('GET', '/api/events?type=AccessDenied');
    const refused = events.body.items.map(({ data }: { data: unknown }) => data);
    expect(refused).toContainEqual(
      expect.objectContaining({ operation: 'tools.execute', reason: 'denied', policyId: id, subject: tool }),
    );
  });

  test('an allow policy closes its tool for everyone else, and the execution shows the rule that let it run', async () => {
    const tool = await newTool();
    const id = await newPolicy({
      name: 'Approvers only',
      tools: { id: tool },
      roles: ['approver'],
      effect: 'allow',
    });
    const { status, body } = await execute(tool, {});
    expect(status).toBe(403);
    expect(body.error.message).toContain('it is for approvers');
    // A tenant admin is an approver too.
    const ran = await execute(tool, {}, acme.as.tenant_admin);
    expect(ran.body).toMatchObject({ status: 'succeeded', policy: { effect: 'allow', policyId: id } });
    const read = await acme.as.viewer('GET', `/api/tools/executions/${ran.body.id}`);
    expect(read.body.policy).toEqual(ran.body.policy);
  });

  test('a change counts for the next call', async () => {
    const tool = await newTool();
    expect((await execute(tool, {})).status).toBe(200);
    const id = await newPolicy({ tools: { id: tool }, effect: 'deny' });
    expect((await execute(tool, {})).status).toBe(403);
    const off = { tools: { id: tool }, effect: 'deny', enabled: false };
    expect((await acme.as.tenant_admin('PUT', `/api/policies/${id}`, off)).status).toBe(200);
    expect((await execute(tool, {})).status).toBe(200);
    await acme.as.tenant_admin('PUT', `/api/policies/${id}`, { ...off, enabled: true });
    expect((await execute(tool, {})).status).toBe(403);
    expect((await acme.as.tenant_admin('DELETE', `/api/policies/${id}`)).status).toBe(204);
    expect((await execute(tool, {})).status).toBe(200);
    expect((await acme.as.tenant_admin('GET', `/api/policies/${id}`)).status).toBe(404);
  });

  test('a policy that changes between the request and the call refuses it, and says so on the execution', async () => {
    // The call waits: its first attempt fails, and the next one comes later.
    let up = false;
    const flaky = await startProvider((_request, response) => sendJson(response, up ? 200 : 503, {}));
    try {
      await acme.as.tenant_admin('PUT', '/api/settings/egress', {
        privateHosts: [provider.host, flaky.host],
      });
      const tool = await newTool({
        config: { method: 'GET', url: `${flaky.url}/` },
        retry: { maxAttempts: 5, initialMs: 1500, factor: 1 },
      });
      const path = `/api/tools/${tool}/execute`;
      const { body } = await acme.as.operator('POST', path, { payload: {} }, { prefer: 'respond-async' });
      await eventually(() => flaky.requests.length === 1);
      await newPolicy({ name: 'Stop it', tools: { id: tool }, effect: 'deny' });
      up = true;
      const ended = await eventually(async () => {
        const read = await acme.as.viewer('GET', `/api/tools/executions/${body.id}`);
        expect(read.body.status).toBe('failed');
        return read.body;
      });
      expect(ended.failure).toMatchObject({ code: 'denied' });
      expect(ended.failure.message).toContain('Stop it');
      expect(flaky.requests.length).toBe(1);
    } finally {
      await flaky.close();
    }
  });

  test('policies of another organization are not seen and decide nothing', async () => {
    const id = await newPolicy({ name: 'Ours', tools: { tag: 'only-ours' }, effect: 'deny' });
    const list = await globex.as.tenant_admin('GET', '/api/policies');
    expect(list.body).toEqual({ items: [], nextCursor: null });
    for (const [method, body] of [['GET'], ['PUT', { effect: 'allow' }], ['DELETE']] as const)
      expect((await globex.as.tenant_admin(method, `/api/policies/${id}`, body)).status).toBe(404);
    const config = { method: 'POST', url: `${provider.url}/theirs` };
    const definition = { name: 'theirs', type: 'http', tags: ['only-ours'], config };
    const tool = await globex.as.tool_admin('POST', '/api/tools', definition);
    expect((await execute(tool.body.id, {}, globex.as.operator)).status).toBe(200);
  });

  test('a hostile condition ends under its budget, and then the call is refused', async () => {
    const tool = await newTool();
    const hostile = '$count($distinct([1..200000].{"a": $, "b": amount})) > 0';
    const id = await newPolicy({
      name: 'Slow',
      tools: { id: tool },
      when: hostile,
      effect: 'require_approval',
    });
    const begun = performance.now();
    const { status, body } = await execute(tool, { amount: 1 });
    expect(status).toBe(403);
    expect(body.error).toMatchObject({ code: 'denied', details: { policyId: id } });
    expect(body.error.message).toMatch(/^The condition of “Slow” (takes longer than|needs too much|failed)/);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(sent(made)).toBe(0);
  });

  test('a rate lets exactly as many calls through as it says, however many come at once', async () => {
    const tool = await newTool();
    await newPolicy({ tools: { id: tool }, effect: 'allow', rate: { limit: 5, per: 'day' } });
    const responses = await Promise.all(Array.from({ length: 15 }, () => execute(tool, {})));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(5);
    const refused = responses.filter(({ status }) => status === 403);
    expect(refused).toHaveLength(10);
    expect(refused[0]!.body.error.message).toContain('its limit of 5 per day is used up');
    expect(sent(made)).toBe(5);
    // Uses that are older than the period no longer count.
    const admin = await connectAdmin();
    try {
      await admin.query(
        `UPDATE policy_rate SET uses = ARRAY(SELECT at - interval '1 day' FROM unnest(uses) AS at) WHERE tenant_id = $1`,
        [acme.id],
      );
    } finally {
      await admin.end();
    }
    expect((await execute(tool, {})).status).toBe(200);
  });

  test('a call that is refused after it was counted gives its place back', async () => {
    const tool = await newTool({ rateLimit: { requestsPerMinute: 1, burst: 2 } });
    await newPolicy({ tools: { id: tool }, effect: 'allow', rate: { limit: 3, per: 'day' } });
    const responses = await Promise.all(Array.from({ length: 12 }, () => execute(tool, {})));
    const limited = responses.filter(({ status }) => status === 429);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(limited.length).toBeGreaterThan(0);
    const simulated = await acme.as.viewer('POST', '/api/policies/simulate', { toolId: tool });
    expect(simulated.body.effect).toBe('allow');
  });

  test('a preview says what would be decided, and a simulation for whom', async () => {
    const tool = await newTool({ category: 'risky' });
    const id = await newPolicy({
      name: 'Large ones',
      tools: { category: 'risky' },
      roles: ['operator'],
      when: 'amount > 500',
      effect: 'require_approval',
      approval: { required: 2 },
    });
    const preview = await acme.as.operator('POST', `/api/tools/${tool}/preview`, {
      payload: { amount: 600 },
    });
    expect(preview.body.policy).toMatchObject({
      effect: 'require_approval',
      policyId: id,
      approval: { required: 2, roles: ['approver'] },
    });
    const simulate = async (body: Record<string, unknown>) =>
      (await acme.as.viewer('POST', '/api/policies/simulate', { toolId: tool, ...body })).body;
    const operator = { roles: ['operator'] };
    expect(await simulate({ payload: { amount: 600 }, actor: operator })).toMatchObject({
      effect: 'require_approval',
      policyId: id,
    });
    expect(await simulate({ payload: { amount: 5 }, actor: operator })).toMatchObject({
      effect: 'allow',
      policyId: null,
      findings: [{ policyId: id, concerns: false, reason: 'the input does not meet its condition' }],
    });
    expect(await simulate({ payload: { amount: 600 }, actor: acme.email })).toMatchObject({
      effect: 'allow',
      roles: ['tenant_admin'],
    });
    expect((await simulate({ payload: {}, actor: 'nobody@example.test' })).error.code).toBe('not_found');
  });

  test('a policy that cannot hold is refused with every problem at its place', async () => {
    const tool = await newTool();
    const { status, body } = await acme.as.tenant_admin('POST', '/api/policies', {
      effect: 'deny',
      tools: { id: tool },
      when: 'amont > 500',
      approval: { required: 1 },
    });
    expect(status).toBe(422);
    expect(body.error.issues).toEqual([
      expect.objectContaining({ path: '/approval' }),
      expect.objectContaining({ path: '/when', message: `refund_${made} has no input “amont”` }),
    ]);
    const wrong = { effect: 'deny', when: 'amount >', tools: { connectorId: acme.id } };
    const other = await acme.as.tenant_admin('POST', '/api/policies/check', wrong);
    expect(other.body.error.issues.map(({ path }: { path: string }) => path)).toEqual([
      '/tools/connectorId',
      '/when',
    ]);
  });

  test('requests with one key make one policy', async () => {
    const policy = { name: 'Once', tools: { tag: 'once' }, effect: 'deny' };
    const create = (body: unknown) =>
      acme.as.tenant_admin('POST', '/api/policies', body, { 'idempotency-key': 'press-1' });
    const responses = await Promise.all([create(policy), create(policy), create(policy)]);
    expect(responses.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(responses.map(({ body }) => body.id)).size).toBe(1);
    expect((await create({ ...policy, effect: 'allow' })).body.error.code).toBe('idempotency_conflict');
  });

  test('a change names the state that it replaces, and the log says which fields changed', async () => {
    const policy = { name: 'Quiet', tools: { tag: 'quiet' }, effect: 'deny' };
    const created = await acme.as.tenant_admin('POST', '/api/policies', policy);
    const { id } = created.body;
    const path = `/api/policies/${id}`;
    const update = (body: unknown, etag: string | null) =>
      acme.as.tenant_admin('PUT', path, body, { 'if-match': etag ?? '' });
    const first = created.headers.get('etag');
    const next = await update({ ...policy, note: 'Since March' }, first);
    expect(next).toMatchObject({ status: 200, body: { revision: 2, note: 'Since March' } });
    const stale = await update(policy, first);
    expect(stale.status).toBe(412);
    expect(stale.body.error.details.current).toMatchObject({ revision: 2 });
    const events = await acme.as.tenant_admin('GET', `/api/events?subjectType=policy&subjectId=${id}`);
    expect(events.body.items).toMatchObject([
      { type: 'PolicyUpdated', data: { fields: ['note'], revision: 2 } },
      { type: 'PolicyCreated', data: { name: 'Quiet', effect: 'deny' } },
    ]);
  });

  test('a replay says what a change would have decided otherwise, and how many it cannot judge', async () => {
    const secret = { ...inputSchema.properties, pin: { type: 'string', writeOnly: true } };
    const tool = await newTool({ inputSchema: { ...inputSchema, properties: secret } });
    await execute(tool, { amount: 100 });
    const large = (await execute(tool, { amount: 900, pin: '4711' })).body;
    await execute(tool, { amount: 700 }, acme.as.tenant_admin);
    const replay = async (body: Record<string, unknown>) =>
      (await acme.as.tenant_admin('POST', '/api/policies/replay', body)).body;
    const draft = { tools: { id: tool }, roles: ['operator'], when: 'amount > 500', effect: 'deny' };
    expect(await replay({ policy: draft })).toMatchObject({
      examined: 3,
      changed: [
        { executionId: large.id, before: { effect: 'allow', policyName: null }, after: { effect: 'deny' } },
      ],
      unjudged: { redacted: 0, dropped: 0, roles: 0, failed: 0 },
      nextCursor: null,
    });
    // The value of the pin is not kept.
    const byPin = { ...draft, when: 'pin = "4711"' };
    expect(await replay({ policy: byPin })).toMatchObject({ changed: [], unjudged: { redacted: 1 } });
    expect(await replay({ policy: { ...draft, when: '$count($) > 100' } })).toMatchObject({
      unjudged: { redacted: 1 },
    });
    // What is in force now, without the policy, and page by page.
    const id = await newPolicy({ ...draft, roles: [] });
    const first = await replay({ policyId: id, limit: 2 });
    expect(first).toMatchObject({
      examined: 2,
      changed: [{ before: { effect: 'deny' } }, { executionId: large.id }],
    });
    expect(await replay({ policyId: id, limit: 2, cursor: first.nextCursor })).toMatchObject({
      examined: 1,
      changed: [],
      nextCursor: null,
    });
    expect((await replay({ policyId: acme.id, policy: draft })).error.code).toBe('not_found');
    expect((await acme.as.viewer('POST', '/api/policies/replay', { policy: draft })).status).toBe(403);
  });

  test('a policy that another process has just made refuses the next call, and costs the others no statement', async () => {
    const tool = await newTool();
    await newPolicy({ tools: { id: tool }, roles: ['operator'], effect: 'allow' });
    expect((await execute(tool, {})).status).toBe(200);
    const statements = await countStatements(api.services.db, () => execute(tool, {}));
    expect(statements).toBe(2);
    const admin = await connectAdmin();
    try {
      const document = { name: 'From elsewhere', effect: 'deny', tools: { id: tool } };
      await admin.query(
        `WITH raised AS (UPDATE tenant_setting SET policy_revision = policy_revision + 1 WHERE tenant_id = $2)
         INSERT INTO policy (id, tenant_id, format_version, document, created_by_type, created_by_id, created_by_name,
           updated_by_type, updated_by_id, updated_by_name)
         VALUES ($1, $2, 1, $3, 'user', 'ben', 'Ben', 'user', 'ben', 'Ben')`,
        [uuidv7(), acme.id, JSON.stringify(document)],
      );
    } finally {
      await admin.end();
    }
    const refused = await execute(tool, {});
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('From elsewhere');
  });

  test('the call of a step is decided too: the preview says why not, and nothing is sent', async () => {
    const tool = await newTool();
    const { name } = (await acme.as.viewer('GET', `/api/tools/${tool}`)).body;
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: `calls_${name}`,
      steps: [{ id: 'refund', type: 'call_tool', title: 'Refund', tool: name, input: { amount: 900 } }],
    });
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
    const id = await newPolicy({
      name: 'No large ones',
      tools: { id: tool },
      when: 'amount > 500',
      effect: 'deny',
    });
    const step = `/api/playbook-runs/${runId}/steps/refund`;
    const preview = await acme.as.operator('POST', `${step}/preview`, {});
    expect(preview.body.policy).toMatchObject({ effect: 'deny', policyId: id });
    const refused = await complete(acme.as.operator, runId, 'refund');
    expect(refused.status).toBe(403);
    expect(refused.body.error).toMatchObject({
      code: 'denied',
      message: expect.stringContaining('No large ones'),
    });
    expect(sent(made)).toBe(0);
    const corrected = await complete(acme.as.operator, runId, 'refund', { input: { amount: 5 } });
    expect(corrected.status).toBe(200);
    await stepWhen(acme.as.operator, runId, 'refund', 'completed');
    expect(sent(made)).toBe(1);
  });

  test('a rerun is decided as a new call', async () => {
    const tool = await newTool();
    const { body } = await execute(tool, { amount: 900 });
    await newPolicy({ tools: { id: tool }, when: 'amount > 500', effect: 'deny' });
    const rerun = await acme.as.operator('POST', `/api/tools/executions/${body.id}/rerun`, {});
    expect(rerun.status).toBe(403);
    expect(rerun.body.error.code).toBe('denied');
  });
});
