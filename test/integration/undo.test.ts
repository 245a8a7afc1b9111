import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireApproval } from '../support/approvals.ts';
import { eventually } from '../support/eventually.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const long = { timeoutMs: 60_000, everyMs: 50 };
let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;
/** What the provider does with a request to a path; others get an id and what they sent. */
let behaviour: Record<string, () => { status: number; body?: unknown } | null> = {};
let count = 0;

beforeAll(async () => {
  provider = await startProvider(({ url, body }, response) => {
    const path = url.split('?')[0]!;
    const own = behaviour[path];
    const answer = own ? own() : { status: 200, body: { id: `h${++count}`, got: JSON.parse(body) } };
    if (!answer) response.destroy();
    else sendJson(response, answer.status, answer.body ?? {});
  });
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [provider.host] });
  await tool('release', { inputSchema: objectOf('holdId', 'why') });
  await tool('hold', {
    undo: { tool: 'release', input: { holdId: '${{ output.id }}', why: 'undo of ${{ input.text }}' } },
  });
  await tool('tell');
});
afterEach(() => {
  behaviour = {};
  provider.requests.length = 0;
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

const objectOf = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});
const outputSchema = objectOf('id');

const definition = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  name,
  type: 'http',
  inputSchema: objectOf('text'),
  outputSchema,
  config: { method: 'POST', url: `${provider.url}/${name}` },
  retry: { maxAttempts: 1 },
  ...more,
});

