import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { Metadata, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEgress } from '../../shared/platform/server/egress/egress.ts';
import { createReservedHosts } from '../../shared/platform/server/egress/reserved-hosts.ts';
import { connectorDefinitionSchema } from '../../shared/tools/connectors/registry.ts';
import { compileFrom } from '../../shared/tools/providers/grpc/complete/in-isolate.ts';
import { offersOf } from '../../shared/tools/server/connector-offers.ts';
import { makeAuthority } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { type ShopAnswers, type ShopServer, serveShop, shopProto } from '../support/grpc-shop.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { type Call, caller, closeAll } from './http-provider-support.ts';

const secret = 'token-3f1c77a2b9e84d06';
let api: TestApi;
let acme: TestTenant;
let shop: ShopServer;
/** What the shop answers in one test. */
let answers: ShopAnswers = {};

beforeAll(async () => {
  shop = await serveShop({
    get: (call, respond) =>
      answers.get
        ? answers.get(call, respond)
        : respond(null, { id: call.request.order_id ?? '', cents: '1990' }),
    place: (call, respond) => (answers.place ? answers.place(call, respond) : respond(null, call.request)),
    watch: (call) => {
      if (answers.watch) return answers.watch(call);
      for (const id of ['a', 'b', 'c']) call.write({ id });
      call.end();
    },
  });
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [shop.hostPort] });
});
afterEach(() => {
  answers = {};
  shop.received.length = 0;
});
afterAll(async () => {
  await closeAll();
  await api.close();
  await shop.close();
});

const config = (method: string, more: Record<string, unknown> = {}) => ({
  target: shop.hostPort,
  service: 'shop.v1.Orders',
  method,
  proto: shopProto,
  ...more,
});

test('a tool of a connector shows the call that the server gets, with its auth and without its secret', async () => {
  const connector = await acme.as.tenant_admin('POST', '/api/connectors', {
    kind: 'grpc',
    name: 'shop',
    target: shop.hostPort,
    proto: shopProto,
    metadata: { 'x-source': 'interlock' },
    auth: { type: 'bearer', token: secret },
  });
  expect(connector.status).toBe(201);
  const created = await acme.as.tenant_admin('POST', '/api/tools', {
    name: 'get_order',
    type: 'grpc',
    inputSchema: { type: 'object', required: ['orderId'], properties: { orderId: { type: 'string' } } },
    config: {
      connectorId: connector.body.id,
      service: 'shop.v1.Orders',
      method: 'GetOrder',
      metadata: { 'x-order': '{orderId}' },
      message: { orderId: '{orderId}', depth: 2 },
    },
  });
  expect(created.body).toMatchObject({ config: { compiled: { idempotency: 'no_side_effects' } } });
  const { id } = created.body;
  const payload = { orderId: 'o-7' };
  const preview = await acme.as.operator('POST', `/api/tools/${id}/preview`, { payload });
  expect(preview.body).toMatchObject({
    request: {
      method: 'CALL',
      url: `grpc://${shop.hostPort}/shop.v1.Orders/GetOrder`,
      headers: {
        'x-source': 'interlock',
        'x-order': 'o-7',
        Authorization: expect.stringMatching(/^Bearer \W/),
      },
      body: { orderId: 'o-7', depth: 2 },
    },
    repeatPolicy: 'Safe to retry: the service says that the method has no side effects',
  });
  const done = await acme.as.operator('POST', `/api/tools/${id}/execute`, {
    payload,
    previewDigest: preview.body.digest,
  });
  expect(done.body).toMatchObject({ status: 'succeeded', output: { id: 'o-7', cents: '1990', lines: [] } });
  expect(shop.received).toMatchObject([
    {
      method: 'GetOrder',
      message: { order_id: 'o-7', depth: 2 },
      metadata: { 'x-source': 'interlock', 'x-order': 'o-7', authorization: `Bearer ${secret}` },
    },
  ]);
  // The server knows until when an answer is of use.
  expect(shop.received[0]?.deadlineMs).toBeLessThanOrEqual(10_000);
  const stored = await acme.as.operator('GET', `/api/tools/executions/${done.body.id}`);
  expect(JSON.stringify([created.body, preview.body, done.body, stored.body])).not.toContain(secret);
});

