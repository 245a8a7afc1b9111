import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryWorkflow } from '../../shared/inbound/inbound-contract.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { addSource, breakActions } from '../support/inbound.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const openAction = { do: 'open_exception', title: 'Order ${{ body.id }}' };
const timeoutMs = 60_000;

describe('deliveries that are not processed at once', { timeout: 240_000 }, () => {
  let api: TestApi;
  let admin: pg.Client;

  beforeAll(async () => {
    api = await startTestApi();
    admin = await connectAdmin();
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
  });

  /** A tenant whose endpoint has opened one exception already. */
  async function stage(actions: object[]) {
    const tenant = await api.tenant();
    const hook = await addSource(api, tenant, 'bearer', { actions: [openAction] });
    expect((await hook.ended((await hook.deliver({ id: uuidv7() })).body.deliveryId)).status).toBe(
      'processed',
    );
    const as = tenant.as.tenant_admin;
    expect((await as('PUT', `/api/inbound-webhooks/${hook.id}`, { actions })).status).toBe(200);
    return {
      tenant,
      hook,
      read: async (id: string) => (await as('GET', `/api/inbound-webhooks/deliveries/${id}`)).body,
      redeliver: (id: string) => as('POST', `/api/inbound-webhooks/deliveries/${id}/redeliver`, {}),
      about: async (q: string): Promise<unknown[]> => (await as('GET', `/api/exceptions?q=${q}`)).body.items,
    };
  }

  const workflowOf = (tenant: TestTenant, deliveryId: string) =>
    api.services.temporal.client.workflow.getHandle(
      deliveryWorkflow({ tenantId: tenant.id, deliveryId, round: 0 }).workflowId,
    );

  test.concurrent('after eighteen attempts a delivery is given up; it says why, and can be redelivered once the cause is gone', async () => {
    const { tenant, hook, read, redeliver, about } = await stage([openAction]);
    const { mend } = await breakActions(hook.id);
    const id = uuidv7();
    const { deliveryId } = (await hook.deliver({ id })).body;
    const waiting = await eventually(
      async () => {
        const delivery = await read(deliveryId);
        return delivery.error !== null && delivery;
      },
      { timeoutMs },
    );
    expect(waiting).toMatchObject({
      status: 'accepted',
      error: 'Unexpected error. See the log of the worker. It is tried again.',
    });
    // The same attempts, without the hours between them.
    const { workflowService, options } = api.services.temporal.client;
    await workflowService.updateActivityOptions({
      namespace: options.namespace,
      execution: { workflowId: workflowOf(tenant, deliveryId).workflowId },
      type: 'processDelivery',
      activityOptions: {
        retryPolicy: { maximumInterval: { nanos: 1_000_000 }, initialInterval: { nanos: 1_000_000 } },
      },
      updateMask: { paths: ['retry_policy.maximum_interval', 'retry_policy.initial_interval'] },
    });
    const ended = await hook.ended(deliveryId);
    // An attempt that the server has taken for lost may not have begun.
    expect(ended.attempts).toBeGreaterThan(9);
    expect(ended.attempts).toBeLessThanOrEqual(18);
    expect(ended).toMatchObject({
      status: 'failed',
      results: [],
      error:
        'Given up after 18 attempts in about a day: Unexpected error. See the log of the worker. Redeliver it to do what was not done.',
    });
    const { items } = (
      await tenant.as.tenant_admin('GET', `/api/events?subjectId=${hook.id}&type=InboundDeliveryFailed`)
    ).body;
    expect(items).toMatchObject([{ data: { deliveryId } }]);
    await mend();
    expect((await redeliver(deliveryId)).status).toBe(200);
    expect(await hook.ended(deliveryId)).toMatchObject({ status: 'processed', redeliveries: 1, error: null });
    expect(await about(id)).toHaveLength(1);
  });

  test('what receiving answers is in the OpenAPI document', async () => {
    const { hook } = await stage([openAction]);
    const { paths } = (await api.call(null)('GET', '/api/openapi.json')).body;
    const { responses, security } = paths['/hooks/{key}'].post;
    const id = uuidv7();
    const sent = [
      await hook.deliver({ id }, { headers: { 'content-type': 'application/json' } }),
      await hook.deliver('{"id":'),
      await hook.deliver({ id: uuidv7() }, { secret: 'another' }),
      await api.call(null)('POST', '/hooks/unknown', { id }),
      await hook.deliver(JSON.stringify({ text: 'x'.repeat(1_048_576) })),
    ];
    expect(sent.map(({ status }) => status)).toEqual([202, 400, 401, 404, 413]);
    expect(Object.keys(sent[0]!.body)).toEqual(responses[202].content['application/json'].schema.required);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(sent.map(({ status }) => String(status))));
    expect(security).toEqual([]);
  });

  test.concurrent('one that is cancelled in Temporal while an action takes effect ends with its result, and a redelivery does the rest only', async () => {
    const second = { ...openAction, title: 'Second ${{ body.id }}' };
    const { tenant, hook, redeliver, about } = await stage([openAction, second]);
    const id = uuidv7();
    // The first action waits for its number while the delivery is cancelled.
    await admin.query('BEGIN');
    await admin.query('SELECT FROM exception_counter WHERE tenant_id = $1 FOR UPDATE', [tenant.id]);
    const { deliveryId } = (await hook.deliver({ id })).body;
    const handle = workflowOf(tenant, deliveryId);
    try {
      await eventually(
        async () => {
          const { rows } = await admin.query(
            'SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
          );
          return rows.length > 0;
        },
        { timeoutMs },
      );
      await handle.cancel();
      // The worker learns it with the response to a heartbeat.
      const asked = await eventually(
        async () => {
          const { events } = await handle.fetchHistory();
          return events?.find((event) => event.activityTaskCancelRequestedEventAttributes)?.eventTime;
        },
        { timeoutMs },
      );
      await eventually(
        async () => {
          const [pending] = (await handle.describe()).raw.pendingActivities ?? [];
          return msOf(pending?.lastHeartbeatTime) > msOf(asked);
        },
        { timeoutMs },
      );
    } finally {
      await admin.query('COMMIT');
    }
    const ended = await hook.ended(deliveryId);
    expect(ended).toMatchObject({
      status: 'failed',
      error: 'Cancelled in Temporal. Redeliver it to do what was not done.',
      results: [{ action: 0, status: 'succeeded' }],
    });
    expect(await about(id)).toHaveLength(1);
    expect((await redeliver(deliveryId)).status).toBe(200);
    expect(await hook.ended(deliveryId)).toMatchObject({
      status: 'processed',
      results: [
        { action: 0, exceptionId: ended.results[0].exceptionId },
        { action: 1, status: 'succeeded' },
      ],
    });
    expect(await about(id)).toHaveLength(2);
  });
});

interface ProtoTime {
  seconds?: { toNumber(): number } | null;
  nanos?: number | null;
}

const msOf = (time: ProtoTime | null | undefined): number =>
  (time?.seconds?.toNumber() ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
