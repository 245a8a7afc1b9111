import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connectorDefinitionSchema } from '../../shared/tools/connectors/registry.ts';
import { compileFrom } from '../../shared/tools/providers/soap/complete/in-isolate.ts';
import { offersOf } from '../../shared/tools/server/connector-offers.ts';
import { type PlaceOrder, type SoapShop, serveSoapShop, shopWsdl } from '../support/soap-shop.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { type Call, caller, closeAll } from './http-provider-support.ts';

const password = 'pa<ss>&word-8c2d44e1';
let api: TestApi;
let acme: TestTenant;
let shop: SoapShop;
/** What the shop does in one test. */
let place: PlaceOrder = (order) => order;

beforeAll(async () => {
  shop = await serveSoapShop((order) => place(order));
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [shop.hostPort] });
});
afterEach(() => {
  place = (order) => order;
  shop.received.length = 0;
});
afterAll(async () => {
  await closeAll();
  await api.close();
  await shop.close();
});

const inputSchema = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, line: {} } };

test('a tool of a WSDL shows the envelope that the service gets, and reads its answer by its types', async () => {
  const connector = await acme.as.tenant_admin('POST', '/api/connectors', {
    kind: 'soap',
    name: 'shop',
    wsdl: shop.wsdl,
    auth: { type: 'basic', username: 'ada', password },
  });
  expect(connector.status).toBe(201);
  const created = await acme.as.tenant_admin('POST', '/api/tools', {
    name: 'place_order',
    type: 'soap',
    inputSchema,
    config: { connectorId: connector.body.id, operation: 'PlaceOrder', security: 'password_digest' },
  });
  expect(created.body).toMatchObject({ config: { compiled: { endpoint: shop.url, version: '1.1' } } });
  const payload = { id: 'o-<7>', line: [{ sku: 'a', count: 2 }] };
  const path = `/api/tools/${created.body.id}`;
  const preview = await acme.as.operator('POST', `${path}/preview`, { payload });
  expect(preview.body.request).toMatchObject({
    method: 'POST',
    url: shop.url,
    headers: { soapaction: '"urn:shop/PlaceOrder"', 'content-type': 'text/xml; charset=utf-8' },
  });
  const done = await acme.as.operator('POST', `${path}/execute`, {
    payload,
    previewDigest: preview.body.digest,
  });
  expect(done.body).toMatchObject({
    status: 'succeeded',
    output: { id: 'o-<7>', line: [{ sku: 'a', count: 2 }] },
  });
  const [got] = shop.received;
  // What was previewed is what was sent, apart from the UsernameToken in its place.
  expect(got?.body.replace(/<soap:Header>.*<\/soap:Header>/, '<soap:Header></soap:Header>')).toBe(
    preview.body.request.body,
  );
  expect(got?.body).toContain('<wsse:Username>ada</wsse:Username>');
  expect(got?.body).not.toContain(password);
  const stored = await acme.as.operator('GET', `/api/tools/executions/${done.body.id}`);
  expect(JSON.stringify([connector.body, created.body, preview.body, done.body, stored.body])).not.toContain(
    '8c2d44e1',
  );
});

