import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type ApiResponse, type Call, cookieOf, startTestApi, type TestApi } from '../support/test-api.ts';

interface AuditLine {
  type: string;
  actor: { name: string };
  door: string;
}

describe('an organization that starts empty', () => {
  let api: TestApi;
  let provider: ProviderServer;
  const password = 'kettle orbit nine';

  beforeAll(async () => {
    provider = await startProvider((request, response) =>
      sendJson(response, request.headers['x-key'] ? 200 : 401, { refundId: 're_1' }),
    );
    api = await startTestApi();
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  /** Joins by the link of an invitation and signs in: a browser of this person. */
  async function join(tenant: string, invited: ApiResponse, name: string): Promise<Call> {
    expect(invited.status, JSON.stringify(invited.body)).toBe(201);
    const origin = api.services.environment.publicUrl;
    const token = new URL(invited.body.link).hash.slice(1);
    const joined = await api.call(null)(
      'POST',
      '/api/invitation/accept',
      { token, name, password },
      { origin },
    );
    expect(joined.status, JSON.stringify(joined.body)).toBe(200);
    const cookie = cookieOf((await api.signIn(invited.body.email, password)).headers);
    return (method, path, body, more = {}) =>
      api.call(null)(method, path, body, { cookie, 'x-tenant': tenant, origin, ...more });
  }

  test('its admin invites people, makes a key, keeps a credential, asks for approvals, and reads who did what', async () => {
    const { as } = await api.tenant();
    const slug = `empty-${uuidv7().slice(-12)}`;
    const made = await as.platform_admin('POST', '/api/organizations', {
      slug,
      name: 'Empty',
      adminEmail: `ada@${slug}.test`,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const ada = await join(slug, { status: 201, body: made.body.invitation } as ApiResponse, 'Ada');
    const invite = (name: string, roles: string[]) =>
      ada('POST', '/api/invitations', { email: `${name}@${slug}.test`, roles });
    const ben = await join(slug, await invite('ben', ['operator', 'tool_admin']), 'Ben');
    const cleo = await join(slug, await invite('cleo', ['approver']), 'Cleo');

    const key = await ada('POST', '/api/api-keys', { name: 'Orders', roles: ['operator'] });
    expect(key.status, JSON.stringify(key.body)).toBe(201);
    const orders = api.call(key.body.key);

    await ada('PUT', '/api/settings/egress', { privateHosts: [provider.host] });
    const credential = await ben('POST', '/api/credentials', {
      name: 'Payment provider',
      auth: { type: 'api_key', in: 'header', name: 'x-key' },
      value: 'first-key-7Yq',
      allowedHosts: [provider.host],
    });
    expect(credential.status, JSON.stringify(credential.body)).toBe(201);
    const path = `/api/credentials/${credential.body.id}`;
    const tested = () => ben('POST', `${path}/test`, { url: `${provider.url}/me` });
    expect((await tested()).body.health).toMatchObject({ status: 'ok' });
    expect((await ben('POST', `${path}/rotate`, { value: 'second-key-8Zr' })).status).toBe(200);
    expect((await tested()).body.health).toMatchObject({ status: 'ok' });

    const tool = await ben('POST', '/api/tools', {
      name: 'refund_payment',
      title: 'Refund a payment',
      type: 'http',
      inputSchema: { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } },
      auth: { type: 'api_key', in: 'header', name: 'x-key', credentialId: credential.body.id },
      config: { method: 'POST', url: `${provider.url}/refunds` },
    });
    expect(tool.status, JSON.stringify(tool.body)).toBe(201);
    const policy = await ada('POST', '/api/policies', {
      name: 'Large refunds',
      effect: 'require_approval',
      tools: { id: tool.body.id },
      when: 'amount > 500',
      approval: { required: 1, roles: ['approver'], fourEyes: true, expiresIn: 'PT1H' },
    });
    expect(policy.status, JSON.stringify(policy.body)).toBe(201);
    const refund = (amount: number) =>
      orders('POST', `/api/tools/${tool.body.id}/execute`, { payload: { amount } });
    expect((await refund(20)).body).toMatchObject({ status: 'succeeded' });
    const large = await refund(620);
    expect([large.status, large.body.approval?.status]).toEqual([202, 'waiting']);

    const { body: inbox } = await cleo('GET', '/api/inbox');
    expect(inbox.items.map((item: { execution?: { id: string } }) => item.execution?.id)).toEqual([
      large.body.id,
    ]);
    const approved = await cleo('POST', `/api/tools/executions/${large.body.id}/approve`, {});
    expect(approved.status, JSON.stringify(approved.body)).toBe(200);
    await eventually(async () => {
      const { body } = await orders('GET', `/api/tools/executions/${large.body.id}`);
      expect(body).toMatchObject({ status: 'succeeded' });
      return true;
    });
    expect(
      provider.requests.filter(({ url }) => url === '/refunds').map(({ headers }) => headers['x-key']),
    ).toEqual(['second-key-8Zr', 'second-key-8Zr']);

    const { body: audit } = await ada('GET', '/api/audit?limit=200');
    const lines = audit.items.map(({ type, actor, door }: AuditLine) => `${actor.name} ${type} ${door}`);
    for (const line of [
      'Ada MemberInvited web',
      'Ben MemberJoined web',
      'Ada ApiKeyCreated web',
      'Ben CredentialCreated web',
      'Ben CredentialTested web',
      'Ben CredentialRotated web',
      'Ada PolicyCreated web',
      'Orders ToolExecutionApprovalRequested rest',
      'Cleo ToolExecutionApproved web',
    ])
      expect(lines).toContain(line);
    expect(JSON.stringify(audit)).not.toMatch(/first-key-7Yq|second-key-8Zr/);
  });
});
