import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('inputs in the path of a URL', () => {
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

  const create = async (name: string, url: string): Promise<string> => {
    const inputSchema = { type: 'object', properties: { path: { type: 'string' } } };
    const tool = { name, type: 'http', inputSchema, config: { url } };
    const created = await acme.as.tool_admin('POST', '/api/tools', tool);
    expect(created.status).toBe(201);
    return created.body.id;
  };

  test('a slash is refused at its input before anything is stored or sent', async () => {
    const id = await create('one_segment', `${provider.url}/files/{path}/meta`);
    for (const path of ['a/b', '../admin', '..\\admin', 'a%2fb', '%2e%2e']) {
      for (const door of ['preview', 'execute']) {
        const response = await acme.as.operator('POST', `/api/tools/${id}/${door}`, { payload: { path } });
        expect([response.status, response.body.error.code, issuePaths(response)], path).toEqual([
          422,
          'invalid_input',
          ['/path'],
        ]);
      }
    }
    expect(provider.requests).toEqual([]);
    const list = await acme.as.viewer('GET', `/api/tools/executions?toolId=${id}`);
    expect(list.body.items).toEqual([]);
  });

  test('{+path} sends the slashes, and still no dot segments', async () => {
    const id = await create('many_segments', `${provider.url}/files/{+path}/meta`);
    const sent = await acme.as.operator('POST', `/api/tools/${id}/execute`, {
      payload: { path: 'a/b c?.txt' },
    });
    expect(sent.body.status).toBe('succeeded');
    expect(provider.requests.map(({ url }) => url)).toEqual(['/files/a/b%20c%3F.txt/meta']);
    const refused = await acme.as.operator('POST', `/api/tools/${id}/execute`, {
      payload: { path: 'a/../../x' },
    });
    expect([refused.status, issuePaths(refused)]).toEqual([422, ['/path']]);
    expect(provider.requests).toHaveLength(1);
  });
});
