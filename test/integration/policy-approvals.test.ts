import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { peopleOf } from '../support/people.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('a policy that requires approval', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let bea: Call;
  let made = 0;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    bea = await peopleOf(api, acme).person(`bea@${acme.slug}.test`, ['approver']);
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  /** An execution above the amount that needs no approval. */
  async function waiting(): Promise<{ id: string; policyId: string; policy: object; sent: () => number }> {
    const path = `/refunds/${++made}`;
    const config = { method: 'POST', url: provider.url + path };
    const tool = await acme.as.tool_admin('POST', '/api/tools', {
      name: `refund_${made}`,
      type: 'http',
      config,
    });
    const policy = { tools: { id: tool.body.id }, when: 'amount > 500', effect: 'require_approval' };
    const created = await acme.as.tenant_admin('POST', '/api/policies', policy);
    const execute = (amount: number) =>
      acme.as.operator('POST', `/api/tools/${tool.body.id}/execute`, { payload: { amount } });
    const sent = () => provider.requests.filter(({ url }) => url === path).length;
    expect((await execute(500)).status).toBe(200);
    const { status, body } = await execute(501);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'requested',
      policy: { effect: 'require_approval', policyId: created.body.id },
      approval: { status: 'waiting', required: 1 },
    });
    expect(sent()).toBe(1);
    return { id: body.id, policyId: created.body.id, policy, sent };
  }
  const approve = (id: string) => bea('POST', `/api/tools/executions/${id}/approve`, {});
  const endOf = (id: string) =>
    eventually(async () => {
      const { body } = await acme.as.viewer('GET', `/api/tools/executions/${id}`);
      expect(['succeeded', 'failed']).toContain(body.status);
      return body;
    });

  test('holds back what is above the amount, and lets it run when it is approved', async () => {
    const { id, sent } = await waiting();
    expect((await approve(id)).status).toBe(200);
    expect(await endOf(id)).toMatchObject({ status: 'succeeded' });
    expect(sent()).toBe(2);
  });

  test.each([
    ['denies it', { effect: 'deny' }],
    ['asks for more people', { approval: { required: 2 } }],
    ['asks for another role', { approval: { roles: ['tenant_admin'] } }],
  ])('that %s meanwhile: an approval for less sends nothing', async (_, change) => {
    const { id, policyId, policy, sent } = await waiting();
    await acme.as.tenant_admin('PUT', `/api/policies/${policyId}`, { ...policy, ...change });
    await approve(id);
    expect(await endOf(id)).toMatchObject({ status: 'failed', failure: { code: 'denied' } });
    expect(sent()).toBe(1);
  });

  test('that is archived meanwhile: the approved call is sent', async () => {
    const { id, policyId, sent } = await waiting();
    await acme.as.tenant_admin('DELETE', `/api/policies/${policyId}`);
    await approve(id);
    expect(await endOf(id)).toMatchObject({ status: 'succeeded' });
    expect(sent()).toBe(2);
  });
});