test('what the documents do not have is refused at its place when the tool is saved', async () => {
  const save = (more: Record<string, unknown>) =>
    acme.as.tenant_admin('POST', '/api/tools', { name: 'refused', type: 'grpc', ...more });
  const unknown = await save({ config: config('Nothing') });
  expect([unknown.status, issuePaths(unknown)]).toEqual([422, ['/config/method']]);
  const inputs = await save({
    inputSchema: { type: 'object', properties: { nothing: {} } },
    config: config('GetOrder'),
  });
  expect(issuePaths(inputs)).toEqual(['/inputSchema/properties/nothing']);
  const upload = await save({ config: config('UploadOrders') });
  expect(upload.body.error.issues[0].message).toContain('only unary and server-streaming methods');
  const auth = await save({
    config: config('GetOrder'),
    auth: { type: 'api_key', in: 'query', name: 'key', value: 'abc123abc123' },
  });
  expect(issuePaths(auth)).toEqual(['/auth/in']);
});

/** Calls as an execution does, with a compiled tool. */
async function call(method: string, more: Partial<Call> & { server?: ShopServer } = {}) {
  const { server = shop, config: own, ...rest } = more;
  const service = 'shop.v1.Orders';
  const found = await compileFrom({ proto: shopProto }, { service, method, inputs: [] }, 'test');
  if ('problem' in found) throw new Error(found.problem.message);
  const asLoopback = { hostPort: server.hostPort } as Parameters<typeof caller>[0];
  return caller(asLoopback)({
    config: { target: server.hostPort, service, method, compiled: found.compiled, ...own },
    ...rest,
    tool: { type: 'grpc', ...rest.tool },
  });
}

test('messages appear while the call runs, and a secret that goes over two of them is in no output', async () => {
  const stream = Promise.withResolvers<Parameters<NonNullable<ShopAnswers['watch']>>[0]>();
  answers.watch = stream.resolve;
  const tool = await acme.as.tenant_admin('POST', '/api/tools', {
    name: 'watch_orders',
    type: 'grpc',
    config: config('WatchOrders'),
    auth: { type: 'bearer', token: secret },
    timeoutMs: 60_000,
    deadlineMs: 60_000,
  });
  const started = await acme.as.operator(
    'POST',
    `/api/tools/${tool.body.id}/execute`,
    { payload: {} },
    { prefer: 'respond-async' },
  );
  const path = `/api/tools/executions/${started.body.id}`;
  const shown = async (): Promise<string[]> => {
    const { body } = await acme.as.viewer('GET', `${path}/chunks`);
    return body.items.map(({ value }: { value: { note: string } }) => value.note);
  };
  const call = await stream.promise;
  // Messages may be held back until others come: the end of a text may be the beginning of the secret.
  for (const note of ['First.', 'Second.', 'Third.']) call.write({ note });
  await eventually(async () => (await shown()).length > 0, { timeoutMs: 60_000, everyMs: 100 });
  expect((await acme.as.viewer('GET', path)).body).toMatchObject({ status: 'running', output: null });
  call.write({ note: `the key is ${secret.slice(0, 9)}` });
  call.write({ note: `${secret.slice(9)}, keep it` });
  call.end();
  const done = await eventually(
    async () => {
      const { body } = await acme.as.viewer('GET', path);
      return body.completedAt !== null && body;
    },
    { timeoutMs: 60_000, everyMs: 100 },
  );
  const notes = ['First.', 'Second.', 'Third.', 'the key is [redacted], keep it', ''];
  expect(done.output.map(({ note }: { note: string }) => note)).toEqual(notes);
  expect(await shown()).toEqual(notes);
});

test('each message of a stream is shown as it arrives, and the output is the list of them', async () => {
  const shown: unknown[] = [];
  const result = await call('WatchOrders', {
    input: { orderId: 'o' },
    onOutput: ({ kind, value }) => shown.push([kind, (value as { id: string }).id]),
  });
  expect(result).toMatchObject({ ok: true, output: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], sentCalls: 1 });
  expect(shown).toEqual([
    ['data', 'a'],
    ['data', 'b'],
    ['data', 'c'],
  ]);
  expect(await call('WatchOrders', { config: { maxMessages: 2 } })).toMatchObject({
    ok: false,
    code: 'invalid_output',
    message: 'The stream has more than 2 messages',
    raw: [{ id: 'a' }, { id: 'b' }],
  });
  answers.watch = (stream) => {
    stream.write({ id: 'a', note: 'x'.repeat(4000) });
    stream.end();
  };
  expect(await call('WatchOrders', { config: { maxResponseBytes: 1000 } })).toMatchObject({
    ok: false,
    code: 'invalid_output',
    message: 'The response is larger than 1000 bytes',
  });
});

