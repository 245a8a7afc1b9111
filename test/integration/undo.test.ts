import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireApproval } from '../support/approvals.ts';
import { eventually } from '../support/eventually.ts';
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
