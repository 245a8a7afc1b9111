import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('a call to a host that is paused', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      // Eight thousand years.
      if (request.url === '/endless') response.setHeader('retry-after', 'Fri, 31 Dec 9999 23:59:59 GMT');
      sendJson(response, 500, {});
    });
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  test('is 503 with Retry-After: when the breaker lets a probe through, or half a minute where no one knows', async () => {
    await acme.as.tool_admin('PUT', '/api/limits/tenant', {
      circuitBreaker: { consecutiveFailures: 2, openSeconds: 3600 },
    });
    const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'refund',
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/refund` },
    });
    const execute = () => acme.as.operator('POST', `/api/tools/${tool.id}/execute`, {});
    await execute();
    await execute();
    const refused = await execute();
    expect([refused.status, refused.body.failure.code]).toEqual([503, 'circuit_open']);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3000);
    expect(seconds).toBeLessThanOrEqual(3600);
    const rerun = await acme.as.operator('POST', `/api/tools/executions/${refused.body.id}/rerun`, {});
    expect(rerun.status).toBe(503);
    expect(Number(rerun.headers.get('retry-after'))).toBeGreaterThan(3000);
    await acme.as.tool_admin('POST', '/api/breakers', { host: provider.host, reason: 'Maintenance' });
    const held = await execute();
    expect([held.status, held.headers.get('retry-after')]).toEqual([503, '30']);
  });

  test('is paused for an hour at most, whatever its host asks for', async () => {
    const globex = await api.tenant({ privateHosts: [provider.host] });
    await globex.as.tool_admin('PUT', '/api/limits/tenant', { circuitBreaker: { consecutiveFailures: 2 } });
    const { body: tool } = await globex.as.tool_admin('POST', '/api/tools', {
      name: 'endless',
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/endless` },
      retry: { maxAttempts: 1 },
    });
    const execute = () => globex.as.operator('POST', `/api/tools/${tool.id}/execute`, {});
    await execute();
    await execute();
    const { items } = (await globex.as.operator('GET', '/api/breakers')).body;
    expect(items).toMatchObject([{ host: provider.host, state: 'open' }]);
    expect(Date.parse(items[0].retryAt) - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  test('holding hosts has a bound, so that what every call reads stays short', async () => {
    const globex = await api.tenant();
    const hold = (host: string) =>
      globex.as.tool_admin('POST', '/api/breakers', { host, reason: 'Maintenance' });
    const first = await hold('first.example:443');
    expect(first.status).toBe(201);
    const admin = await connectAdmin();
    await admin.query(
      `INSERT INTO breaker (id, tenant_id, host, state, reason, changed_by_type, changed_by_id, changed_by_name)
       SELECT gen_random_uuid(), tenant_id, n || '.example:443', state, reason, changed_by_type, changed_by_id, changed_by_name
       FROM breaker, generate_series(2, 500) AS n WHERE tenant_id = $1`,
      [globex.id],
    );
    await admin.end();
    const full = await hold('one-more.example:443');
    expect([full.status, full.body.error.message]).toEqual([
      409,
      expect.stringContaining('at most 500 hosts'),
    ]);
    // One that is held already may get another reason, and one that was reset makes room.
    expect((await hold('2.example:443')).status).toBe(201);
    expect((await globex.as.tool_admin('POST', `/api/breakers/${first.body.id}/reset`)).status).toBe(200);
    expect((await hold('one-more.example:443')).status).toBe(201);
    const again = await globex.as.tool_admin('POST', `/api/breakers/${first.body.id}/open`, { reason: 'x' });
    expect(again.status).toBe(409);
  });
});
