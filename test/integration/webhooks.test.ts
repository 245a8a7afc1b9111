import { Webhook } from 'standardwebhooks';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyWebhook } from '../../shared/client/interlock-client.ts';
import { leaseDeliveries } from '../../shared/webhooks/db/webhooks-sending.ts';
import { startWebhooks } from '../../shared/webhooks/server/start-webhooks.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import {
  type ProviderServer,
  type ReceivedRequest,
  type Respond,
  startProvider,
} from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Any open transaction of the database delays the event log, and other tests open some. */
const patience = { timeoutMs: 45_000 };

describe('webhooks', () => {
  let api: TestApi;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    // With its own database, because a sender of webhooks reads the rows of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({
      databaseUrl,
      reconcile: true,
      env: { INTERLOCK_WEBHOOK_RETRY_SECONDS: '0.05,0.05,0.05' },
    });
  });
  afterAll(async () => {
    for (const close of closing) await close();
    await api.close();
  });

  async function receiver(respond: Respond) {
    const server = await startProvider(respond);
    closing.push(server.close);
    return server;
  }
  const ok: Respond = (_request, response) => response.writeHead(204).end();
  const respondWith =
    (status: number): Respond =>
    (_request, response) =>
      response.writeHead(status).end();

  async function endpoint(tenant: TestTenant, url: string, eventTypes = ['ToolCreated']) {
    const { status, body } = await tenant.as.tenant_admin('POST', '/api/webhooks', { url, eventTypes });
    expect(status, JSON.stringify(body)).toBe(201);
    return body as { id: string; secret: string };
  }
  const createTool = (tenant: TestTenant, name = `t_${uuidv7().replaceAll('-', '_')}`) =>
    tenant.as.tool_admin('POST', '/api/tools', { name, type: 'dummy' });
  const deliveriesOf = async (tenant: TestTenant, id: string) =>
    // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
    (await tenant.as.tenant_admin('GET', `/api/webhooks/${id}/deliveries`)).body.items as any[];
  const endpointOf = async (tenant: TestTenant, id: string) =>
    (await tenant.as.tenant_admin('GET', '/api/webhooks')).body.items.find(
      (each: { id: string }) => each.id === id,
    );
  const verify = (secret: string, { body, headers }: ReceivedRequest) =>
    new Webhook(secret).verify(body, headers as Record<string, string>) as Record<string, unknown>;

  test('an endpoint gets the events of its tenant and of its types, signed, and no others', async () => {
    const hook = await receiver(ok);
    const [acme, globex] = [
      await api.tenant({ privateHosts: [hook.host] }),
      await api.tenant({ privateHosts: [hook.host] }),
    ];
    const { id, secret } = await endpoint(acme, `${hook.url}/hook?for=acme`);
    await createTool(globex);
    await acme.as.tool_admin('POST', '/api/connectors', { name: 'c', baseUrl: 'https://c.example' });
    const { body: tool } = await createTool(acme, 'watched');
    await eventually(() => hook.requests.length > 0, patience);
    const [request] = hook.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/hook?for=acme' });
    const payload = verify(secret, request!);
    expect(payload).toMatchObject({
      type: 'ToolCreated',
      data: {
        subjectType: 'tool',
        subjectId: tool.id,
        exceptionId: null,
        actor: { type: 'api_key', name: 'tool_admin key' },
        name: 'watched',
      },
    });
    expect(payload.id).toBe(request!.headers['webhook-id']);
    expect(verifyWebhook(secret, request!.body, request!.headers)).toEqual(payload);
    await eventually(async () => (await deliveriesOf(acme, id))[0]?.status === 'delivered');
    const [delivery, ...others] = await deliveriesOf(acme, id);
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({ eventId: payload.id, eventType: 'ToolCreated', nextAttemptAt: null });
    expect(delivery.attempts).toEqual([
      { at: expect.any(String), durationMs: expect.any(Number), httpStatus: 204, error: null },
    ]);
    expect(hook.requests).toHaveLength(1);
  });

  test('an endpoint gets every event since it was added, even before a process reads the log', async () => {
    const { databaseUrl } = await createOwnDatabase();
    const early = await startTestApi({ databaseUrl, worker: false });
    const hook = await receiver(ok);
    const acme = await early.tenant({ privateHosts: [hook.host] });
    await createTool(acme, 'before');
    await endpoint(acme, hook.url);
    await createTool(acme, 'after');
    const reader = startWebhooks(early.services);
    await eventually(() => hook.requests.length > 0, patience);
    await reader.stop();
    expect(hook.requests.map((each) => JSON.parse(each.body).data.name)).toEqual(['after']);
    await early.close();
  });

  test('a tampered body, another secret or an old timestamp does not verify', async () => {
    const hook = await receiver(ok);
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const { secret } = await endpoint(acme, hook.url);
    await createTool(acme);
    const request = (await eventually(() => hook.requests[0], patience))!;
    expect(verify(secret, request).type).toBe('ToolCreated');
    expect(() => verify(secret, { ...request, body: request.body.replace('ToolCreated', 'X') })).toThrow();
    expect(() => verify(`whsec_${Buffer.alloc(32).toString('base64')}`, request)).toThrow();
    const headers = { ...request.headers, 'webhook-timestamp': '1700000000' };
    expect(() => verify(secret, { ...request, headers })).toThrow();
  });

  test('a failed delivery is retried with the same id until it succeeds', async () => {
    const statuses = [500, 302, 200];
    const hook = await receiver((_request, response) =>
      response.writeHead(statuses.shift() ?? 200, { location: 'http://169.254.169.254/' }).end(),
    );
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const { id } = await endpoint(acme, hook.url);
    await createTool(acme);
    await eventually(async () => (await deliveriesOf(acme, id))[0]?.status === 'delivered', patience);
    const [{ attempts }] = await deliveriesOf(acme, id);
    expect(attempts.map((each: { httpStatus: number }) => each.httpStatus)).toEqual([500, 302, 200]);
    expect(new Set(hook.requests.map((each) => each.headers['webhook-id'])).size).toBe(1);
  });

  test('a delivery fails after its last attempt with an event that no endpoint gets, and can be redelivered', async () => {
    let status = 503;
    const hook = await receiver((request, response) => respondWith(status)(request, response));
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const { id } = await endpoint(acme, hook.url, []);
    await eventually(async () => (await deliveriesOf(acme, id))[0]?.status === 'failed', patience);
    const [delivery] = await deliveriesOf(acme, id);
    expect(delivery).toMatchObject({ eventType: 'WebhookEndpointCreated', nextAttemptAt: null });
    expect(delivery.attempts).toHaveLength(4);
    expect(delivery.attempts[3].error).toContain('responded with 503');
    const { body: log } = await acme.as.viewer('GET', '/api/events?type=WebhookDeliveryFailed');
    expect(log.items).toHaveLength(1);
    expect(log.items[0]).toMatchObject({
      subjectId: id,
      data: { deliveryId: delivery.id, eventType: 'WebhookEndpointCreated', attempts: 4 },
    });

    status = 200;
    const resend = await acme.as.tenant_admin('POST', `/api/webhooks/deliveries/${delivery.id}/redeliver`);
    expect(resend.body.status).toBe('pending');
    await eventually(async () => (await deliveriesOf(acme, id)).at(-1).status === 'delivered', patience);
    // When a later event has arrived, the failure event has been read too.
    await createTool(acme);
    await eventually(async () => (await deliveriesOf(acme, id))[0].eventType === 'ToolCreated', patience);
    const types = (await deliveriesOf(acme, id)).map((each) => each.eventType);
    expect(types).not.toContain('WebhookDeliveryFailed');
  });

  test('a 410 disables an endpoint at once, and its pending deliveries are not sent', async () => {
    const hook = await receiver(respondWith(410));
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const { id } = await endpoint(acme, hook.url);
    await createTool(acme);
    await eventually(async () => (await endpointOf(acme, id)).enabled === false, patience);
    expect((await endpointOf(acme, id)).disabledReason).toContain('410');
    await eventually(async () => (await deliveriesOf(acme, id)).every((each) => each.status === 'failed'));
    const [delivery] = await deliveriesOf(acme, id);
    expect(delivery.attempts).toHaveLength(1);
    const resend = await acme.as.tenant_admin('POST', `/api/webhooks/deliveries/${delivery.id}/redeliver`);
    expect(resend.status).toBe(409);
    const on = await acme.as.tenant_admin('PUT', `/api/webhooks/${id}`, { enabled: true });
    expect(on.body).toMatchObject({ enabled: true, disabledReason: null });
  });

  test('an endpoint whose deliveries have all failed for five days is disabled', async () => {
    const hook = await receiver(respondWith(500));
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const { id } = await endpoint(acme, hook.url);
    const past = (table: string, columns: string[]) =>
      api.services.db.system((c) =>
        c.query({
          text: `UPDATE ${table} SET ${columns.map((name) => `${name} = now() - interval '6 days'`).join(', ')}
            WHERE tenant_id = $1`,
          values: [acme.id],
        }),
      );
    await createTool(acme);
    await eventually(async () => (await deliveriesOf(acme, id))[0]?.status === 'failed', patience);
    expect((await endpointOf(acme, id)).enabled).toBe(true);
    await past('webhook_delivery', ['completed_at']);
    await past('webhook_endpoint', ['updated_at']);
    await api.services.db.system((c) =>
      c.query({
        text: `UPDATE webhook_endpoint SET updated_at = now() - interval '7 days' WHERE tenant_id = $1`,
        values: [acme.id],
      }),
    );
    await createTool(acme);
    await eventually(async () => (await endpointOf(acme, id)).enabled === false, patience);
    expect((await endpointOf(acme, id)).disabledReason).toContain('5 days');
  });

  test('endpoints that hang delay neither other endpoints nor other tenants', async () => {
    const hanging = await receiver(() => {});
    const hook = await receiver(ok);
    const [slow, quick] = [
      await api.tenant({ privateHosts: [hanging.host] }),
      await api.tenant({ privateHosts: [hook.host] }),
    ];
    const { id: stuck } = await endpoint(slow, hanging.url);
    await Promise.all(Array.from({ length: 30 }, () => createTool(slow)));
    await eventually(() => hanging.requests.length === 10, patience);
    await endpoint(quick, hook.url);
    await createTool(quick);
    await eventually(() => hook.requests.length === 1, patience);
    // Ten at a time, and none of them has timed out yet.
    expect(hanging.requests).toHaveLength(10);
    expect((await deliveriesOf(slow, stuck)).filter((each) => each.attempts.length > 0)).toEqual([]);
    await slow.as.tenant_admin('DELETE', `/api/webhooks/${stuck}`);
  });

  test('when a process dies, another one sends its deliveries', async () => {
    const hook = await receiver(ok);
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const { id } = await endpoint(acme, hook.url);
    // A lost process has leased the delivery, so it is due when that lease ends.
    await api.services.db.systemTransaction(async (c) => {
      await c.query({
        text: `INSERT INTO webhook_delivery (id, tenant_id, endpoint_id, event_id, event_type, payload, next_attempt_at)
          VALUES ($1, $2, $3, 0, 'ToolCreated', $4, now())`,
        values: [uuidv7(), acme.id, id, JSON.stringify({ id: '0', type: 'ToolCreated', data: {} })],
      });
      const none = new Map<string, number>();
      const room = { free: 9, endpoints: none, tenants: none, perEndpoint: 9, perTenant: 9 };
      const leased = await leaseDeliveries(c, { room, leaseMs: 400 });
      expect(leased.map((each) => each.endpointId)).toEqual([id]);
      expect(await leaseDeliveries(c, { room, leaseMs: 400 })).toEqual([]);
    });
    await eventually(() => hook.requests.length === 1, patience);
  });

  test('two processes that lease at the same time get different deliveries and do not wait for each other', async () => {
    const { databaseUrl } = await createOwnDatabase();
    const idle = await startTestApi({ databaseUrl, worker: false });
    const acme = await idle.tenant();
    const { id } = await endpoint(acme, 'https://hooks.example/');
    const { db } = idle.services;
    await db.system((c) =>
      c.query({
        text: `INSERT INTO webhook_delivery (id, tenant_id, endpoint_id, event_id, event_type, payload, next_attempt_at)
          SELECT gen_random_uuid(), $1, $2, n, 'ToolCreated', '{}', now() FROM generate_series(1, 2) n`,
        values: [acme.id, id],
      }),
    );
    const none = new Map<string, number>();
    const room = { free: 1, endpoints: none, tenants: none, perEndpoint: 9, perTenant: 9 };
    const [mine, others] = await db.systemTransaction(async (c) => {
      const first = await leaseDeliveries(c, { room, leaseMs: 30_000 });
      // Another connection, while the first has not committed.
      return [
        first,
        await db.system((d) => leaseDeliveries(d, { room: { ...room, free: 9 }, leaseMs: 30_000 })),
      ];
    });
    expect([mine.length, others.length]).toEqual([1, 1]);
    expect(others[0]!.id).not.toBe(mine[0]!.id);
    await idle.close();
  });

  test('several processes send each delivery once', async () => {
    const hook: ProviderServer = await receiver((_request, response) =>
      setTimeout(() => response.writeHead(200).end(), (hook.requests.length % 4) * 10),
    );
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const more = [startWebhooks(api.services), startWebhooks(api.services)];
    const { id } = await endpoint(acme, hook.url);
    await Promise.all(Array.from({ length: 40 }, () => createTool(acme)));
    await eventually(async () => {
      const all = await deliveriesOf(acme, id);
      return all.length === 40 && all.every((each) => each.status === 'delivered');
    }, patience);
    await Promise.all(more.map((each) => each.stop()));
    expect(hook.requests).toHaveLength(40);
    expect(new Set(hook.requests.map((each) => each.headers['webhook-id'])).size).toBe(40);
  });

  test('after a rotation both secrets sign, so that receivers can switch later', async () => {
    const hook = await receiver(ok);
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const { id, secret: old } = await endpoint(acme, hook.url);
    const { body } = await acme.as.tenant_admin('POST', `/api/webhooks/${id}/rotate-secret`);
    expect(body.secret).not.toBe(old);
    await createTool(acme);
    const request = (await eventually(() => hook.requests[0], patience))!;
    for (const secret of [old, body.secret]) expect(verify(secret, request).type).toBe('ToolCreated');
  });

  test('the secret is shown once, and is in no list, event or row', async () => {
    const acme = await api.tenant();
    const { secret } = await endpoint(acme, 'https://hooks.example/a-secret-path');
    const shown = JSON.stringify([
      (await acme.as.tenant_admin('GET', '/api/webhooks')).body,
      (await acme.as.viewer('GET', '/api/events')).body,
      await api.services.db.system((c) =>
        c.query({
          text: `SELECT convert_from(decode(encode(secret_sealed, 'hex'), 'escape'), 'LATIN1') AS sealed
            FROM webhook_endpoint WHERE tenant_id = $1`,
          values: [acme.id],
        }),
      ),
    ]);
    expect(shown).not.toContain(secret.slice('whsec_'.length));
    const log = JSON.stringify((await acme.as.viewer('GET', '/api/events')).body);
    expect(log).toContain('hooks.example');
    expect(log).not.toContain('a-secret-path');
  });

  test.each([
    ['https://user:pass@hooks.example/', 'must not contain credentials'],
    ['http://hooks.example/', 'must be https'],
    ['https://127.0.0.1:4501/', 'not a public address'],
    ['https://[::ffff:169.254.169.254]/', 'address'],
    ['https://2130706433/', 'not a public address'],
    ['https://hooks.example/#part', 'must not have a fragment'],
  ])('%s is not allowed as the URL of an endpoint', async (url, message) => {
    const acme = await api.tenant();
    const { status, body } = await acme.as.tenant_admin('POST', '/api/webhooks', { url });
    expect(status).toBe(422);
    expect(body.error.issues).toEqual([
      { path: '/url', message: expect.stringContaining(message), keyword: 'url' },
    ]);
  });

  test('a private host that was removed from the settings gets nothing, and the attempt says why', async () => {
    const hook = await receiver(ok);
    const acme = await api.tenant({ privateHosts: [hook.host] });
    const { id } = await endpoint(acme, hook.url);
    await acme.as.tenant_admin('PUT', '/api/settings/egress', { privateHosts: [] });
    await createTool(acme);
    await eventually(async () => (await deliveriesOf(acme, id))[0]?.status === 'failed', patience);
    expect((await deliveriesOf(acme, id))[0].attempts[0]).toMatchObject({
      httpStatus: null,
      error: expect.stringContaining('Nothing was sent'),
    });
    expect(hook.requests).toEqual([]);
  });

  test('only tenant admins see endpoints, a removed one keeps its deliveries, and only event types that are delivered can be chosen', async () => {
    const [acme, globex] = [await api.tenant(), await api.tenant()];
    const { id } = await endpoint(acme, 'https://hooks.example/');
    expect((await acme.as.tool_admin('GET', '/api/webhooks')).status).toBe(403);
    expect((await globex.as.tenant_admin('GET', '/api/webhooks')).body.items).toEqual([]);
    expect((await acme.as.tenant_admin('DELETE', `/api/webhooks/${id}`)).status).toBe(204);
    expect((await acme.as.tenant_admin('GET', '/api/webhooks')).body.items).toEqual([]);
    expect((await acme.as.tenant_admin('GET', `/api/webhooks/${id}/deliveries`)).status).toBe(200);
    const unknown = await acme.as.tenant_admin('POST', '/api/webhooks', {
      url: 'https://hooks.example/',
      eventTypes: ['ToolCreated', 'NoSuchThing', 'WebhookDeliveryFailed', 'ToolRetired'],
    });
    expect(issuePaths(unknown)).toEqual(['/eventTypes/1', '/eventTypes/2', '/eventTypes/3']);
  });

  test('an endpoint keeps an event type that is no longer offered', async () => {
    const acme = await api.tenant();
    const { id } = await endpoint(acme, 'https://hooks.example/');
    await api.services.db.tenant(acme.id, (connection) =>
      connection.query({
        text: `UPDATE webhook_endpoint SET event_types = '{ToolRetired}' WHERE tenant_id = $1 AND id = $2`,
        values: [acme.id, id],
      }),
    );
    expect((await endpointOf(acme, id)).eventTypes).toEqual(['ToolRetired']);
    const eventTypes = ['ToolRetired', 'ToolCreated'];
    const saved = await acme.as.tenant_admin('PUT', `/api/webhooks/${id}`, { eventTypes });
    expect([saved.status, saved.body.eventTypes]).toEqual([200, eventTypes]);
  });
});
