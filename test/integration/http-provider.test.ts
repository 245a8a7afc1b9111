import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { caller, closeAll, json, serve } from './http-provider-support.ts';

afterEach(closeAll);

test('each of the six methods sends its inputs in their place', async () => {
  const server = await serve(({ method }, response) => json(response, { method }));
  const call = caller(server);
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
    const result = await call({
      config: { method, url: `${server.url}/v1/{id}` },
      input: { id: 'a b', n: 1 },
    });
    expect(result).toMatchObject({
      ok: true,
      httpStatus: 200,
      output: method === 'HEAD' ? null : { method },
      sentCalls: 1,
    });
  }
  const seen = server.received.map(({ method, url, body }) => `${method} ${url} ${body}`);
  expect(seen).toEqual([
    'GET /v1/a%20b?n=1 ',
    'POST /v1/a%20b {"n":1}',
    'PUT /v1/a%20b {"n":1}',
    'PATCH /v1/a%20b {"n":1}',
    'DELETE /v1/a%20b?n=1 ',
    'HEAD /v1/a%20b?n=1 ',
  ]);
});

test('every kind of body is sent in its format', async () => {
  const server = await serve((_received, response) => json(response, {}));
  const call = caller(server);
  const post = (config: Record<string, unknown>, input = {}) =>
    call({ config: { method: 'POST', url: server.url, ...config }, input, tool: { inputSchema: {} } });
  await post({ bodyType: 'form' }, { a: 'x y', b: [1, 2] });
  await post({ bodyType: 'text', body: 'Hello {name}' }, { name: 'Ada' });
  await post({ bodyType: 'binary', body: '{file}' }, { file: Buffer.from([1, 2, 255]).toString('base64') });
  await post(
    { bodyType: 'multipart' },
    { a: 'x', file: { data: 'aGk=', filename: 'hi.txt', contentType: 'text/plain' } },
  );
  const [form, text, binary, multipart] = server.received;
  expect([form!.headers['content-type'], String(form!.body)]).toEqual([
    'application/x-www-form-urlencoded',
    'a=x+y&b=1&b=2',
  ]);
  expect([text!.headers['content-type'], String(text!.body)]).toEqual([
    'text/plain; charset=utf-8',
    'Hello Ada',
  ]);
  expect([...binary!.body]).toEqual([1, 2, 255]);
  expect(multipart!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(String(multipart!.body)).toContain('filename="hi.txt"\r\nContent-Type: text/plain\r\n\r\nhi\r\n');
  await expect(post({ bodyType: 'binary', body: '{file}' }, { file: '***' })).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ path: '/file', message: 'must be base64 text' }],
  });
  expect(server.received).toHaveLength(4);
});

test('a response is parsed by its content type', async () => {
  const bodies: [string, string | Buffer][] = [
    ['application/vnd.api+json', '{"a":1}'],
    ['text/csv', 'a,b'],
    ['application/pdf', Buffer.from([1, 2])],
  ];
  const server = await serve(({ url }, response) => {
    const [type, body] = bodies[Number(url.slice(1))]!;
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(gzipSync(body));
  });
  const call = caller(server);
  const outputs = [];
  for (const index of bodies.keys()) outputs.push(await call({ config: { url: `${server.url}/${index}` } }));
  expect(outputs).toMatchObject([
    { output: { a: 1 } },
    { output: 'a,b' },
    { output: { base64: 'AQI=', contentType: 'application/pdf' } },
  ]);
});

test('the output of a 204 is null', async () => {
  const server = await serve((_received, response) => response.writeHead(204).end());
  expect(await caller(server)({ config: { method: 'DELETE', url: server.url } })).toMatchObject({
    ok: true,
    output: null,
    httpStatus: 204,
  });
});

test('a transform shapes the output, and one that fails keeps the response', async () => {
  const server = await serve((_received, response) =>
    json(response, { items: [{ id: 1 }, { id: 2 }] }, 201, { 'x-total': '2' }),
  );
  const call = caller(server);
  const config = {
    url: server.url,
    transform: '{"ids": body.items.id, "total": headers.`x-total`, "status": status}',
  };
  expect(await call({ config })).toMatchObject({
    ok: true,
    output: { ids: [1, 2], total: '2', status: 201 },
  });
  expect(await call({ config: { url: server.url, transform: '$number(body.items)' } })).toMatchObject({
    ok: false,
    code: 'invalid_output',
    sent: 'responded',
    raw: { items: [{ id: 1 }, { id: 2 }] },
  });
});

