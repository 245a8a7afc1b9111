import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { demoCredentials } from '../../dev/demo-services/credentials.ts';
import { type DemoServices, startDemoServices } from '../../dev/demo-services/start-demo-services.ts';

let services: DemoServices;
const key = { 'x-api-key': demoCredentials.paymentsApiKey };
const shipping = { authorization: `Bearer ${demoCredentials.shippingToken}` };
const basic = {
  authorization: `Basic ${btoa(`${demoCredentials.basicUsername}:${demoCredentials.basicPassword}`)}`,
};

beforeAll(async () => {
  services = await startDemoServices({ port: 0 });
});
afterAll(() => services.stop());
afterEach(async () => {
  await call('POST', '/_control/reset');
});

async function call(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; json?: unknown; form?: Record<string, string> } = {},
) {
  const body = options.form
    ? new URLSearchParams(options.form)
    : options.json === undefined
      ? undefined
      : JSON.stringify(options.json);
  const headers = {
    ...(options.json !== undefined && { 'content-type': 'application/json' }),
    ...options.headers,
  };
  const response = await fetch(`${services.url}${path}`, { method, headers, body, redirect: 'manual' });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text ? JSON.parse(text) : undefined,
  };
}

async function somePayment(status = 'succeeded'): Promise<{ id: string; amount: number; status: string }> {
  const { body } = await call('GET', `/v1/payments?status=${status}`, { headers: key });
  return body.items[0];
}

describe('payments', () => {
  test('a request without the key gets a 401', async () => {
    expect((await call('GET', '/v1/payments')).status).toBe(401);
    expect((await call('GET', '/v1/payments', { headers: { 'x-api-key': 'wrong' } })).status).toBe(401);
  });

  test('a refund changes the payment, and cannot exceed it', async () => {
    const payment = await somePayment();
    const path = `/v1/payments/${payment.id}/refunds`;
    const first = await call('POST', path, { headers: key, json: { amount: 5, reason: 'duplicate' } });
    expect(first).toMatchObject({
      status: 201,
      body: { paymentId: payment.id, amount: 5, refundId: expect.stringMatching(/^re_/) },
    });
    expect((await call('GET', `/v1/payments/${payment.id}`, { headers: key })).body).toMatchObject({
      status: 'partially_refunded',
      refundedAmount: 5,
    });
    const tooMuch = await call('POST', path, { headers: key, json: { amount: payment.amount } });
    expect(tooMuch).toMatchObject({ status: 422, body: { error: { code: 'amount_too_large' } } });
    expect((await call('POST', path, { headers: key, json: { amount: '5' } })).status).toBe(422);
    expect(
      (await call('POST', '/v1/payments/pay_none/refunds', { headers: key, json: { amount: 1 } })).status,
    ).toBe(404);
  });

  test('an Idempotency-Key makes one refund, however often it is sent', async () => {
    const payment = await somePayment();
    const send = (amount: number) =>
      call('POST', `/v1/payments/${payment.id}/refunds`, {
        headers: { ...key, 'idempotency-key': 'k-1' },
        json: { amount },
      });
    const [first, again] = [await send(3), await send(3)];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replay')).toBe('true');
    expect((await send(4)).status).toBe(409);
    expect((await call('GET', '/_control/stats')).body.refunds).toBe(1);
  });

  test('the key may be in the query, in a cookie or in a Basic header', async () => {
    const rates = await call('GET', `/v1/exchange-rates?base=GBP&api_key=${demoCredentials.ratesApiKey}`);
    expect(rates.body).toMatchObject({ base: 'GBP', rates: { GBP: 1 } });
    expect((await call('GET', '/v1/exchange-rates')).status).toBe(401);
    const ledger = await call('GET', '/v1/ledger/entries', {
      headers: { cookie: `ledger_session=${demoCredentials.ledgerSession}` },
    });
    expect(ledger.body).toEqual({ items: [] });
    const report = await call('GET', '/v1/reports/settlements', { headers: basic });
    expect(report.text).toMatch(/^payout,account,amount/);
  });
});