test('a status says whether the call was done, and whether it may succeed later', async () => {
  const outcomes: Record<string, object> = {
    INVALID_ARGUMENT: { code: 'provider_error', httpStatus: 400, sent: 'responded', transient: false },
    NOT_FOUND: { code: 'provider_error', httpStatus: 404, sent: 'responded', transient: false },
    PERMISSION_DENIED: { code: 'provider_error', httpStatus: 403, sent: 'responded', transient: false },
    UNAUTHENTICATED: { code: 'provider_error', httpStatus: 401, sent: 'responded', transient: false },
    RESOURCE_EXHAUSTED: { code: 'provider_error', httpStatus: 429, sent: 'responded', transient: true },
    INTERNAL: { code: 'provider_error', httpStatus: 500, sent: 'responded', transient: true },
    UNIMPLEMENTED: { code: 'provider_error', httpStatus: 501, sent: 'responded', transient: false },
    UNAVAILABLE: { code: 'provider_error', httpStatus: 503, transient: true },
    DEADLINE_EXCEEDED: { code: 'timeout', httpStatus: 504, sent: 'responded', transient: true },
    CANCELLED: { code: 'provider_error', sent: 'unknown', transient: true },
  };
  for (const [name, outcome] of Object.entries(outcomes)) {
    answers.place = (_call, respond) =>
      respond({ code: status[name as keyof typeof status], details: `why ${name} – ü` });
    expect(await call('PlaceOrder', { input: { id: 'o' } }), name).toMatchObject({
      ok: false,
      message: `${shop.hostPort} returned ${name}`,
      raw: { status: name, message: `why ${name} – ü` },
      ...outcome,
    });
  }
});

test('details of an error are read, and the wait that they ask for', async () => {
  answers.place = (_call, respond) => {
    const metadata = new Metadata();
    metadata.set('grpc-status-details-bin', exhausted);
    respond({ code: status.RESOURCE_EXHAUSTED, details: 'slow down', metadata });
  };
  expect(await call('PlaceOrder', { input: { id: 'o' } })).toMatchObject({
    ok: false,
    transient: true,
    retryAfterMs: 2500,
    raw: {
      details: [
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2.500s' },
        { '@type': 'type.googleapis.com/shop.v1.Secret' },
      ],
    },
  });
});

/** google.rpc.Status{code: 8, details: [RetryInfo{retry_delay: 2.5 s}, an unknown type]}, as its bytes. */
const any = (type: string, value: Buffer) => {
  const url = Buffer.from(`type.googleapis.com/${type}`);
  const inner = Buffer.concat([
    Buffer.from([0x0a, url.length]),
    url,
    Buffer.from([0x12, value.length]),
    value,
  ]);
  return Buffer.concat([Buffer.from([0x1a, inner.length]), inner]);
};
const exhausted = Buffer.concat([
  Buffer.from([0x08, 0x08]),
  any('google.rpc.RetryInfo', Buffer.from('0a0808021080cab5ee01', 'hex')),
  any('shop.v1.Secret', Buffer.from([0x08, 0x01])),
]);

test('a call that is not answered in time is stopped on the server too, and its outcome is unknown', async () => {
  let cancelled = false;
  answers.place = (place) => {
    place.on('cancelled', () => {
      cancelled = true;
    });
  };
  expect(await call('PlaceOrder', { input: { id: 'o' }, timeoutMs: 1500 })).toMatchObject({
    ok: false,
    code: 'timeout',
    message: `No response from ${shop.hostPort} in time`,
    sent: 'unknown',
  });
  await eventually(() => expect(cancelled).toBe(true), { timeoutMs: 60_000 });
});

test('a person who cancels an execution stops the call on the server; nobody knows whether it was done', async () => {
  const arrived = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  answers.place = (place) => {
    place.on('cancelled', () => stopped.resolve());
    arrived.resolve();
  };
  const created = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'place_order',
    type: 'grpc',
    inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
    config: config('PlaceOrder'),
    timeoutMs: 120_000,
    deadlineMs: 240_000,
  });
  const begun = await acme.as.operator('POST', `/api/tools/${created.body.id}/execute`, {
    payload: { id: 'o-1' },
    waitMs: 0,
  });
  await arrived.promise;
  const url = `/api/tools/executions/${begun.body.id}`;
  await acme.as.operator('POST', `${url}/cancel`);
  await stopped.promise;
  await eventually(
    async () =>
      expect((await acme.as.operator('GET', url)).body).toMatchObject({
        status: 'failed',
        failure: { code: 'outcome_unknown' },
      }),
    { timeoutMs: 90_000 },
  );
}, 240_000);

