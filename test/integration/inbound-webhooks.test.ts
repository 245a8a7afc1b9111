import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InboundScheme, inboundSchemes } from '../../shared/inbound/inbound-schemes.ts';
import { eventually } from '../support/eventually.ts';
import { addSource, type TestSource } from '../support/inbound.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { publishPlaybook, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const openAction = {
  do: 'open_exception',
  title: 'Payment ${{ body.id }} failed',
  severity: 'high',
  attributes: { paymentId: 'body.id', amount: 'body.amount' },
};

describe('inbound webhooks', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  /** Counted at the end: it takes a moment. */
  const turnedAway: { hook: TestSource; refused: number; limited: number }[] = [];

  beforeAll(async () => {
    // With its own database, because the sweep starts the deliveries of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    provider = await startProvider((_request, response) => response.end('{}'));
    api = await startTestApi({ databaseUrl, reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
  });
  afterAll(() => Promise.all([api?.close(), provider?.close()]));

  const admin = (...request: Parameters<TestTenant['as']['tenant_admin']>) =>
    acme.as.tenant_admin(...request);
  const source = (scheme: InboundScheme, more: Record<string, unknown> = {}) =>
    addSource(api, acme, scheme, more);
  const exceptionsAbout = async (q: string) =>
    // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
    (await admin('GET', `/api/exceptions?q=${encodeURIComponent(q)}`)).body.items as any[];
  const read = async (hook: TestSource) => (await admin('GET', `/api/inbound-webhooks/${hook.id}`)).body;

  test.each(inboundSchemes)(
    '%s: a delivery is stored once, and one that is altered, old or unsigned is not stored',
    async (scheme) => {
      const hook = await source(scheme);
      const payment = { id: `evt_${uuidv7()}`, amount: 12.5 };
      const id = uuidv7();
      const first = await hook.deliver(payment, { id });
      expect(first.status, JSON.stringify(first.body)).toBe(202);
      const again = await hook.deliver(payment, { id });
      expect([again.status, again.body]).toEqual([202, first.body]);

      const refused = [await hook.deliver(payment, { secret: schemeSecret(scheme) })];
      if (scheme !== 'bearer' && scheme !== 'basic')
        refused.push(await hook.deliver(payment, { instead: JSON.stringify({ ...payment, amount: 9999 }) }));
      if (['standard', 'stripe', 'slack'].includes(scheme))
        refused.push(await hook.deliver(payment, { at: Date.now() - 301_000 }));
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 401));
      expect(refused[0]!.body.error).toMatchObject({
        code: 'unauthorized',
        message: expect.stringContaining('Nothing was stored'),
      });

      const { items } = (await admin('GET', `/api/inbound-webhooks/${hook.id}/deliveries`)).body;
      expect(items.map((each: { id: string }) => each.id)).toEqual([first.body.deliveryId]);
      turnedAway.push({ hook, refused: refused.length, limited: 0 });
      if (['standard', 'github', 'stripe'].includes(scheme)) {
        const other = scheme === 'stripe' ? { ...payment, amount: 1 } : { other: 'body' };
        expect((await hook.deliver(other, { id })).status).toBe(409);
      }
    },
  );

  test('fifty deliveries of the same at once have one effect', async () => {
    const hook = await source('standard', { actions: [openAction] });
    const payment = { id: `pay_${uuidv7()}`, amount: 3 };
    const id = uuidv7();
    const responses = await Promise.all(Array.from({ length: 50 }, () => hook.deliver(payment, { id })));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([202]));
    expect((await read(hook)).lastDeliveryAt).not.toBeNull();
    const ids = new Set(responses.map(({ body }) => body.deliveryId as string));
    expect(ids.size).toBe(1);
    const delivery = await hook.ended([...ids][0]!);
    expect(delivery).toMatchObject({ status: 'processed', error: null, senderId: id });
    const opened = await exceptionsAbout(payment.id);
    expect(opened).toHaveLength(1);
    expect(delivery.results).toMatchObject([
      { do: 'open_exception', status: 'succeeded', exceptionId: opened[0].id },
    ]);
    const exception = (await admin('GET', `/api/exceptions/${opened[0].id}`)).body;
    expect(exception).toMatchObject({
      title: `Payment ${payment.id} failed`,
      severity: 'high',
      source: 'standard source',
      attributes: { paymentId: payment.id, amount: 3 },
      createdBy: { type: 'api_key', id: hook.id, name: 'standard source' },
    });
  });

  test('an unresolved exception is counted again, resolved with its source, and then opened anew', async () => {
    const key = `disk-${uuidv7()}`;
    const hook = await source('bearer', {
      actions: [
        { do: 'open_exception', when: 'body.firing', groupBy: 'body.key', title: 'Alert ${{ body.key }}' },
        {
          do: 'resolve_exception',
          when: '$not(body.firing)',
          groupBy: 'body.key',
          note: 'Over at ${{ body.n }}',
        },
      ],
    });
    const send = async (firing: boolean, n: number) =>
      hook.ended((await hook.deliver({ key, firing, n })).body.deliveryId);
    const [first] = (await send(true, 1)).results;
    // At once: each is counted once.
    const accepted = await Promise.all([2, 3, 4].map((n) => hook.deliver({ key, firing: true, n })));
    const counted = await Promise.all(accepted.map(({ body }) => hook.ended(body.deliveryId)));
    expect(counted.map(({ results }) => results[0].opened.count).toSorted()).toEqual([2, 3, 4]);
    expect(counted.every(({ results }) => results[0].exceptionId === first.exceptionId)).toBe(true);
    expect((await send(false, 5)).results[1]).toMatchObject({
      status: 'succeeded',
      exceptionId: first.exceptionId,
    });
    const { body } = await admin('GET', `/api/exceptions/${first.exceptionId}`);
    expect(body).toMatchObject({ status: 'resolved', resolution: { code: 'fixed', note: 'Over at 5' } });
    expect((await send(false, 6)).results[1]).toMatchObject({ status: 'skipped' });
    const [anew] = (await send(true, 7)).results;
    expect(anew.opened).toMatchObject({ isNew: true, count: 1 });
    expect(anew.exceptionId).not.toBe(first.exceptionId);
    expect(await exceptionsAbout(key)).toHaveLength(2);
  });

  test('an exception that is seen again knows what its source calls the event, if that is a name', async () => {
    const named = async (scheme: InboundScheme, body: Record<string, unknown>, headers = {}) => {
      const hook = await source(scheme, {
        actions: [{ do: 'open_exception', groupBy: 'body.key', title: 'Alert' }],
      });
      const send = async () => {
        const sent = { ...body, id: `evt_${uuidv7()}`, key: 'k' };
        return hook.ended((await hook.deliver(sent, { headers })).body.deliveryId);
      };
      const [{ exceptionId }] = (await send()).results;
      await send();
      const { items } = (await admin('GET', `/api/exceptions/${exceptionId}/timeline`)).body;
      return items.at(-1).event.data.event;
    };
    const type = 'payment_intent.failed';
    expect([
      await named('stripe', { type }),
      await named('standard', { type }),
      await named('github', {}, { 'x-github-event': 'pull_request' }),
      await named('stripe', { type: 'Ana Miller, card 4242' }),
      await named('bearer', { type }),
    ]).toEqual([type, type, 'pull_request', undefined, undefined]);
  });

  test('deliveries that open the same at the same moment open it once', async () => {
    const key = `storm-${uuidv7()}`;
    const hook = await source('bearer', {
      actions: [{ do: 'open_exception', groupBy: 'body.key', title: 'Alert ${{ body.key }}' }],
    });
    const accepted = await Promise.all(Array.from({ length: 8 }, (_, n) => hook.deliver({ key, n })));
    const ended = await Promise.all(accepted.map(({ body }) => hook.ended(body.deliveryId)));
    expect(ended.map(({ status }) => status)).toEqual(ended.map(() => 'processed'));
    expect(ended.map(({ results }) => results[0].opened.count).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await exceptionsAbout(key)).toHaveLength(1);
  });

  test('a delivery starts a playbook, delivers its event, completes its step and executes a tool', async () => {
    await publishPlaybook(acme.as.tool_admin, {
      name: 'failed_payment',
      inputSchema: { type: 'object', required: ['paymentId'] },
      steps: [
        { id: 'paid', type: 'wait', title: 'Wait for the money', event: 'payment_settled' },
        { id: 'ship', type: 'manual', title: 'Ship it', assignee: { role: 'operator' } },
      ],
    });
    const tool = await admin('POST', '/api/tools', {
      name: 'notify_bank',
      type: 'http',
      inputSchema: { type: 'object', required: ['paymentId'], properties: { paymentId: { type: 'string' } } },
      config: { method: 'POST', url: `${provider.url}/notify` },
    });
    expect(tool.status).toBe(201);
    const key = `pay_${uuidv7()}`;
    const hook = await source('github', {
      actions: [
        { ...openAction, when: "body.type = 'failed'", groupBy: 'body.id' },
        {
          do: 'start_playbook',
          when: "body.type = 'failed'",
          playbook: 'failed_payment',
          input: { paymentId: 'body.id' },
        },
        {
          do: 'execute_tool',
          when: "body.type = 'failed'",
          tool: 'notify_bank',
          payload: { paymentId: 'body.id' },
        },
        { do: 'deliver_event', when: "body.type = 'settled'", event: 'payment_settled', groupBy: 'body.id' },
        { do: 'deliver_event', when: "body.type = 'shipped'", step: 'ship', groupBy: 'body.id' },
      ],
    });
    const send = async (type: string) =>
      hook.ended((await hook.deliver({ id: key, type, amount: 5 })).body.deliveryId);
    const { status, results } = await send('failed');
    expect([status, results.map((each: { status: string }) => each.status)], JSON.stringify(results)).toEqual(
      ['processed', ['succeeded', 'succeeded', 'succeeded', 'skipped', 'skipped']],
    );
    const [{ exceptionId }, { runId }, { executionId }] = results;
    const run = (await admin('GET', `/api/playbook-runs/${runId}`)).body;
    expect(run).toMatchObject({ exceptionId, input: { paymentId: key } });
    await eventually(async () => {
      const { body } = await admin('GET', `/api/tools/executions/${executionId}`);
      return body.status === 'succeeded' && body.exceptionId === exceptionId;
    });
    expect(provider.requests.at(-1)!.body).toContain(key);
    await stepWhen(acme.as.viewer, runId, 'paid', 'waiting');
    expect((await send('settled')).results[3]).toMatchObject({ status: 'succeeded', runId });
    await stepWhen(acme.as.viewer, runId, 'ship', 'waiting');
    expect((await send('shipped')).results[4]).toMatchObject({ status: 'succeeded', runId });
    await stepWhen(acme.as.viewer, runId, 'ship', 'completed');
  });

  test('what fails is shown and redelivered, and what has succeeded is not done twice', async () => {
    const key = `pay_${uuidv7()}`;
    const start = { do: 'start_playbook', playbook: 'not_there_yet' };
    const hook = await source('hmac', { actions: [openAction, start] });
    const delivery = await hook.ended((await hook.deliver({ id: key })).body.deliveryId);
    expect(delivery).toMatchObject({ status: 'failed', error: '1 of 2 actions failed.', redeliveries: 0 });
    expect(delivery.results[1]).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('not found'),
    });
    await publishPlaybook(acme.as.tool_admin, {
      name: 'not_there_yet',
      steps: [{ id: 'look', type: 'manual', title: 'Look', assignee: { role: 'operator' } }],
    });
    const redeliver = (body = {}) =>
      admin('POST', `/api/inbound-webhooks/deliveries/${delivery.id}/redeliver`, body);
    expect((await redeliver()).status).toBe(200);
    const second = await hook.ended(delivery.id);
    expect(second).toMatchObject({ status: 'processed', redeliveries: 1 });
    expect(second.results[0].exceptionId).toBe(delivery.results[0].exceptionId);
    expect(await exceptionsAbout(key)).toHaveLength(1);
    await redeliver({ repeat: true });
    expect((await hook.ended(delivery.id)).redeliveries).toBe(2);
    expect(await exceptionsAbout(key)).toHaveLength(2);
  });

  test('over its rate an endpoint answers 429, and whatever it accepted is processed', async () => {
    const key = `flood-${uuidv7()}`;
    const hook = await source('bearer', {
      rateLimit: { requestsPerMinute: 1, burst: 5 },
      actions: [{ do: 'open_exception', title: '${{ body.key & " " & body.n }}' }],
    });
    const responses = await Promise.all(Array.from({ length: 30 }, (_, n) => hook.deliver({ key, n })));
    const accepted = responses.filter(({ status }) => status === 202);
    const limited = responses.filter(({ status }) => status === 429);
    expect([accepted.length, limited.length]).toEqual([5, 25]);
    expect(limited.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    await Promise.all(accepted.map(({ body }) => hook.ended(body.deliveryId)));
    expect(await exceptionsAbout(key)).toHaveLength(5);
    turnedAway.push({ hook, refused: 0, limited: 25 });
  });

  test('strangers learn nothing, and bodies have bounds', async () => {
    const hook = await source('bearer');
    const stranger = await api.call(null)('POST', '/hooks/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '{}');
    expect([stranger.status, stranger.body.error.code]).toEqual([404, 'not_found']);
    const large = await hook.deliver(JSON.stringify({ text: 'x'.repeat(1_048_576) }));
    expect(large.status).toBe(413);
    const typed = await hook.deliver('<a/>', { headers: { 'content-type': 'application/xml' } });
    expect(typed.status).toBe(400);
    expect((await hook.deliver('{"a":')).status).toBe(400);
    const form = await hook.deliver('payload=%7B%22a%22%3A1%7D&b=2&b=3', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect((await hook.ended(form.body.deliveryId)).body).toEqual({ payload: { a: 1 }, b: ['2', '3'] });
    expect((await admin('PUT', `/api/inbound-webhooks/${hook.id}`, { enabled: false })).status).toBe(200);
    expect((await hook.deliver({ late: true })).status).toBe(404);
  });

  test('Slack’s challenge is answered and not stored', async () => {
    const hook = await source('slack');
    const asked = await hook.deliver({ type: 'url_verification', challenge: 'c-1' });
    expect([asked.status, asked.body]).toEqual([200, { challenge: 'c-1' }]);
    const unsigned = await hook.deliver(
      { type: 'url_verification', challenge: 'c-1' },
      { secret: 'another' },
    );
    expect(unsigned.status).toBe(401);
    expect((await admin('GET', `/api/inbound-webhooks/${hook.id}/deliveries`)).body.items).toEqual([]);
  });

  test('a rotated secret overlaps with the one that it replaces, and a change names the state it replaces', async () => {
    const hook = await source('standard');
    const before = await admin('GET', `/api/inbound-webhooks/${hook.id}`);
    const rotate = (body: object, headers = {}) =>
      admin('POST', `/api/inbound-webhooks/${hook.id}/rotate-secret`, body, headers);
    const rotated = await rotate({ overlapSeconds: 3600 }, { 'if-match': before.headers.get('etag')! });
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect(rotated.body.previousSecretUntil).not.toBeNull();
    expect((await hook.deliver({ n: 1 })).status).toBe(202);
    expect((await hook.deliver({ n: 2 }, { secret: rotated.body.secret })).status).toBe(202);
    const stale = await rotate({}, { 'if-match': before.headers.get('etag')! });
    expect([stale.status, stale.body.error.details.changedBy.name]).toEqual([412, 'tenant_admin key']);
    const last = await rotate({ overlapSeconds: 0 });
    // A process knows an endpoint for a while, and stores nothing that is not signed with its secrets of now.
    await eventually(
      async () => (await hook.deliver({ n: 3 }, { secret: last.body.secret })).status === 202,
      { timeoutMs: 50_000, everyMs: 100 },
    );
    expect((await hook.deliver({ n: 4 })).status).toBe(401);
  });

  test('a mapping is checked when it is written, and tried without an effect', async () => {
    const actions = [
      { do: 'open_exception', title: 'Order ${{ body.order.id }}', severity: '${{ bdy.level }}' },
      { do: 'start_playbook', playbook: 'x', when: 'body.(' },
      { do: 'deliver_event' },
    ];
    const refused = await admin('POST', '/api/inbound-webhooks', { name: 'x', scheme: 'bearer', actions });
    expect(refused.status).toBe(422);
    expect(issuePaths(refused)).toEqual(['/actions/0/severity', '/actions/1/when', '/actions/2']);
    const order = uuidv7();
    const tried = await admin('POST', '/api/inbound-webhooks/try', {
      actions: [
        { do: 'open_exception', forEach: 'body.orders', title: 'Order ${{ item.id }}' },
        { do: 'start_playbook', forEach: 'body.orders', playbook: 'x', input: { on: 'opened.isNew' } },
        { do: 'open_exception', when: 'body.orders[0].id = "other"', title: 'No' },
        { do: 'open_exception', title: 'Level', severity: '${{ body.level }}' },
      ],
      body: { orders: [{ id: order }, { id: 2 }], level: 'loud' },
    });
    expect(tried.status, JSON.stringify(tried.body)).toBe(200);
    expect(tried.body.results).toMatchObject([
      { action: 0, item: 0, status: 'would_run', values: { title: `Order ${order}` } },
      { action: 0, item: 1, status: 'would_run', values: { title: 'Order 2' } },
      { action: 1, item: 0, status: 'would_run', values: { input: { on: true } } },
      { action: 1, item: 1, status: 'would_run' },
      { action: 2, item: null, status: 'skipped' },
      { action: 3, item: null, status: 'failed', message: expect.stringContaining('/severity') },
    ]);
    expect(await exceptionsAbout(order)).toEqual([]);
  });

  test('every template is accepted as it is, and its sample would open an exception', async () => {
    const { items } = (await admin('GET', '/api/inbound-webhooks/templates')).body;
    expect(items.length).toBeGreaterThan(3);
    for (const { id, actions, sample } of items) {
      const { body } = await admin('POST', '/api/inbound-webhooks/try', { actions, ...sample });
      expect([id, body.issues, body.results?.[0]], id).toMatchObject([
        id,
        [],
        { do: 'open_exception', status: 'would_run', message: null },
      ]);
    }
  });

  test.each(inboundSchemes)('%s: the test sender signs as the source does', async (scheme) => {
    const hook = await source(scheme);
    const { body } = await admin('POST', `/api/inbound-webhooks/${hook.id}/test`, {});
    expect(body).toMatchObject({ status: 202 });
    expect(await hook.ended(body.deliveryId)).toMatchObject({ status: 'processed', isTest: true });
  });

  test('an endpoint does no more than the person who is accountable for it', async () => {
    const members = (await admin('GET', '/api/members')).body.items as { id: string; roles: string[] }[];
    const viewer = members.find(({ roles }) => roles.includes('viewer'))!;
    const operator = members.find(({ roles }) => roles.includes('operator'))!;
    const asViewer = { name: 'x', scheme: 'bearer', accountableUserId: viewer.id };
    expect(issuePaths(await admin('POST', '/api/inbound-webhooks', asViewer))).toEqual([
      '/accountableUserId',
    ]);
    const hook = await source('bearer', { actions: [openAction], accountableUserId: operator.id });
    expect((await admin('PUT', `/api/members/${operator.id}`, { roles: ['viewer'] })).status).toBe(200);
    // A process knows members for a few seconds.
    const refused = await eventually(
      async () => {
        const delivery = await hook.ended((await hook.deliver({ id: uuidv7() })).body.deliveryId);
        return delivery.status === 'failed' && delivery;
      },
      { timeoutMs: 50_000, everyMs: 300 },
    );
    expect(refused).toMatchObject({ error: expect.stringContaining('accountable'), results: [] });
    await admin('PUT', `/api/members/${operator.id}`, { roles: ['operator'] });
  });

  test('what an endpoint turns away is counted, and costs nothing else', async () => {
    for (const { hook, refused, limited } of turnedAway) {
      await eventually(
        async () => {
          const { refused: wrong, limited: over } = await read(hook);
          expect([wrong.count, over.count]).toEqual([refused, limited]);
          if (refused > 0) expect(wrong.lastReason).toBeTruthy();
          return true;
        },
        { timeoutMs: 50_000 },
      );
    }
  });

  test('another organization sees neither the endpoint nor its deliveries', async () => {
    const globex = await api.tenant();
    const hook = await source('bearer');
    const { deliveryId } = (await hook.deliver({ n: 1 })).body;
    const as = globex.as.tenant_admin;
    const paths: [string, string][] = [
      ['GET', `/api/inbound-webhooks/${hook.id}`],
      ['GET', `/api/inbound-webhooks/${hook.id}/deliveries`],
      ['GET', `/api/inbound-webhooks/deliveries/${deliveryId}`],
      ['POST', `/api/inbound-webhooks/deliveries/${deliveryId}/redeliver`],
      ['POST', `/api/inbound-webhooks/${hook.id}/test`],
      ['DELETE', `/api/inbound-webhooks/${hook.id}`],
    ];
    for (const [method, path] of paths) {
      const { status } = await as(method, path, method === 'POST' ? {} : undefined);
      expect([method, path, status]).toEqual([method, path, 404]);
    }
    expect((await as('GET', '/api/inbound-webhooks')).body.items).toEqual([]);
    const tried = { actions: [], deliveryId };
    expect((await as('POST', '/api/inbound-webhooks/try', tried)).status).toBe(404);
  });
});

/** A secret that is not the endpoint's. */
const schemeSecret = (scheme: InboundScheme): string =>
  scheme === 'standard'
    ? 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    : scheme === 'basic'
      ? 'user:other'
      : 'other-secret';
