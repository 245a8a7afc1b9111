import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const secret = 'token-71c04be95f1d4e0a';
const long = { timeoutMs: 60_000, everyMs: 100 };
let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;
/** The responses that are open, in the order of their requests. */
let responses: ServerResponse[] = [];

beforeAll(async () => {
  provider = await startProvider((_request, response) => responses.push(response));
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [provider.host] });
});
afterEach(() => {
  for (const response of responses) response.destroy();
  responses = [];
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

interface Chunk {
  attempt: number;
  number: number;
  kind: string;
  value: unknown;
}

let count = 0;
/** Starts an execution of a new tool. @returns its id and the response that the test writes */
async function start(more: Record<string, unknown>, config: Record<string, unknown> = {}) {
  const before = responses.length;
  count += 1;
  const tool = await acme.as.tenant_admin('POST', '/api/tools', {
    name: `streams_${count}`,
    type: 'http',
    auth: { type: 'bearer', token: secret },
    timeoutMs: 60_000,
    deadlineMs: 60_000,
    retry: { maxAttempts: 1 },
    ...more,
    config: { url: `${provider.url}/stream`, stream: 'auto', ...config },
  });
  expect(tool.status, JSON.stringify(tool.body)).toBe(201);
  const { body } = await acme.as.operator(
    'POST',
    `/api/tools/${tool.body.id}/execute`,
    { payload: {} },
    { prefer: 'respond-async' },
  );
  await eventually(() => responses.length > before, long);
  return { id: body.id as string, response: responses[before]! };
}

const pageOf = async (id: string, after?: string) => {
  const query = after === undefined ? '' : `?after=${after}`;
  const { status, body } = await acme.as.viewer('GET', `/api/tools/executions/${id}/chunks${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as { items: Chunk[]; after: string; ended: boolean };
};
const read = async (id: string) => (await acme.as.viewer('GET', `/api/tools/executions/${id}`)).body;
const ended = (id: string) =>
  eventually(async () => {
    const execution = await read(id);
    return execution.completedAt !== null && execution;
  }, long);
/** The chunks, once there are so many. */
const chunksOf = (id: string, least: number): Promise<Chunk[]> =>
  eventually(async () => {
    const { items } = await pageOf(id);
    return items.length >= least ? items : undefined;
  }, long) as Promise<Chunk[]>;

const event = (data: unknown) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

test('events are shown while the call runs, a split secret in none of them, and the output is the list', async () => {
  const { id, response } = await start({});
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(event({ text: 'first' }) + event({ text: `my key is ${secret.slice(0, 9)}` }));
  const begun = await chunksOf(id, 1);
  expect(begun[0]).toMatchObject({ attempt: 1, number: 1, kind: 'data', value: { data: { text: 'first' } } });
  expect(await read(id)).toMatchObject({ status: 'running', output: null });
  response.write(event({ text: `${secret.slice(9)} and more` }));
  const more = await chunksOf(id, 3);
  expect(more.map(({ value }) => (value as { data: { text: string } }).data.text).join('|')).toBe(
    'first|my key is [redacted] and more|',
  );
  response.end(event('[DONE]'));
  const done = await ended(id);
  expect(done).toMatchObject({ status: 'succeeded' });
  // What is stored is what was shown: no half of the secret is in it.
  expect(done.output).toEqual(more.map(({ value }) => value));
  // A position gives what follows it, and nothing twice.
  const first = await pageOf(id, '1.1');
  expect(first.items.map(({ number }) => number)).toEqual([2, 3]);
  expect(first).toMatchObject({ after: '1.3', ended: true });
  expect(await pageOf(id, first.after)).toEqual({ items: [], after: '1.3', ended: true });
});

test('a text is shown in pieces, without a secret that is cut anywhere', async () => {
  const { id, response } = await start({}, { stream: 'text', transform: '{"said": body}' });
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write(`All is well. ${secret.slice(0, 5)}`);
  await chunksOf(id, 1);
  response.end(`${secret.slice(5)} is the end.`);
  const said = 'All is well. [redacted] is the end.';
  expect(await ended(id)).toMatchObject({ status: 'succeeded', output: { said } });
  const { items } = await pageOf(id);
  expect(items.every(({ kind }) => kind === 'text')).toBe(true);
  expect(items.map(({ value }) => value).join('')).toBe(said);
});

test('a listener gets the chunks as events, and goes on where it was', async () => {
  const { id, response } = await start({}, { stream: 'ndjson' });
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.write('{"n":1}\n{"n":2}\n');
  await chunksOf(id, 2);
  const listen = (headers: Record<string, string> = {}) =>
    fetch(`${api.url}/api/tools/executions/${id}/chunks/stream`, {
      headers: { authorization: `Bearer ${acme.keys.viewer}`, ...headers },
    });
  const whole = await listen();
  expect(whole.headers.get('content-type')).toContain('text/event-stream');
  const rest = await listen({ 'last-event-id': '1.1' });
  response.end('{"n":3}\n');
  const read = async (listened: Response) => {
    const text = await listened.text();
    expect(text).toContain('event: end');
    return [...text.matchAll(/^id: (.+)\ndata: (.+)$/gm)].map(([, position, data]) => [
      position,
      JSON.parse(data!).value,
    ]);
  };
  expect(await read(whole)).toEqual([
    ['1.1', { n: 1 }],
    ['1.2', { n: 2 }],
    ['1.3', { n: 3 }],
  ]);
  expect(await read(rest)).toEqual([
    ['1.2', { n: 2 }],
    ['1.3', { n: 3 }],
  ]);
  const other = await api.tenant();
  for (const path of ['chunks', 'chunks/stream'])
    expect((await other.as.viewer('GET', `/api/tools/executions/${id}/${path}`)).status).toBe(404);
});

test('nothing is shown early of an output whose schema marks a secret', async () => {
  const items = { type: 'object', properties: { pin: { type: 'string', 'x-secret': true } } };
  const { id, response } = await start({ outputSchema: { type: 'array', items } }, { stream: 'ndjson' });
  response.writeHead(200);
  response.write('{"pin":"837465"}\n');
  expect(await chunksOf(id, 1)).toMatchObject([{ kind: 'withheld', value: null }]);
  response.end('{"pin":"192837"}\n');
  expect(await ended(id)).toMatchObject({ output: [{ pin: '[redacted]' }, { pin: '[redacted]' }] });
  expect((await pageOf(id)).items).toHaveLength(1);
});

test('a stream that falls silent ends the attempt, and what it showed stays', async () => {
  const { id, response } = await start({}, { stream: 'ndjson', streamIdleMs: 300 });
  response.writeHead(200);
  response.write('{"n":1}\n');
  const failed = await ended(id);
  expect(failed).toMatchObject({ status: 'failed', failure: { code: 'timeout' } });
  expect(failed.failure.message).toContain('was then silent for 0.3 s');
  expect((await pageOf(id)).items).toMatchObject([{ kind: 'data', value: { n: 1 } }]);
});

test('more than is shown is stored with the output', async () => {
  const { id, response } = await start({}, { stream: 'ndjson' });
  response.writeHead(200);
  response.end(Array.from({ length: 1_200 }, (_, n) => `{"n":${n}}\n`).join(''));
  expect((await ended(id)).output).toHaveLength(1_200);
  let after: string | undefined;
  const all: Chunk[] = [];
  for (;;) {
    const page = await pageOf(id, after);
    all.push(...page.items);
    after = page.after;
    if (page.ended) break;
  }
  expect(all).toHaveLength(1_000);
  expect(all.at(-1)).toMatchObject({ number: 1_000, kind: 'shortened' });
});

test('a refusal is not shown, and neither is a call without a stream', async () => {
  const refused = await start({}, { stream: 'text' });
  refused.response.writeHead(400).end('No such account');
  expect(await ended(refused.id)).toMatchObject({ status: 'failed' });
  expect((await pageOf(refused.id)).items).toEqual([]);
});
