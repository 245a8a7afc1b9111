import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { inboundTemplates } from '../../shared/inbound/inbound-templates.ts';
import { sweepRetention } from '../../shared/retention/server/sweep-retention.ts';
import { type Alertmanager, hasAlertmanager, startAlertmanager } from '../support/alertmanager.ts';
import { eventually } from '../support/eventually.ts';
import { addSource } from '../support/inbound.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { publishPlaybook } from '../support/playbook-runs.ts';
import { dumpDatabase, dumpWorkflow, findSecret } from '../support/secret-scan.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const actionsOf = (id: string) => inboundTemplates.find((each) => each.id === id)!.actions;
const startTriage = {
  do: 'start_playbook',
  forEach: "body.alerts[status = 'firing']",
  when: 'opened.isNew',
  playbook: 'triage',
  input: { alert: 'item.labels.alertname' },
};

describe('inbound webhooks and their sources', () => {
  let api: TestApi;
  let acme: TestTenant;
  let adminUrl: string;
  let temporal: TcpGate;
  const logs: string[] = [];

  beforeAll(async () => {
    const own = await createOwnDatabase();
    adminUrl = own.adminUrl;
    const [host, port] = inject('servers').temporalAddress.split(':');
    const gatePort = await freePort('the gate', 0);
    temporal = createTcpGate(gatePort, { host: host!, port: Number(port) });
    await temporal.open();
    api = await startTestApi({
      databaseUrl: own.databaseUrl,
      temporalAddress: `127.0.0.1:${gatePort}`,
      reconcile: true,
      onLog: (line) => logs.push(line),
    });
    acme = await api.tenant();
    await publishPlaybook(acme.as.tool_admin, {
      name: 'triage',
      inputSchema: { type: 'object', required: ['alert'] },
      steps: [{ id: 'look', type: 'manual', title: 'Look at it', assignee: { role: 'operator' } }],
    });
  });
  afterAll(async () => {
    await api?.close();
    await temporal?.shut();
  });

  const admin = (...request: Parameters<TestTenant['as']['tenant_admin']>) =>
    acme.as.tenant_admin(...request);
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
  const exceptionsAbout = async (q: string): Promise<any[]> =>
    (await admin('GET', `/api/exceptions?q=${encodeURIComponent(q)}`)).body.items;
  const runsOf = async (exceptionId: string) =>
    (await admin('GET', `/api/playbook-runs?exceptionId=${exceptionId}`)).body.items;

  test('recorded deliveries of Alertmanager open, group and resolve exceptions and start a playbook', async () => {
    const file = join(import.meta.dirname, '../fixtures/inbound/alertmanager-0.25.json');
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as {
      headers: Record<string, string>;
      body: object;
    }[];
    const hook = await addSource(api, acme, 'basic', {
      secret: 'interlock:secret-of-the-test',
      actions: [...actionsOf('alertmanager'), startTriage],
    });
    const results = [];
    for (const { headers, body } of recorded) {
      const response = await hook.deliver(body, { headers });
      expect(response.status, JSON.stringify(response.body)).toBe(202);
      const ended = await hook.ended(response.body.deliveryId);
      expect(ended.error).toBeNull();
      results.push(ended.results);
    }
    const [firing, partly, over] = results;
    expect(firing.map((each: { status: string }) => each.status)).toEqual(Array(4).fill('succeeded'));
    const [one, two] = firing;
    const exception = (await admin('GET', `/api/exceptions/${one.exceptionId}`)).body;
    expect(exception).toMatchObject({
      title: 'PaymentQueueSlow: Payments of pay-1:9090 wait for more than a minute',
      severity: 'critical',
      status: 'resolved',
      attributes: { labels: { instance: 'pay-1:9090' }, runbook: 'https://runbooks.example/pay' },
    });
    // The second is counted while the first is resolved; no playbook starts again.
    expect(partly).toMatchObject([
      { do: 'open_exception', exceptionId: two.exceptionId, opened: { isNew: false, count: 2 } },
      { do: 'resolve_exception', exceptionId: one.exceptionId, status: 'succeeded' },
      { do: 'start_playbook', status: 'skipped' },
    ]);
    expect(over.find((each: { do: string }) => each.do === 'resolve_exception')).toMatchObject({
      exceptionId: two.exceptionId,
      status: 'succeeded',
    });
    for (const { exceptionId } of [one, two]) expect(await runsOf(exceptionId)).toHaveLength(1);
  });

  test.skipIf(!hasAlertmanager())(
    'a real Alertmanager opens, counts and resolves exceptions (needs prometheus-alertmanager of Debian)',
    async () => {
      const hook = await addSource(api, acme, 'basic', {
        secret: 'interlock:secret-of-the-test',
        actions: [...actionsOf('alertmanager'), startTriage],
      });
      const name = `Slow_${uuidv7().replaceAll('-', '')}`;
      const labels = (instance: string) => ({ alertname: name, severity: 'warning', instance });
      const manager: Alertmanager = await startAlertmanager(api.url + hook.path, [
        'interlock',
        'secret-of-the-test',
      ]);
      try {
        const open = async (count: number) =>
          (await exceptionsAbout(name)).filter(({ status }) => status !== 'resolved').length === count;
        await manager.alert(labels('pay-1'));
        await manager.alert(labels('pay-2'));
        await eventually(() => open(2), { timeoutMs: 50_000 });
        await manager.alert(labels('pay-1'), new Date());
        await eventually(() => open(1), { timeoutMs: 50_000 });
        await manager.alert(labels('pay-2'), new Date());
        await eventually(() => open(0), { timeoutMs: 50_000 });
        const items = await exceptionsAbout(name);
        expect(items).toHaveLength(2);
        for (const { id } of items) expect(await runsOf(id)).toHaveLength(1);
      } finally {
        await manager.stop();
      }
    },
    120_000,
  );

  test('nothing that proves, hides or identifies is stored or shown in clear', async () => {
    const vaulted = `vaulted+/=${uuidv7()}`;
    const email = `canary.${uuidv7()}@example.com`;
    await admin('PUT', '/api/settings/redaction', { kinds: { email: 'drop' } });
    const credential = await admin('POST', '/api/credentials', {
      name: 'Provider',
      auth: { type: 'bearer', token: vaulted },
      allowedHosts: ['https://pay.example'],
    });
    expect(credential.status).toBe(201);
    // A process knows the secrets of a tenant for a few seconds.
    await eventually(async () => (await api.services.written.secrets(acme.id)).includes(vaulted), {
      timeoutMs: 50_000,
    });
    const marker = `case-${uuidv7()}`;
    const made = await admin('POST', '/api/inbound-webhooks', {
      name: 'Canary',
      scheme: 'bearer',
      idHeader: 'x-id',
      actions: [
        { do: 'open_exception', title: `\${{ body.marker & ' ' & body.note }}`, groupBy: 'body.email' },
        { do: 'start_playbook', playbook: 'triage', input: { alert: 'body.note' } },
        { do: 'deliver_event', event: '${{ body.note }}', runId: 'no-run' },
      ],
    });
    const { secret, receiveUrl } = made.body as { secret: string; receiveUrl: string };
    const sent = { marker, note: `uses ${vaulted}`, email, nested: [{ [email]: vaulted }], odd: 'a\u0000b' };
    const headers = {
      authorization: `Bearer ${secret}`,
      'x-id': `${marker} ${vaulted}`,
      'x-who': email,
      cookie: `a=${secret}`,
    };
    const path = new URL(receiveUrl).pathname;
    const accepted = await api.call(null)('POST', path, sent, headers);
    expect(accepted.status).toBe(202);
    await api.call(null)('POST', path, sent, { authorization: `Bearer ${vaulted}` });
    const id = accepted.body.deliveryId;
    const hook = await addSource(api, acme, 'bearer');
    const delivery = await hook.ended(id);
    expect(delivery.results.map((each: { status: string }) => each.status)).toEqual([
      'succeeded',
      'succeeded',
      'failed',
    ]);
    expect(JSON.stringify(delivery.body)).toContain(marker);
    const rows = await dumpDatabase(adminUrl);
    const shown = {
      delivery: JSON.stringify(delivery),
      list: JSON.stringify((await admin('GET', `/api/inbound-webhooks/${made.body.id}/deliveries`)).body),
      webhook: JSON.stringify((await admin('GET', `/api/inbound-webhooks/${made.body.id}`)).body),
      tried: JSON.stringify(
        (
          await admin('POST', '/api/inbound-webhooks/try', {
            actions: [{ do: 'open_exception', title: '${{ $string(body) }}' }],
            deliveryId: id,
          })
        ).body,
      ),
      events: JSON.stringify((await admin('GET', '/api/events?limit=200')).body),
      workflow: await dumpWorkflow(api.services.temporal.client, `inbound-${id}-0`),
      logs: logs.join('\n'),
    };
    expect(Object.values(shown).every((text) => text.length > 2)).toBe(true);
    for (const hidden of [secret, vaulted, email])
      expect(findSecret({ ...rows, ...shown }, hidden), hidden).toEqual([]);
  });

  test('deliveries that have ended go with the days that their organization keeps them', async () => {
    const globex = await api.tenant();
    const hook = await addSource(api, globex, 'bearer');
    const { deliveryId } = (await hook.deliver({ n: 1 })).body;
    await hook.ended(deliveryId);
    const as = globex.as.tenant_admin;
    expect((await as('PUT', '/api/settings/retention', { deliveryDays: 1 })).status).toBe(200);
    const due = await as('GET', '/api/settings/retention/due?deliveryDays=1');
    expect(due.body.deliveries).toMatchObject({ count: expect.any(Number) });
    const now = new Date(Date.now() + 3 * 86_400_000);
    await eventually(
      async () => {
        await sweepRetention(api.services, { now, always: true });
        return (await as('GET', `/api/inbound-webhooks/deliveries/${deliveryId}`)).status === 404;
      },
      { timeoutMs: 50_000, everyMs: 200 },
    );
    expect((await as('GET', `/api/inbound-webhooks/${hook.id}/deliveries`)).body.items).toEqual([]);
  });

  test('while Temporal is away deliveries are accepted, and processed once it is back, whatever their order', async () => {
    const hook = await addSource(api, acme, 'bearer', {
      actions: [
        { do: 'open_exception', when: 'body.firing', groupBy: 'body.key', title: 'Alert ${{ body.key }}' },
        { do: 'resolve_exception', when: '$not(body.firing)', groupBy: 'body.key' },
      ],
    });
    const keys = Array.from({ length: 4 }, () => `away-${uuidv7()}`);
    await temporal.shut();
    const accepted: string[] = [];
    try {
      for (const firing of [true, false])
        for (const key of keys) {
          const { status, body } = await hook.deliver({ key, firing });
          expect(status).toBe(202);
          accepted.push(body.deliveryId);
        }
      const waiting = await admin('GET', `/api/inbound-webhooks/${hook.id}/deliveries?status=accepted`);
      expect(waiting.body.items).toHaveLength(accepted.length);
    } finally {
      await temporal.open();
    }
    const ended = await Promise.all(accepted.map((id) => hook.ended(id)));
    expect(ended.map(({ status }) => status)).toEqual(ended.map(() => 'processed'));
    for (const key of keys) {
      const statuses = (await exceptionsAbout(key)).map(({ status }) => status);
      // The one that was resolved before it was opened was never opened.
      expect(statuses.filter((status) => status !== 'resolved')).toEqual([]);
      expect(statuses.length).toBeLessThan(2);
    }
  }, 120_000);
});