async function tool(name: string, more: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await acme.as.tenant_admin('POST', '/api/tools', definition(name, more));
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

const idOf = async (name: string): Promise<string> =>
  (await acme.as.viewer('GET', `/api/tools?q=${name}`)).body.items.find(
    (each: { name: string }) => each.name === name,
  ).id;
const post = (path: string, body: unknown = {}) => acme.as.operator('POST', path, body);
const execute = async (name: string, payload: unknown = { text: 'x' }) => {
  const { status, body } = await post(`/api/tools/${await idOf(name)}/execute`, { payload });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const read = async (id: string) => (await acme.as.viewer('GET', `/api/tools/executions/${id}`)).body;
const sentTo = (name: string) =>
  provider.requests.filter(({ url }) => url === `/${name}`).map(({ body }) => JSON.parse(body));

describe('an execution', () => {
  test('is undone by the tool that its tool names, with what it took and gave, and both know it', async () => {
    const held = await execute('hold', { text: 'A-1' });
    expect(held).toMatchObject({ undoOf: null, undoneBy: null });
    expect((await read(held.id)).undo).toMatchObject({ possible: true, tool: 'release' });
    const preview = await post(`/api/tools/executions/${held.id}/undo/preview`);
    expect(preview.body).toMatchObject({
      possible: true,
      by: { name: 'release' },
      preview: {
        request: { body: { holdId: held.output.id, why: 'undo of A-1' } },
        policy: { effect: 'allow' },
      },
    });
    expect(sentTo('release')).toEqual([]);
    const { digest: previewDigest } = preview.body.preview;
    const undone = await post(`/api/tools/executions/${held.id}/undo`, {
      previewDigest,
      reason: 'by mistake',
    });
    expect(undone.status, JSON.stringify(undone.body)).toBe(200);
    expect(undone.body).toMatchObject({ status: 'succeeded', toolName: 'release', undoOf: held.id });
    expect(sentTo('release')).toEqual([{ holdId: held.output.id, why: 'undo of A-1' }]);
    expect(await read(held.id)).toMatchObject({
      undoneBy: { id: undone.body.id, status: 'succeeded' },
      undo: { possible: false, reason: 'It has been undone.' },
    });
    const events = await acme.as.tenant_admin('GET', `/api/audit?subjectId=${held.id}&limit=50`);
    expect(events.body.items.map((each: { type: string }) => each.type)).toContain(
      'ToolExecutionUndoRequested',
    );
  });

  test('is never undone twice, by any number of requests at once, and a rerun of its undo is refused', async () => {
    const held = await execute('hold');
    const many = await Promise.all(
      Array.from({ length: 8 }, () => post(`/api/tools/executions/${held.id}/undo`)),
    );
    expect(many.every(({ status }) => [200, 409].includes(status))).toBe(true);
    expect(sentTo('release')).toHaveLength(1);
    const again = await post(`/api/tools/executions/${held.id}/undo`);
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    const { undoneBy } = await read(held.id);
    const rerun = await post(`/api/tools/executions/${undoneBy.id}/rerun`);
    expect(rerun).toMatchObject({ status: 409, body: { error: { details: { undoOf: held.id } } } });
    expect(sentTo('release')).toHaveLength(1);
  });

  test('is undone again after a failure that is certain, and not while the outcome of its undo is unknown', async () => {
    const held = await execute('hold');
    behaviour['/release'] = () => ({ status: 400, body: { message: 'no' } });
    const failed = await post(`/api/tools/executions/${held.id}/undo`);
    expect(failed.body).toMatchObject({ status: 'failed', undoOf: held.id });
    behaviour['/release'] = () => null;
    const lost = await post(`/api/tools/executions/${held.id}/undo`);
    expect(lost.body).toMatchObject({ status: 'failed', failure: { code: 'outcome_unknown' } });
    behaviour = {};
    const refused = await post(`/api/tools/executions/${held.id}/undo`);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'unsettled' } } });
    const settle = { happened: false, note: 'looked' };
    expect((await post(`/api/tools/executions/${lost.body.id}/settle`, settle)).status).toBe(200);
    expect((await post(`/api/tools/executions/${held.id}/undo`)).body.status).toBe('succeeded');
    expect(sentTo('release')).toHaveLength(3);
    expect((await read(failed.body.id)).undoOf).toBe(held.id);
  });

  test('is not undone again after an undo that failed and may have taken effect, nor after such a failure of its own', async () => {
    const held = await execute('hold');
    behaviour['/release'] = () => ({ status: 200, body: { id: 5 } });
    const odd = await post(`/api/tools/executions/${held.id}/undo`);
    expect(odd.body).toMatchObject({ status: 'failed', failure: { code: 'invalid_output' } });
    behaviour = {};
    const again = await post(`/api/tools/executions/${held.id}/undo`);
    expect(again).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', message: expect.stringContaining('may have taken effect') } },
    });
    expect(sentTo('release')).toHaveLength(1);
    behaviour['/hold'] = () => ({ status: 200, body: { id: 5 } });
    const own = await post(`/api/tools/${await idOf('hold')}/execute`, { payload: { text: 'x' } });
    expect(own.body.failure.code).toBe('invalid_output');
    const refused = await post(`/api/tools/executions/${own.body.id}/undo`);
    expect(refused.body.error.message).toContain('It failed, but may have taken effect.');
    const batch = await post('/api/batches', {
      calls: [
        { id: 'odd', tool: 'hold', payload: { text: 'x' } },
        { id: 'told', tool: 'tell', payload: { text: 'x' } },
      ],
      onFailure: 'continue',
    });
    const preview = await post(`/api/batches/${batch.body.id}/undo/preview`);
    expect(preview.body.items).toMatchObject([{ possible: false }, { possible: false }]);
  });

  test('says before it is done what its undo will and will not do', async () => {
    const id = await tool('ship', {
      undo: { tool: 'release', input: {}, withinMs: 86_400_000, cannot: 'the message to the customer' },
    });
    const words = 'It can be undone by release within 1 d. What stays: the message to the customer';
    const preview = await post(`/api/tools/${id}/preview`, { payload: {} });
    expect(preview.body.undo).toEqual({
      tool: 'release',
      withinMs: 86_400_000,
      cannot: 'the message to the customer',
      words,
    });
    await requireApproval(acme, id);
    const waiting = await post(`/api/tools/${id}/execute`, { payload: {}, waitMs: 0 });
    expect(waiting.body.approval.request.undo.words).toBe(words);
    const none = await post(`/api/tools/${await idOf('tell')}/preview`, { payload: {} });
    expect(none.body.undo).toEqual({ tool: null, words: 'It cannot be undone.' });
  });

  test('is refused with the reason where it cannot be undone', async () => {
    const told = await execute('tell');
    const none = await post(`/api/tools/executions/${told.id}/undo`);
    expect(none).toMatchObject({
      status: 409,
      body: { error: { message: 'tell names no tool that undoes it. Nothing was sent.' } },
    });
    await tool('soon', { undo: { tool: 'release', withinMs: 1000 } });
    const soon = await execute('soon');
    await eventually(async () => (await read(soon.id)).undo.possible === false, long);
    const late = await post(`/api/tools/executions/${soon.id}/undo/preview`);
    expect(late.body).toMatchObject({
      possible: false,
      reason: expect.stringContaining('that is over'),
      preview: null,
    });
    expect((await post(`/api/tools/executions/${soon.id}/undo`)).status).toBe(409);
    behaviour['/hold'] = () => ({ status: 400 });
    const failed = await post(`/api/tools/${await idOf('hold')}/execute`, { payload: {} });
    const nothing = await post(`/api/tools/executions/${failed.body.id}/undo`);
    expect(nothing.body.error.message).toContain('there is nothing to undo');
    await tool('missing', { undo: { tool: 'nobody' } });
    const missing = await execute('missing');
    expect((await post(`/api/tools/executions/${missing.id}/undo`)).body.error.message).toContain(
      'does not exist',
    );
    expect(sentTo('release')).toEqual([]);
  });

  test('meets the policies and the approval of its own undo', async () => {
    const undoTool = await tool('return_it', { inputSchema: objectOf('holdId') });
    await tool('take_it', { undo: { tool: 'return_it', input: { holdId: '${{ output.id }}' } } });
    await requireApproval(acme, undoTool);
    const taken = await execute('take_it');
    const waiting = await post(`/api/tools/executions/${taken.id}/undo`);
    expect(waiting).toMatchObject({
      status: 202,
      body: { undoOf: taken.id, approval: { status: 'waiting' } },
    });
    expect(sentTo('return_it')).toEqual([]);
    expect(await read(taken.id)).toMatchObject({ undoneBy: { status: 'requested' } });
    const going = await post(`/api/tools/executions/${taken.id}/undo`);
    expect(going).toMatchObject({ status: 409, body: { error: { details: { undoneBy: waiting.body.id } } } });
    const viewer = await acme.as.viewer('POST', `/api/tools/executions/${taken.id}/undo`, {});
    expect(viewer.status).toBe(403);
  });

  test('a tool that undoes others is not archived or renamed by mistake', async () => {
    const undoTool = await tool('put_back');
    const id = await tool('take_out', { undo: { tool: 'put_back' } });
    const uses = await acme.as.viewer('GET', `/api/tools/${undoTool}/uses`);
    expect(uses.body.undoes).toEqual([{ id, name: 'take_out', title: 'take_out' }]);
    const archived = await acme.as.tenant_admin('DELETE', `/api/tools/${undoTool}`);
    expect(archived).toMatchObject({ status: 409, body: { error: { code: 'in_use' } } });
    const renamed = await acme.as.tenant_admin('PUT', `/api/tools/${undoTool}`, definition('put_away'));
    expect(renamed.status).toBe(409);
  });

  test('a definition whose undo uses what there is not is refused at its place', async () => {
    const sent = definition('wrong', {
      inputSchema: {
        ...objectOf('text'),
        properties: { text: { type: 'string' }, pin: { type: 'string', 'x-secret': true } },
      },
      undo: {
        tool: 'Not a name',
        input: {
          a: '${{ calls.x }}',
          b: '${{ output.nothing }}',
          c: '${{ input.pin }}',
          d: '${{ 1 + }}',
          e: '${{ open',
        },
      },
    });
    const named = await acme.as.tenant_admin('POST', '/api/tools', sent);
    expect(issuePaths(named)).toEqual(['/undo/tool']);
    const refused = await acme.as.tenant_admin('POST', '/api/tools', {
      ...sent,
      undo: { ...(sent.undo as object), tool: 'release' },
    });
    expect(refused.status).toBe(422);
    expect(issuePaths(refused).sort()).toEqual(['a', 'b', 'c', 'd', 'e'].map((key) => `/undo/input/${key}`));
  });
});