test('malformed JSON is an invalid output, and the response is kept', async () => {
  const server = await serve((_received, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('<html>'),
  );
  expect(await caller(server)({ config: { url: server.url } })).toMatchObject({
    ok: false,
    code: 'invalid_output',
    httpStatus: 200,
    raw: '<html>',
  });
});

test.each([
  [400, false],
  [401, false],
  [404, false],
  [408, true],
  [409, false],
  [425, true],
  [429, true],
  [500, true],
  [503, true],
])('%i is a provider error, transient: %s', async (status, transient) => {
  const server = await serve((_received, response) => json(response, { error: 'no' }, status));
  const result = await caller(server)({ config: { method: 'POST', url: server.url } });
  expect(result).toMatchObject({
    ok: false,
    code: 'provider_error',
    httpStatus: status,
    sent: 'responded',
    transient,
    raw: { error: 'no' },
    message: `${server.hostPort} returned ${status}`,
  });
});

test('Retry-After is read as seconds and as a date', async () => {
  const values = ['3', new Date(Date.now() + 60_000).toUTCString()];
  const server = await serve(({ url }, response) =>
    json(response, {}, 429, { 'retry-after': values[Number(url.slice(1))]! }),
  );
  const call = caller(server);
  expect(await call({ config: { url: `${server.url}/0` } })).toMatchObject({ retryAfterMs: 3000 });
  const { retryAfterMs } = (await call({ config: { url: `${server.url}/1` } })) as { retryAfterMs: number };
  expect(retryAfterMs).toBeGreaterThan(57_000);
  expect(retryAfterMs).toBeLessThanOrEqual(60_000);
});

test('the idempotency key is sent when there is one', async () => {
  const server = await serve((_received, response) => json(response, {}));
  const call = caller(server);
  await call({ config: { method: 'POST', url: server.url }, idempotencyKey: 'e1' });
  await call({ config: { method: 'POST', url: server.url } });
  expect(server.received.map(({ headers }) => headers['idempotency-key'])).toEqual(['e1', undefined]);
});

test('each kind of stored credential is sent in its place', async () => {
  const server = await serve((_received, response) => json(response, {}));
  const call = caller(server);
  const auths = [
    { type: 'api_key', in: 'header', name: 'X-Api-Key' },
    { type: 'api_key', in: 'query', name: 'key' },
    { type: 'api_key', in: 'cookie', name: 'sid' },
    { type: 'bearer' },
    { type: 'basic', username: 'ada' },
  ];
  for (const auth of auths)
    await call({ config: { url: `${server.url}/?a=1` }, tool: { auth }, secret: 's3cret' });
  const [header, query, cookie, bearer, basic] = server.received;
  expect(header!.headers['x-api-key']).toBe('s3cret');
  expect(query!.url).toBe('/?a=1&key=s3cret');
  expect(cookie!.headers.cookie).toBe('sid=s3cret');
  expect(bearer!.headers.authorization).toBe('Bearer s3cret');
  expect(basic!.headers.authorization).toBe(`Basic ${btoa('ada:s3cret')}`);
});

test('several keys of one credential are sent in their places', async () => {
  const server = await serve((_received, response) => json(response, {}));
  const places = [
    { in: 'header', name: 'DD-API-KEY' },
    { in: 'query', name: 'token' },
  ];
  await caller(server)({
    config: { url: `${server.url}/?a=1` },
    tool: { auth: { type: 'api_keys', places } },
    secret: JSON.stringify({ 'DD-API-KEY': 's3cret', token: 's4cret' }),
  });
  expect(server.received[0]).toMatchObject({
    url: '/?a=1&token=s4cret',
    headers: { 'dd-api-key': 's3cret' },
  });
});

test('a tool without its secret is not called', async () => {
  const server = await serve((_received, response) => json(response, {}));
  const result = await caller(server)({ config: { url: server.url }, tool: { auth: { type: 'bearer' } } });
  expect(result).toMatchObject({ ok: false, code: 'denied', sent: 'before', sentCalls: 0 });
  expect(server.connections()).toBe(0);
});

test('a private address that the tenant does not list gets no connection', async () => {
  const server = await serve((_received, response) => json(response, {}));
  const result = await caller()({ config: { url: server.url } });
  expect(result).toMatchObject({ ok: false, code: 'denied', sent: 'before', transient: false, sentCalls: 0 });
  expect(server.connections()).toBe(0);
});

test('a redirect is only followed if the tool says so, and never to another host', async () => {
  const secret = await serve((_received, response) => json(response, { leaked: true }));
  const server = await serve(({ url }, response) => {
    if (url === '/home') json(response, { home: true });
    else response.writeHead(302, { location: url === '/out' ? secret.url : '/home' }).end();
  });
  const call = caller(server, secret);
  expect(await call({ config: { url: `${server.url}/in` } })).toMatchObject({
    ok: false,
    code: 'provider_error',
    httpStatus: 302,
    sent: 'responded',
  });
  expect(await call({ config: { url: `${server.url}/in`, followRedirects: true } })).toMatchObject({
    ok: true,
    output: { home: true },
  });
  const out = await call({
    config: { url: `${server.url}/out`, followRedirects: true },
    tool: { auth: { type: 'bearer' } },
    secret: 's3cret',
  });
  expect(out).toMatchObject({ ok: false, code: 'denied', sent: 'responded' });
  expect(secret.connections()).toBe(0);
});

test('a POST that was accepted with a redirect to a failing page has an unknown outcome', async () => {
  const server = await serve(({ url }, response) => {
    if (url === '/pay') response.writeHead(303, { location: '/result' }).end();
    else response.writeHead(429, { 'retry-after': '1' }).end();
  });
  const config = { method: 'POST', url: `${server.url}/pay`, followRedirects: true } as const;
  expect(await caller(server)({ config })).toMatchObject({ ok: false, httpStatus: 429, sent: 'unknown' });
});

test('a response that drips ends at the timeout with an unknown outcome', async () => {
  const server = await serve((_received, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const started = performance.now();
  const result = await caller(server)({ config: { method: 'POST', url: server.url }, timeoutMs: 300 });
  expect(result).toMatchObject({
    ok: false,
    code: 'timeout',
    sent: 'unknown',
    transient: true,
    sentCalls: 1,
  });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a gzip bomb is stopped, and an error page that is too large keeps its status', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const server = await serve(({ url }, response) =>
    response
      .writeHead(Number(url.slice(1)), { 'content-encoding': 'gzip', 'content-type': 'application/json' })
      .end(bomb),
  );
  const call = caller(server);
  expect(await call({ config: { url: `${server.url}/200` } })).toMatchObject({
    code: 'invalid_output',
    sent: 'responded',
    transient: false,
  });
  expect(await call({ config: { url: `${server.url}/503` } })).toMatchObject({
    code: 'provider_error',
    httpStatus: 503,
    transient: true,
  });
});

test('a failure says whether the request was sent', async () => {
  const server = await serve(() => {});
  const gone = await serve(() => {});
  const resetting = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await new Promise<void>((resolve) => resetting.listen(0, '127.0.0.1', resolve));
  const { port } = resetting.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const call = caller(server, gone, { ...server, hostPort: `127.0.0.1:${port}` });
  expect(await call({ config: { method: 'POST', url } })).toMatchObject({
    ok: false,
    code: 'provider_error',
    sent: 'unknown',
    transient: true,
    sentCalls: 1,
  });
  await new Promise((resolve) => resetting.close(resolve));
  expect(await call({ config: { method: 'POST', url } })).toMatchObject({
    ok: false,
    code: 'provider_error',
    sent: 'before',
    transient: true,
    sentCalls: 0,
  });
  const aborted = AbortSignal.abort(new Error('cancelled'));
  expect(await call({ config: { method: 'POST', url: server.url }, signal: aborted })).toMatchObject({
    ok: false,
    sent: 'before',
    sentCalls: 0,
  });
});

test('twenty concurrent calls share the connections of their tenant', async () => {
  const server = await serve((_received, response) => setTimeout(() => json(response, {}), 20));
  const call = caller(server);
  const round = () => Promise.all(Array.from({ length: 20 }, () => call({ config: { url: server.url } })));
  expect((await round()).every(({ ok }) => ok)).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
  await round();
  expect(server.connections()).toBe(20);
});

test('the dummy provider responds, waits, fails and times out', async () => {
  const call = caller();
  const dummy = (config: Record<string, unknown>, timeoutMs?: number) =>
    call({ config, tool: { type: 'dummy' }, timeoutMs });
  expect(await dummy({ response: { a: '{x}' } })).toMatchObject({ ok: true, output: { a: '{x}' } });
  expect(await dummy({})).toMatchObject({ ok: true, output: {} });
  expect(await dummy({ failure: { message: 'no' } })).toMatchObject({
    ok: false,
    code: 'provider_error',
    message: 'no',
    transient: true,
  });
  expect(await dummy({ failure: {}, failureRate: 0 })).toMatchObject({ ok: true });
  expect(await dummy({ delayMs: 60_000 }, 100)).toMatchObject({ ok: false, code: 'timeout' });
});