test('what the WSDL does not have is refused at its place when the tool is saved', async () => {
  const save = (config: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    acme.as.tenant_admin('POST', '/api/tools', { name: 'refused', type: 'soap', config, ...more });
  expect(issuePaths(await save({ wsdl: shop.wsdl, operation: 'Nothing' }))).toEqual(['/config/operation']);
  expect(issuePaths(await save({ wsdl: '<!DOCTYPE a><a/>', operation: 'A' }))).toEqual(['/config/wsdl']);
  const unknown = await save(
    { wsdl: shop.wsdl, operation: 'PlaceOrder' },
    { inputSchema: { type: 'object', properties: { nothing: {} } } },
  );
  expect(issuePaths(unknown)).toEqual(['/inputSchema/properties/nothing']);
  const token = await save({ wsdl: shop.wsdl, operation: 'PlaceOrder', security: 'password_text' });
  expect(issuePaths(token)).toEqual(['/config/security']);
});

test('the operations of a connector are drafts of tools', async () => {
  const connector = connectorDefinitionSchema.parse({ kind: 'soap', name: 'shop', wsdl: shop.wsdl });
  const [operation, ...others] = (await offersOf(connector.kind)?.operations(connector, 'test')) ?? [];
  expect(others).toEqual([]);
  expect(operation).toMatchObject({
    key: 'PlaceOrder',
    title: 'Place order',
    method: 'SOAP 1.1',
    reason: null,
  });
  const draft = { ...operation?.tool, config: { operation: 'PlaceOrder', wsdl: shop.wsdl }, name: 'drafted' };
  const created = await acme.as.tenant_admin('POST', '/api/tools', draft);
  expect(created.status).toBe(201);
});

/** Calls as an execution does, with a compiled tool. */
async function call({ wsdl, hostPort }: { wsdl: string; hostPort: string }, more: Partial<Call> = {}) {
  const found = await compileFrom(wsdl, 'PlaceOrder', [], 'test');
  if ('problem' in found) throw new Error(found.problem.message);
  const { config, tool, ...rest } = more;
  return caller({ hostPort } as Parameters<typeof caller>[0])({
    config: { operation: 'PlaceOrder', compiled: found.compiled, ...config },
    input: { id: 'o' },
    ...rest,
    tool: { type: 'soap', ...tool },
  });
}

test('SOAP 1.2 and rpc style are spoken too', async () => {
  const second = await serveSoapShop((order) => order, { version: '1.2' });
  expect(await call(second)).toMatchObject({ ok: true, output: { id: 'o' }, httpStatus: 200 });
  expect(second.received[0]?.headers).toMatchObject({
    'content-type': 'application/soap+xml; charset=utf-8; action="urn:shop/PlaceOrder"',
  });
  await second.close();
  const third = await serveSoapShop((order) => order, { style: 'rpc' });
  const result = await call(third, { input: { order: { id: 'r' } } });
  expect(result).toMatchObject({ ok: true, sentCalls: 1 });
  expect(third.received[0]?.body).toContain('PlaceOrder><order><n0:id>r</n0:id></order>');
  await third.close();
});

test('a fault of the caller was not done; one of the service may have been', async () => {
  const fault = (code: string) => () => {
    throw { Fault: { faultcode: code, faultstring: 'No such sku', detail: { sku: 'a' } } };
  };
  place = fault('soap:Client');
  expect(await call(shop)).toMatchObject({
    ok: false,
    code: 'provider_error',
    message: `${shop.hostPort} returned the fault Client`,
    httpStatus: 400,
    sent: 'responded',
    transient: false,
    raw: { code: 'Client', message: 'No such sku', detail: { sku: 'a' } },
  });
  place = fault('soap:Server');
  expect(await call(shop)).toMatchObject({ ok: false, httpStatus: 500, sent: 'responded', transient: true });
});

test('a UsernameToken is checked by the service, with either kind of password', async () => {
  const guarded = await serveSoapShop((order) => order, { password: () => password });
  const auth = { type: 'basic', username: 'ada' };
  const as = (security: string, secret: string, previousSecret: string | null = null) =>
    call(guarded, { config: { security }, tool: { auth }, secret, previousSecret });
  expect(await as('password_digest', password)).toMatchObject({ ok: true });
  expect(await as('password_text', password)).toMatchObject({ ok: true });
  expect(await as('password_digest', 'wrong')).toMatchObject({ ok: false });
  const nonces = guarded.received.map(({ body }) => /<wsse:Nonce[^>]*>([^<]+)</.exec(body)?.[1]);
  expect(new Set(nonces).size).toBe(3);
  await guarded.close();
});

/** A service that answers with what a test says. */
async function answering(
  respond: RequestListener,
): Promise<{ wsdl: string; hostPort: string; close(): void }> {
  const server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    wsdl: shopWsdl({ url: `http://${hostPort}/` }),
    hostPort,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('a password that was replaced is tried while both may be valid', async () => {
  const ns = 'http://schemas.xmlsoap.org/soap/envelope/';
  const envelope = (body: string) => `<s:Envelope xmlns:s="${ns}"><s:Body>${body}</s:Body></s:Envelope>`;
  const fault =
    '<s:Fault><faultcode>wsse:FailedAuthentication</faultcode><faultstring>No</faultstring></s:Fault>';
  const ok = '<PlaceOrderResponse xmlns="urn:shop"><id>o</id></PlaceOrderResponse>';
  const guarded = await answering(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const known = Buffer.concat(chunks).toString().includes('>older</wsse:Password>');
    response.writeHead(known ? 200 : 500, { 'content-type': 'text/xml' }).end(envelope(known ? ok : fault));
  });
  const as = (previousSecret: string | null) =>
    call(guarded, {
      config: { security: 'password_text' },
      tool: { auth: { type: 'basic', username: 'ada' } },
      secret: 'newer',
      previousSecret,
    });
  expect(await as(null)).toMatchObject({
    ok: false,
    httpStatus: 401,
    sent: 'responded',
    raw: { message: 'No' },
  });
  expect(await as('older')).toMatchObject({ ok: true, output: { id: 'o' } });
  guarded.close();
});

test('an answer that is hostile or none of SOAP is an invalid output, and one that never comes is unknown', async () => {
  const answers: [string, string, object][] = [
    [
      '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>',
      'text/xml',
      { code: 'invalid_output', message: expect.stringContaining('DOCTYPE') },
    ],
    [
      '<html><body>hello</body></html>',
      'text/html',
      { code: 'invalid_output', message: 'The response is not a SOAP envelope' },
    ],
    ['', 'text/xml', { code: 'invalid_output', message: expect.stringContaining('an empty body') }],
  ];
  for (const [body, type, expected] of answers) {
    const other = await answering((_request, response) =>
      response.writeHead(200, { 'content-type': type }).end(body),
    );
    expect(await call(other), body).toMatchObject({ ok: false, sent: 'responded', ...expected });
    other.close();
  }
  const broken = await answering((_request, response) =>
    response.writeHead(503, { 'retry-after': '7' }).end('busy'),
  );
  expect(await call(broken)).toMatchObject({
    ok: false,
    httpStatus: 503,
    transient: true,
    retryAfterMs: 7000,
  });
  broken.close();
  const lost = await answering((request) => request.socket.destroy());
  expect(await call(lost)).toMatchObject({ ok: false, sent: 'unknown', transient: true });
  lost.close();
  const silent = await answering(() => {});
  expect(await call(silent, { timeoutMs: 800 })).toMatchObject({
    ok: false,
    code: 'timeout',
    sent: 'unknown',
  });
  expect(await call(silent, { privateHosts: [] })).toMatchObject({
    ok: false,
    code: 'denied',
    sent: 'before',
  });
  silent.close();
});