describe('shipping', () => {
  test('a shipment in transit can be rerouted, a delivered one cannot', async () => {
    const { body } = await call('GET', '/v1/shipments', { headers: shipping });
    const find = (status: string) => body.items.find((each: { status: string }) => each.status === status).id;
    const json = { line: 'Quai 4', city: 'Antwerp', postalCode: '2000', country: 'BE' };
    expect(
      (await call('POST', `/v1/shipments/${find('delivered')}/reroute`, { headers: shipping, json })).status,
    ).toBe(422);
    expect(
      (await call('POST', `/v1/shipments/${find('in_transit')}/reroute`, { headers: shipping, json })).body,
    ).toMatchObject({ destination: json });
    expect(
      (await call('GET', `/v1/shipments/${find('in_transit')}/track`, { headers: shipping })).body,
    ).toMatchObject({ lastEvent: { what: 'Rerouted' } });
  });

  test('a label is created, read as PDF and voided', async () => {
    const { body } = await call('GET', '/v1/shipments', { headers: shipping });
    const made = await call('POST', `/v1/shipments/${body.items[0].id}/labels`, { headers: shipping });
    expect(made.status).toBe(201);
    expect((await call('GET', made.body.url, { headers: shipping })).headers.get('content-type')).toBe(
      'application/pdf',
    );
    expect((await call('DELETE', made.body.url, { headers: shipping })).status).toBe(204);
    expect((await call('GET', made.body.url, { headers: shipping })).status).toBe(410);
  });

  test('the carrier issues OAuth tokens, counts them and can revoke them', async () => {
    const client = {
      client_id: demoCredentials.carrierClientId,
      client_secret: demoCredentials.carrierClientSecret,
    };
    const before = (await call('GET', '/_control/stats')).body.tokensIssued;
    const token = await call('POST', '/oauth/token', {
      form: { grant_type: 'client_credentials', scope: 'quotes:read', ...client },
    });
    expect(token.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const headers = { authorization: `Bearer ${token.body.access_token}` };
    const path = '/v1/carrier/quotes?from=Rotterdam&to=Lyon&weightKg=120';
    expect((await call('GET', path, { headers })).body.quotes).toHaveLength(3);
    expect((await call('POST', '/v1/carrier/pickups', { headers, json: {} })).status).toBe(403);
    await call('PUT', '/_control/oauth', { json: { revoke: true } });
    expect((await call('GET', path, { headers })).status).toBe(401);
    expect(
      (
        await call('POST', '/oauth/token', {
          form: { grant_type: 'client_credentials', ...client, client_secret: 'no' },
        })
      ).status,
    ).toBe(401);
    expect((await call('GET', '/_control/stats')).body.tokensIssued).toBe(before + 1);
  });
});

describe('faults', () => {
  test('a fault applies to its path, as many times as it says', async () => {
    await call('POST', '/_control/faults', {
      json: { path: '/v1/payments/:id', status: 503, retryAfterSeconds: 1, times: 2 },
    });
    const { id } = await somePayment();
    const statuses: (string | number | null)[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { status, headers } = await call('GET', `/v1/payments/${id}`, { headers: key });
      statuses.push(status, headers.get('retry-after'));
    }
    expect(statuses).toEqual([503, '1', 503, '1', 200, null]);
    expect((await call('POST', '/_control/faults', { json: { path: 'x' } })).status).toBe(422);
  });

  test('a connection that is dropped after the effect keeps the effect', async () => {
    const { id } = await somePayment();
    await call('POST', '/_control/faults', {
      json: { path: '/v1/payments/*', method: 'post', dropConnection: true, afterEffect: true },
    });
    await expect(
      call('POST', `/v1/payments/${id}/refunds`, { headers: key, json: { amount: 1 } }),
    ).rejects.toThrow();
    expect((await call('GET', `/v1/payments/${id}`, { headers: key })).body.refundedAmount).toBe(1);
    await call('DELETE', '/_control/faults');
    expect(
      (await call('POST', `/v1/payments/${id}/refunds`, { headers: key, json: { amount: 1 } })).status,
    ).toBe(201);
  });

  test('there are endpoints with broken JSON, a redirect, a slow response and a gzip bomb', async () => {
    const broken = await fetch(`${services.url}/odd/broken-json`);
    expect(broken.headers.get('content-type')).toContain('application/json');
    await expect(broken.json()).rejects.toThrow(SyntaxError);
    const redirect = await call('GET', '/odd/redirect?to=http://169.254.169.254/');
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
    expect((await call('GET', '/odd/drip?chunks=3&everyMs=1')).body).toEqual([0, 1, 2]);
    expect((await call('GET', '/odd/gzip-bomb?megabytes=3')).text).toHaveLength(3 * 1_048_576 + 2);
  });
});

test('requests are recorded without their secrets', async () => {
  await call('GET', `/v1/exchange-rates?api_key=${demoCredentials.ratesApiKey}`);
  await call('GET', '/v1/payments', { headers: key });
  const text = (await call('GET', '/_control/requests')).text;
  expect(text).toContain('/v1/exchange-rates');
  expect(text).not.toContain(demoCredentials.ratesApiKey);
  expect(text).not.toContain(demoCredentials.paymentsApiKey);
});

test('webhooks are kept under their name', async () => {
  await call('POST', '/hooks/finance', { json: { refundId: 're_1' }, headers: { 'webhook-id': 'msg_1' } });
  const { body } = await call('GET', '/hooks/finance');
  expect(body.items).toMatchObject([{ body: { refundId: 're_1' }, headers: { 'webhook-id': 'msg_1' } }]);
});

test('the state survives a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-demo-'));
  try {
    const stateFile = join(folder, 'state.json');
    const first = await startDemoServices({ port: 0, stateFile });
    await fetch(`${first.url}/hooks/audit`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    await first.stop();
    const second = await startDemoServices({ port: 0, stateFile });
    expect(await (await fetch(`${second.url}/hooks/audit`)).json()).toMatchObject({ total: 1 });
    await second.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('the part of the API of Temporal that demo tools read', () => {
  test('the demo services pass on what concerns no tenant, and nothing else', async () => {
    const demo = await startDemoServices({ port: 0, temporalUrl: inject('servers').temporalHttpUrl });
    const get = (path: string, method = 'GET') => fetch(`${demo.url}/temporal/api/v1${path}`, { method });
    try {
      expect(await (await get('/cluster-info')).json()).toMatchObject({ serverVersion: expect.any(String) });
      expect(await (await get('/namespaces/default')).json()).toMatchObject({
        namespaceInfo: { name: 'default' },
      });
      for (const path of [
        '/namespaces/default/workflows',
        '/namespaces/default/../default/workflows',
        '/namespaces/default%2Fworkflows',
        '/namespaces',
      ])
        expect((await get(path)).status, path).toBe(404);
      expect((await get('/namespaces/default', 'POST')).status).toBe(405);
    } finally {
      await demo.stop();
    }
  });
});
