import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const secret = 'token-5a1bf0917c3e48d2';
let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;

beforeAll(async () => {
  provider = await startProvider();
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [provider.host] });
});
afterEach(() => {
  provider.requests.length = 0;
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

let count = 0;
const create = (pagination: Record<string, unknown>, config: Record<string, unknown> = {}) =>
  acme.as.tenant_admin('POST', '/api/tools', {
    name: `pages_${++count}`,
    type: 'http',
    auth: { type: 'bearer', token: secret },
    retry: { maxAttempts: 1 },
    config: { url: `${provider.url}/orders`, query: { state: 'open' }, pagination, ...config },
  });

async function execute(pagination: Record<string, unknown>, config: Record<string, unknown> = {}) {
  const tool = await create(pagination, config);
  expect(tool.status, JSON.stringify(tool.body)).toBe(201);
  const { body } = await acme.as.operator('POST', `/api/tools/${tool.body.id}/execute`, { payload: {} });
  return body;
}

test('pages by a cursor are one list, each requested with the credential', async () => {
  provider.respond = ({ url }, response) => {
    const cursor = new URL(url, provider.url).searchParams.get('cursor') ?? '0';
    const next = Number(cursor) + 1;
    sendJson(response, 200, {
      data: [{ n: Number(cursor) }],
      meta: { next: next < 3 ? String(next) : null },
    });
  };
  const pagination = { type: 'cursor', parameter: 'cursor', cursor: '/meta/next', items: '/data' };
  expect(await execute(pagination)).toMatchObject({
    status: 'succeeded',
    output: [{ n: 0 }, { n: 1 }, { n: 2 }],
  });
  expect(provider.requests.map(({ url }) => url)).toEqual([
    '/orders?state=open',
    '/orders?state=open&cursor=1',
    '/orders?state=open&cursor=2',
  ]);
  for (const { headers } of provider.requests) expect(headers.authorization).toBe(`Bearer ${secret}`);
});

test('a transform gets the items of all pages, and what was left out is said', async () => {
  provider.respond = (_request, response) => sendJson(response, 200, [1, 2]);
  const done = await execute({ type: 'page', maxPages: 3 }, { transform: '{"sum": $sum(body)}' });
  expect(done).toMatchObject({ status: 'succeeded', output: { sum: 9 } });
  expect(done.attempts[0].log).toEqual([expect.stringContaining('Stopped after 3 pages')]);
  expect(provider.requests).toHaveLength(3);
  const few = await execute({ type: 'page', maxBytes: 8 }, { transform: '$count(body)' });
  expect(few).toMatchObject({ status: 'succeeded', output: 4 });
  expect(few.attempts[0].log).toEqual([expect.stringContaining('Stopped after 8 bytes')]);
});

test('a page that fails fails the call, and the items before it are kept', async () => {
  provider.respond = ({ url }, response) =>
    url.includes('offset=2')
      ? sendJson(response, 400, { message: 'Too far' })
      : sendJson(response, 200, { items: [1, 2] });
  const failed = await execute({ type: 'offset', items: '/items' });
  expect(failed).toMatchObject({
    status: 'failed',
    failure: { code: 'provider_error' },
    output: { error: { message: 'Too far' }, items: [1, 2] },
  });
  expect(failed.failure.message).toContain('Page 2');
});

test('a link to another host, or to a page that was read already, is not followed', async () => {
  const other = await startProvider();
  try {
    provider.respond = (_request, response) => {
      response.setHeader('link', `<${other.url}/orders>; rel="next"`);
      sendJson(response, 200, []);
    };
    const elsewhere = await execute({ type: 'link_header' });
    expect(elsewhere.failure.message).toContain('another host');
    expect(other.requests).toEqual([]);
    provider.respond = (_request, response) => {
      response.setHeader('link', '</orders?state=open>; rel="next"');
      sendJson(response, 200, []);
    };
    expect((await execute({ type: 'link_header' })).failure.message).toContain('read already');
  } finally {
    await other.close();
  }
});

test('pagination is for a GET that is read as a whole', async () => {
  const refused = await create({ type: 'page' }, { method: 'POST', stream: 'sse' });
  expect(refused.status).toBe(422);
  expect(issuePaths(refused)).toEqual(expect.arrayContaining(['/config/pagination', '/config/stream']));
});