test('a call whose server ends before it answers is of unknown outcome; one that was never sent is not', async () => {
  const mortal = await serveShop({ place: () => void mortal.close() });
  expect(await call('PlaceOrder', { server: mortal, input: { id: 'o' } })).toMatchObject({
    ok: false,
    sent: 'unknown',
    transient: true,
    sentCalls: 1,
  });
  expect(await call('PlaceOrder', { server: mortal, input: { id: 'o' } })).toMatchObject({
    ok: false,
    code: 'provider_error',
    sent: 'before',
    transient: true,
    sentCalls: 0,
  });
  expect(await call('PlaceOrder', { input: { id: 'o' }, maySend: () => false })).toMatchObject({
    ok: false,
    code: 'timeout',
    sent: 'before',
    sentCalls: 0,
  });
  expect(shop.received).toEqual([]);
});

test('a server that speaks something else gets no call', async () => {
  const other = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const hostPort = `127.0.0.1:${(other.address() as AddressInfo).port}`;
  const result = await call('PlaceOrder', { server: { ...shop, hostPort }, input: { id: 'o' } });
  other.close();
  expect(result).toMatchObject({ ok: false, sent: 'before', sentCalls: 0 });
  expect(result).toHaveProperty('message', expect.stringContaining('does not speak HTTP/2'));
});

test('a private host that is not listed is refused, and a message that does not fit is not sent', async () => {
  expect(await call('PlaceOrder', { input: { id: 'o' }, privateHosts: [] })).toMatchObject({
    ok: false,
    code: 'denied',
    sent: 'before',
  });
  expect(await call('PlaceOrder', { input: { cents: 'many' } })).toMatchObject({
    ok: false,
    sent: 'before',
    message: expect.stringContaining('shop.v1.Order.cents has another type'),
  });
  expect(shop.received).toEqual([]);
});

test('TLS checks the server, and a client certificate is presented', async () => {
  const authority = makeAuthority('Shop authority');
  const [identity, client] = [authority.issue('server'), authority.issue('interlock')];
  const secure = await serveShop({}, { identity, clients: authority.certificate });
  const auth = { type: 'mtls', ca: authority.certificate };
  const over = (tool: Record<string, unknown>, held: string | null) =>
    call('GetOrder', { server: secure, config: { tls: 'tls' }, input: { orderId: 'o' }, tool, secret: held });
  const result = await over({ auth }, JSON.stringify(client));
  expect(result).toMatchObject({ ok: true, output: { id: 'o' } });
  // Without the authority of the tool the certificate of the server is not trusted.
  expect(await over({}, null)).toMatchObject({ ok: false, sent: 'before' });
  const stranger = makeAuthority('Stranger').issue('stranger');
  expect(await over({ auth }, JSON.stringify(stranger))).toMatchObject({ ok: false });
  expect(secure.received).toHaveLength(1);
  await secure.close();
});

test('the methods of a connector are drafts of tools; a server without reflection says what to do', async () => {
  const connector = connectorDefinitionSchema.parse({
    kind: 'grpc',
    name: 'shop',
    target: shop.hostPort,
    proto: shopProto,
  });
  const offers = offersOf(connector.kind);
  if (!offers) throw new Error('nothing is offered');
  const operations = await offers.operations(connector, 'test');
  expect(operations.map(({ key, method, tool }) => [key, method, tool !== null])).toEqual([
    ['shop.v1.Orders/GetOrder', 'unary', true],
    ['shop.v1.Orders/PutOrder', 'unary', true],
    ['shop.v1.Orders/PlaceOrder', 'unary', true],
    ['shop.v1.Orders/WatchOrders', 'stream', true],
    ['shop.v1.Orders/UploadOrders', 'client stream', false],
  ]);
  for (const { key, tool } of operations.filter((each) => each.tool !== null)) {
    const draft = { ...tool, name: `drafted_${tool?.name}`, config: config(key.split('/')[1] ?? '') };
    const created = await acme.as.tenant_admin('POST', '/api/tools', draft);
    expect(created.status, JSON.stringify(created.body)).toBe(201);
  }
  const egress = createEgress(createReservedHosts([]));
  const fetched = offers.fetch?.(connector, {
    tenantId: acme.id,
    privateHosts: [shop.hostPort],
    allowedHosts: null,
    egress,
    signal: AbortSignal.timeout(60_000),
    secret: null,
    send: () => Promise.reject(new Error('not by HTTP')),
  });
  await expect(fetched).rejects.toThrow(
    'it has no gRPC reflection. Give its .proto files or descriptors instead',
  );
  await egress.close();
});
