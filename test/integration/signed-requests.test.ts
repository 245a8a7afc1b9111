import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { caller, closeAll, json, serve } from './http-provider-support.ts';

afterEach(closeAll);

const secret = 'the secret that both sides know';
const auth = {
  type: 'hmac',
  signs: '{method} {target} {timestamp} {nonce} {body}',
  header: 'X-Signature',
  format: 'v1={signature}',
  headers: { 'X-Timestamp': '{timestamp}', 'X-Nonce': '{nonce}' },
};

/** An API that accepts what is signed for the bytes that it received, once. */
async function startVerifier(now = () => new Date()) {
  const seen = new Set<string>();
  return serve((received, response) => {
    const { 'x-timestamp': timestamp, 'x-nonce': nonce } = received.headers;
    const text = `${received.method} ${received.url} ${timestamp} ${nonce} `;
    const expected = createHmac('sha256', secret).update(text).update(received.body).digest('hex');
    const isNew = !seen.has(String(nonce));
    seen.add(String(nonce));
    const accepted = isNew && received.headers['x-signature'] === `v1=${expected}`;
    const isLate = Math.abs(now().getTime() / 1000 - Number(timestamp)) > 300;
    response.setHeader('date', now().toUTCString());
    if (received.url === '/moved') return response.writeHead(307, { location: '/' }).end();
    json(response, { accepted, echo: received.headers['x-signature'] }, accepted && !isLate ? 200 : 401);
  });
}

test.each([
  ['JSON', { bodyType: 'json' }, { text: 'ä\n"', amount: 12.5 }],
  ['a form', { bodyType: 'form' }, { text: 'a b&c=ä' }],
  ['files', { bodyType: 'multipart' }, { file: { data: 'AP8KgA==', filename: 'a.bin' } }],
  ['bytes', { bodyType: 'binary', body: '{data}' }, { data: 'AP8KgA==' }],
] as const)('%s is signed as it is sent, anew for every request', async (_name, config, input) => {
  const api = await startVerifier();
  const call = caller(api);
  const properties = Object.fromEntries(Object.keys(input).map((name) => [name, {}]));
  const inputSchema = { type: 'object', properties };
  const once = () =>
    call({
      config: { ...config, method: 'POST', url: `${api.url}/v1/pay?b=2&a=ä%20b` },
      tool: { auth, inputSchema },
      input,
      secret,
    });
  for (let request = 0; request < 2; request++) {
    const result = await once();
    expect(result).toMatchObject({ ok: true, output: { accepted: true } });
    expect(result.secrets).toHaveLength(1);
    expect(api.received[request]!.headers['x-signature']).toBe(`v1=${result.secrets[0]}`);
  }
});

test('a signature that is refused because the clocks differ says so', async () => {
  const api = await startVerifier(() => new Date(Date.now() + 20 * 60_000));
  const result = await caller(api)({ config: { url: api.url }, tool: { auth }, secret });
  expect(result).toMatchObject({
    ok: false,
    httpStatus: 401,
    message: expect.stringMatching(/returned 401\. The clock of this worker is 20 minutes behind/),
  });
  expect(api.received).toHaveLength(1);
});

test('a signature goes to no redirect', async () => {
  const api = await startVerifier();
  const config = { url: `${api.url}/moved`, followRedirects: true };
  const result = await caller(api)({ config, tool: { auth }, secret });
  expect(result).toMatchObject({ ok: false, httpStatus: 307 });
  expect(api.received).toHaveLength(1);
});
