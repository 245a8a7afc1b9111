import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connectTo } from '../support/connect-admin.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { dumpDatabase, findSecret } from '../support/secret-scan.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface Issue {
  path: string;
  message: string;
  keyword: string;
}

const password = 'hunter2-hunter2';
const stripe = `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`;
const github = `ghp_${'a1B2c3'.repeat(6)}`;
const random = 'tQ7vX2mK9pL4wR8zN3bY6cF1';

describe('literal secrets in a definition', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const tool = (config: Record<string, unknown>, name = 'leaky_tool') => ({
    name,
    type: 'http',
    inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
    config: { method: 'POST', url: `${provider.url}/v1/{id}`, ...config },
  });
  const issuesOf = ({ body }: ApiResponse): Issue[] => body.error?.issues ?? [];

  test.each<[string, (url: string) => Record<string, unknown>, string]>([
    [
      'the header Authorization',
      () => ({ headers: { Authorization: `Bearer ${random}` } }),
      '/config/headers/Authorization',
    ],
    [
      'Authorization from an input',
      () => ({ headers: { authorization: 'Bearer {id}' } }),
      '/config/headers/authorization',
    ],
    ['a password in a header', () => ({ headers: { 'X-Password': password } }), '/config/headers/X-Password'],
    [
      'a session in a cookie',
      () => ({ headers: { cookie: `locale=de; session_id=${password}` } }),
      '/config/headers/cookie',
    ],
    ['a token under an innocent name', () => ({ headers: { 'x-note': github } }), '/config/headers/x-note'],
    ['a random text in a header', () => ({ headers: { 'x-client': random } }), '/config/headers/x-client'],
    ['a key in the query', () => ({ query: { api_key: password } }), '/config/query/api_key'],
    ['a key in a list of the query', () => ({ query: { tag: ['open', stripe] } }), '/config/query/tag/1'],
    ['a key in the URL', (url) => ({ url: `${url}/v1/{id}?access_token=${password}` }), '/config/url'],
    ['a key in the path', (url) => ({ url: `${url}/v1/${stripe}/{id}` }), '/config/url'],
    ['a password of the URL', (url) => ({ url: url.replace('://', `://me:${password}@`) }), '/config/url'],
    [
      'a password deep in the body',
      () => ({ body: { login: [{ clientSecret: password }] } }),
      '/config/body/login/0/clientSecret',
    ],
    [
      'a key in the text of a body',
      () => ({ bodyType: 'text', body: `id={id}&password=${password}` }),
      '/config/body',
    ],
  ])('%s is refused with its place, never with its value', async (_what, config, path) => {
    const response = await acme.as.tool_admin('POST', '/api/tools', tool(config(provider.url)));
    expect([response.status, response.body.error?.code]).toEqual([422, 'invalid_definition']);
    const found = issuesOf(response).find((issue) => issue.path === path);
    expect(found, JSON.stringify(issuesOf(response))).toMatchObject({ keyword: 'secret' });
    expect(found!.message).toContain('Put it under auth');
    const text = JSON.stringify(response.body);
    for (const secret of [password, stripe, github, random]) expect(text).not.toContain(secret);
  });

  test('a refused secret is stored nowhere', async () => {
    await acme.as.tool_admin('POST', '/api/tools', tool({ headers: { 'X-Password': password } }));
    await acme.as.tool_admin('POST', '/api/tools', tool({ body: { note: github } }));
    const dump = await dumpDatabase(inject('servers').adminUrl);
    expect(findSecret(dump, password)).toEqual([]);
    expect(findSecret(dump, github)).toEqual([]);
  });

  test('the headers of a connector are checked too, when it is created and when it changes', async () => {
    const connector = { name: 'leaky', baseUrl: provider.url, headers: { 'x-api-key': password } };
    const refused = await acme.as.tool_admin('POST', '/api/connectors', connector);
    expect([refused.status, issuesOf(refused)]).toMatchObject([
      422,
      [
        {
          path: '/headers/x-api-key',
          keyword: 'secret',
          message: expect.stringContaining('Put it under auth'),
        },
      ],
    ]);
    const clean = await acme.as.tool_admin('POST', '/api/connectors', {
      ...connector,
      headers: { 'x-team': 'ops' },
    });
    expect(clean.status).toBe(201);
    const changed = await acme.as.tool_admin('PUT', `/api/connectors/${clean.body.id}`, connector);
    expect([changed.status, issuesOf(changed)[0]?.path]).toEqual([422, '/headers/x-api-key']);
  });

  test('a definition stored before the rule still runs; restoring it is refused', async () => {
    const created = await acme.as.tool_admin(
      'POST',
      '/api/tools',
      tool({ headers: { 'x-team': 'ops' } }, 'old_tool'),
    );
    expect(created.status).toBe(201);
    const { id } = created.body;
    const stored = 'stored-before-the-rule';
    const admin = await connectTo(inject('servers').adminUrl);
    try {
      await admin.query(
        `UPDATE tool_version SET definition = jsonb_set(definition::jsonb, '{config,headers}', $2::jsonb)
          WHERE tool_id = $1`,
        [id, JSON.stringify({ 'x-password': stored })],
      );
    } finally {
      await admin.end();
    }
    const run = await acme.as.operator('POST', `/api/tools/${id}/execute`, { payload: { id: '1' } });
    expect([run.status, run.body.status]).toEqual([200, 'succeeded']);
    expect(provider.requests.at(-1)!.headers['x-password']).toBe(stored);

    const restored = await acme.as.tool_admin('POST', `/api/tools/${id}/versions/1/restore`);
    expect([restored.status, restored.body.error.code, issuesOf(restored)[0]?.path]).toEqual([
      422,
      'invalid_definition',
      '/config/headers/x-password',
    ]);
  });

  test('a definition with ids, hashes, dates and words is saved', async () => {
    const saved = await acme.as.tool_admin(
      'POST',
      '/api/tools',
      tool(
        {
          headers: {
            accept: 'application/vnd.acme.resource-collection.v3+json; charset=utf-8',
            'x-commit': '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
            'x-trace': '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
            cookie: 'locale=de; theme={id}',
          },
          query: { page_token: 'first', since: '2024-01-01T00:00:00Z', max_tokens: 4096 },
          body: {
            account: '5e2f8a31-0000-4000-8000-0000000000c1',
            callback: 'https://hooks.example/some/long/path/of/words?kind=refund',
            password: '{id}',
            note: 'Your password: follow the link in this mail',
            grant_type: 'password',
          },
        },
        'clean_tool',
      ),
    );
    expect([saved.status, saved.body.error?.issues]).toEqual([201, undefined]);
  });
});