describe('a batch', () => {
  const run = async (calls: unknown[], more: Record<string, unknown> = {}) => {
    const { status, body } = await post('/api/batches', { calls, ...more });
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const readBatch = async (id: string) => (await acme.as.viewer('GET', `/api/batches/${id}`)).body;
  const chain = (...ids: string[]) =>
    ids.map((id, index) => ({
      id,
      tool: 'hold',
      payload: { text: id },
      dependsOn: index === 0 ? [] : [ids[index - 1]],
    }));
  const whys = () => sentTo('release').map(({ why }) => why);

  test('is undone the last call first, as it was previewed, and what stays is said before', async () => {
    const told = { id: 'told', tool: 'tell', payload: { text: 'x' } };
    const batch = await run([...chain('one', 'two', 'three'), told]);
    const preview = await post(`/api/batches/${batch.id}/undo/preview`);
    expect(preview.status, JSON.stringify(preview.body)).toBe(200);
    expect(preview.body.counts).toEqual({ possible: 3, cannot: 1, approvals: 0 });
    const holds = preview.body.items.filter((item: { possible: boolean }) => item.possible);
    expect(holds.map((item: { label: string }) => item.label)).toEqual(['three', 'two', 'one']);
    expect(preview.body.items.find((item: { label: string }) => item.label === 'told')).toMatchObject({
      possible: false,
      reason: 'tell names no tool that undoes it.',
    });
    const wrong = await post(`/api/batches/${batch.id}/undo`, { previewDigest: '0'.repeat(64) });
    expect(wrong).toMatchObject({ status: 409, body: { error: { code: 'preview_changed' } } });
    expect(sentTo('release')).toEqual([]);
    const undone = await post(`/api/batches/${batch.id}/undo`, { previewDigest: preview.body.digest });
    expect(undone.status, JSON.stringify(undone.body)).toBe(200);
    expect(undone.body).toMatchObject({ status: 'succeeded' });
    expect(whys()).toEqual(['undo of three', 'undo of two', 'undo of one']);
    const after = await readBatch(batch.id);
    expect(after).toMatchObject({ status: 'succeeded', undo: [{ id: undone.body.id, status: 'succeeded' }] });
    const again = await post(`/api/batches/${batch.id}/undo`);
    expect(again.body.error.message).toBe('Nothing of it can be undone. Nothing was sent.');
    for (const { executionId } of batch.calls.slice(0, 3))
      expect((await read(executionId)).undoneBy.status).toBe('succeeded');
  });

  test('stops at the first that cannot be undone, says which, and goes on when someone continues it', async () => {
    const batch = await run(chain('a', 'b', 'c'));
    let refuse = true;
    behaviour['/release'] = () => {
      const { why } = sentTo('release').at(-1);
      return refuse && why === 'undo of b'
        ? { status: 400, body: { message: 'is used' } }
        : { status: 200, body: { id: 'r' } };
    };
    const stopped = await post(`/api/batches/${batch.id}/undo`);
    expect(stopped.body).toMatchObject({ status: 'stopped', reason: expect.stringMatching(/^b: /) });
    expect(stopped.body.items.map((item: { status: string }) => item.status)).toEqual([
      'undone',
      'failed',
      'pending',
    ]);
    expect(whys()).toEqual(['undo of c', 'undo of b']);
    const retried = await post(`/api/batches/${batch.id}/retry-failed`);
    expect(retried.status).toBe(409);
    refuse = false;
    const continued = await post(`/api/batches/${batch.id}/undo`);
    expect(continued.body).toMatchObject({ id: stopped.body.id, status: 'succeeded' });
    expect(whys()).toEqual(['undo of c', 'undo of b', 'undo of b', 'undo of a']);
    // Someone may also go on without it.
    const other = await run(chain('a', 'b'));
    refuse = true;
    await post(`/api/batches/${other.id}/undo`);
    const passed = await post(`/api/batches/${other.id}/undo`, { skipFailed: true });
    expect(passed.body.items.map((item: { status: string }) => item.status)).toEqual(['skipped', 'undone']);
  });

  test('that asks for it undoes what it has done when a call fails, after the calls in progress', async () => {
    behaviour['/tell'] = () => ({ status: 400 });
    const checked = await post('/api/batches/check', { calls: chain('one'), onFailure: 'undo' });
    expect(checked.body.calls[0].undo.words).toBe('It can be undone by release.');
    const fails = { id: 'fails', tool: 'tell', payload: { text: 'x' }, dependsOn: ['two'] };
    const batch = await run(
      [
        ...chain('one', 'two'),
        fails,
        { id: 'never', tool: 'hold', payload: {}, dependsOn: ['fails'], when: 'true' },
      ],
      {
        onFailure: 'undo',
      },
    );
    expect(batch.status).toBe('failed');
    await eventually(async () => (await readBatch(batch.id)).undo[0]?.status === 'succeeded', long);
    expect((await readBatch(batch.id)).undo).toMatchObject([
      {
        reason: expect.stringMatching(/^fails: /),
        items: [
          { label: 'two', status: 'undone' },
          { label: 'one', status: 'undone' },
        ],
      },
    ]);
    expect(whys()).toEqual(['undo of two', 'undo of one']);
    expect(sentTo('hold')).toHaveLength(2);
  });

  test('does not undo what an earlier batch with the same key has made', async () => {
    const keyed = [{ id: 'mine', tool: 'hold', payload: { text: 'k' }, idempotencyKey: 'order 4711' }];
    await run(keyed);
    const second = await run([...keyed, ...chain('other')]);
    const undone = await post(`/api/batches/${second.id}/undo`);
    expect(undone.body.items).toMatchObject([
      { label: 'other', status: 'undone' },
      { label: 'mine', status: 'cannot', reason: expect.stringContaining('earlier request') },
    ]);
    expect(whys()).toEqual(['undo of other']);
  });

  test('waits for the approvals of its undos, one after the other', async () => {
    const undoTool = await tool('approved_return', { inputSchema: objectOf('holdId') });
    await tool('approved_take', { undo: { tool: 'approved_return', input: { holdId: '${{ output.id }}' } } });
    const batch = await run([{ id: 'only', tool: 'approved_take', payload: { text: 'x' } }]);
    await requireApproval(acme, undoTool);
    const waiting = await post(`/api/batches/${batch.id}/undo`);
    expect(waiting).toMatchObject({
      status: 202,
      body: { status: 'running', items: [{ undoneBy: { needsApproval: true } }] },
    });
    expect((await post(`/api/batches/${batch.id}/undo`)).status).toBe(409);
    expect(sentTo('approved_return')).toEqual([]);
    const { id } = waiting.body.items[0].undoneBy;
    const approved = await acme.as.approver('POST', `/api/tools/executions/${id}/approve`, {});
    expect(approved.status, JSON.stringify(approved.body)).toBe(200);
    await eventually(async () => (await readBatch(batch.id)).undo[0].status === 'succeeded', long);
    expect(sentTo('approved_return')).toHaveLength(1);
  });
});

test('an undo goes on with the rights of each moment, and someone else continues it', async () => {
  const email = `leaves@${acme.slug}.test`;
  const leaver = await peopleOf(api, acme).person(email, ['operator']);
  const members = await acme.as.tenant_admin('GET', '/api/members');
  const { id } = members.body.items.find((each: { email: string }) => each.email === email);
  const undoTool = await tool('slow_return', { inputSchema: objectOf('holdId') });
  await tool('slow_take', { undo: { tool: 'slow_return', input: { holdId: '${{ output.id }}' } } });
  const calls = ['first', 'second'].map((each, index) => ({
    id: each,
    tool: 'slow_take',
    payload: { text: each },
    dependsOn: index === 0 ? [] : ['first'],
  }));
  const { body: batch } = await post('/api/batches', { calls });
  await requireApproval(acme, undoTool);
  const waiting = await leaver('POST', `/api/batches/${batch.id}/undo`, {});
  expect(waiting.body).toMatchObject({ status: 'running', runBy: { type: 'user' } });
  const roles = await acme.as.tenant_admin('PUT', `/api/members/${id}`, { roles: ['viewer'] });
  expect(roles.status, JSON.stringify(roles.body)).toBe(200);
  const readBatch = async () => (await acme.as.viewer('GET', `/api/batches/${batch.id}`)).body;
  await eventually(async () => {
    // Whatever becomes of the first one, the second is not theirs any more.
    const { undoneBy } = (await readBatch()).undo[0].items[0];
    await acme.as.approver('POST', `/api/tools/executions/${undoneBy.id}/approve`, {});
    return (await readBatch()).undo[0].status === 'stopped';
  }, long);
  expect((await leaver('POST', `/api/batches/${batch.id}/undo`, {})).status).toBe(403);
  const continued = await post(`/api/batches/${batch.id}/undo`);
  expect(continued.body).toMatchObject({ id: waiting.body.id, runBy: { type: 'api_key' } });
  await eventually(async () => {
    const [series] = (await readBatch()).undo;
    for (const { undoneBy } of series.items)
      if (undoneBy?.needsApproval)
        await acme.as.approver('POST', `/api/tools/executions/${undoneBy.id}/approve`, {});
    return series.status === 'succeeded';
  }, long);
  expect(sentTo('slow_return')).toHaveLength(2);
});

describe('a run of a playbook', () => {
  const call = (id: string, more: Record<string, unknown> = {}) => ({
    id,
    type: 'call_tool',
    title: `Hold ${id}`,
    tool: 'hold',
    input: { text: id },
    assignee: { role: 'operator' },
    ...more,
  });
  const operator = (...request: Parameters<typeof acme.as.operator>) => acme.as.operator(...request);
  const playbooks = async (name: string, steps: unknown[]) =>
    publishPlaybook(acme.as.tool_admin, { name, steps });
  const walk = async (runId: string, ...steps: string[]) => {
    for (const step of steps) {
      await stepWhen(operator, runId, step, 'waiting');
      const done = await complete(operator, runId, step);
      expect(done.status, JSON.stringify(done.body)).toBe(200);
      await stepWhen(operator, runId, step, 'completed');
    }
  };
  const undone = (runId: string) => runWhen(operator, runId, (run) => run.undo[0]?.status === 'succeeded');
  const whys = () => sentTo('release').map(({ why }) => why);

  test('that is cancelled undoes the steps that say so, the last first, as was shown before', async () => {
    const id = await playbooks('cancelled', [
      call('one', { undoOnAbort: true }),
      call('stays'),
      call('two', { undoOnAbort: true }),
      { id: 'wait', type: 'manual', title: 'Wait', assignee: { role: 'operator' } },
    ]);
    const run = await startRun(operator, id);
    await walk(run, 'one', 'stays', 'two');
    const open = await post(`/api/playbook-runs/${run}/undo`);
    expect(open.status).toBe(409);
    const preview = await post(`/api/playbook-runs/${run}/undo/preview`);
    expect(preview.body.items.map((item: { label: string }) => item.label)).toEqual(['Hold two', 'Hold one']);
    expect(preview.body.counts).toMatchObject({ possible: 2, cannot: 0 });
    await post(`/api/playbook-runs/${run}/cancel`, { reason: 'a mistake' });
    const after = await undone(run);
    expect(after).toMatchObject({
      status: 'cancelled',
      undo: [{ reason: 'a mistake', runBy: { type: 'api_key' } }],
    });
    expect(whys()).toEqual(['undo of two', 'undo of one']);
    // What is left may be undone too.
    const rest = await post(`/api/playbook-runs/${run}/undo`);
    expect(rest.body).toMatchObject({
      status: 'succeeded',
      items: [{ label: 'Hold stays', status: 'undone' }],
    });
    expect((await runWhen(operator, run, () => true)).undo).toHaveLength(2);
  });

  test('that is aborted at a step undoes them, and those of a sub-playbook that has ended', async () => {
    await playbooks('inner', [call('inside', { undoOnAbort: true, onFailure: 'abort' })]);
    const id = await playbooks('outer', [
      call('before', { undoOnAbort: true }),
      { id: 'sub', type: 'playbook', title: 'Inner', playbook: 'inner' },
      { ...call('last', { tool: 'tell' }) },
    ]);
    const run = await startRun(operator, id);
    await walk(run, 'before');
    const { body: page } = await eventually(async () => {
      const found = await acme.as.viewer('GET', '/api/playbook-runs?status=open&limit=50');
      if (!found.body.items.some((each: { parentRunId: string }) => each.parentRunId === run))
        throw new Error('no child');
      return found;
    }, long);
    const child = page.items.find((each: { parentRunId: string }) => each.parentRunId === run).id;
    await walk(child, 'inside');
    behaviour['/tell'] = () => ({ status: 400 });
    await stepWhen(operator, run, 'last', 'waiting');
    await complete(operator, run, 'last');
    await runWhen(operator, run, (each) => each.steps.at(-1).failure != null);
    await complete(operator, run, 'last', { outcome: 'abort', reason: 'does not work' });
    const after = await undone(run);
    expect(after).toMatchObject({
      status: 'failed',
      undo: [
        {
          items: [
            { label: 'Hold inside', status: 'undone' },
            { label: 'Hold before', status: 'undone' },
          ],
        },
      ],
    });
    expect(whys()).toEqual(['undo of inside', 'undo of before']);
  });

  test('a step cannot promise an undo that its tool does not name', async () => {
    const sent = {
      name: 'promise',
      title: 'Promise',
      steps: [call('told', { tool: 'tell', undoOnAbort: true })],
    };
    const { body } = await acme.as.tool_admin('POST', '/api/playbooks/check', sent);
    expect(body.issues).toEqual([
      expect.objectContaining({ path: '/steps/0/undoOnAbort', message: 'tell names no tool that undoes it' }),
    ]);
  });
});
