import { randomBytes } from 'node:crypto';
import { UnauthorizedError } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppBrowser, AppStore, agentOf, callback } from '../support/app-oauth.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const all = ['tools.read', 'tools.execute'];

describe('OAuth for MCP clients', () => {
  let api: TestApi;
  let acme: TestTenant;
  const lines: string[] = [];

  beforeAll(async () => {
    api = await startTestApi({ ownAddress: true, onLog: (line) => lines.push(line) });
    acme = await api.tenant();
    const { status } = await acme.as.tenant_admin('POST', '/api/tools', {
      type: 'dummy',
      name: 'greet',
      config: { response: { greeting: 'hello' } },
    });
    expect(status).toBe(201);
  });
  afterAll(() => api?.close());

  const browserOf = async (tenant: TestTenant) => {
    const browser = new AppBrowser(api);
    await browser.signIn(tenant.email, tenant.password);
    return browser;
  };

  test('an app that a person has allowed lists and calls tools, renews its access, and is out once it is revoked', async () => {
    const store = new AppStore();
    const first = agentOf(api, store);
    await expect(first.client.connect(first.transport)).rejects.toThrow(UnauthorizedError);
    expect(store.asked?.searchParams.get('resource')).toBe(`${api.url}/mcp`);
    const browser = await browserOf(acme);
    const back = await browser.allow(store.asked!, acme.slug, all);
    await first.transport.finishAuth(back);

    const { client, transport } = agentOf(api, store);
    await client.connect(transport);
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('greet');
    const called = await client.callTool({ name: 'greet', arguments: {} });
    expect(called.structuredContent).toEqual({ greeting: 'hello' });
    await client.close();
  });
});
