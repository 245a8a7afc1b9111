import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const onlyReads = { host: 'pay.example', methods: ['GET'] };

describe('what the list of hosts would refuse', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  const allow = async (enabled: boolean, hosts: object[]) => {
    const { status } = await acme.as.tenant_admin('PUT', '/api/settings/egress', {
      allowList: { enabled, hosts },
    });
    expect(status).toBe(200);
  };

  test('is said in the preview of a call and of a step, for the host that is called and the one that gives tokens', async () => {
    const admin = acme.as.tool_admin;
    const { body: tool } = await admin('POST', '/api/tools', {
      name: 'refund',
      type: 'http',
      auth: {
        type: 'oauth2_client_credentials',
        tokenUrl: 'https://login.example/token',
        clientId: 'interlock',
        clientSecret: 'a-secret-of-the-test',
      },
      config: { method: 'POST', url: 'https://pay.example/refunds' },
    });
    const preview = async () => (await admin('POST', `/api/tools/${tool.id}/preview`, { payload: {} })).body;
    expect((await preview()).warnings).toEqual([]);
    await allow(false, [onlyReads]);
    expect((await preview()).warnings).toEqual([]);
    await allow(true, [onlyReads]);
    const { warnings } = await preview();
    expect(warnings).toMatchObject([
      {
        code: 'host_not_allowed',
        message: expect.stringContaining('POST pay.example:443 is not on the list'),
      },
      {
        code: 'host_not_allowed',
        message: expect.stringContaining('POST login.example:443 is not on the list'),
      },
    ]);
    const playbook = await publishPlaybook(admin, {
      name: 'refund_it',
      steps: [
        {
          id: 'refund',
          type: 'call_tool',
          title: 'Refund',
          tool: 'refund',
          input: {},
          assignee: { role: 'operator' },
        },
      ],
    });
    const run = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, run, 'refund', 'waiting');
    const step = await acme.as.operator('POST', `/api/playbook-runs/${run}/steps/refund/preview`, {});
    expect([step.status, step.body.warnings]).toEqual([200, warnings]);
    await allow(true, [{ host: 'pay.example' }, { host: 'login.example', ports: [443] }]);
    expect((await preview()).warnings).toEqual([]);
  });

  test('is said of the endpoints of webhooks, when they are saved and while it is so', async () => {
    const admin = acme.as.tenant_admin;
    await allow(true, [onlyReads]);
    const created = await admin('POST', '/api/webhooks', { url: 'https://pay.example:8443/hook' });
    const warning = {
      code: 'host_not_allowed',
      message: expect.stringContaining('POST pay.example:8443 is not on the list'),
    };
    expect([created.status, created.body.warnings]).toMatchObject([201, [warning]]);
    const listed = async () => (await admin('GET', '/api/webhooks')).body.items[0].warnings;
    expect(await listed()).toMatchObject([warning]);
    await allow(true, [{ host: 'pay.example' }]);
    expect(await listed()).toEqual([]);
    const moved = await admin('PUT', `/api/webhooks/${created.body.id}`, {
      url: 'https://elsewhere.example/hook',
    });
    expect(moved.body.warnings).toHaveLength(1);
  });
});
