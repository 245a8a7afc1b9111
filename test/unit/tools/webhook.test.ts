import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { placeAuth } from '../../../shared/tools/auth/place-auth.ts';
import { checkAuth, secretTexts } from '../../../shared/tools/auth/registry.ts';
import { standardWebhooksApplier } from '../../../shared/tools/auth/standard-webhooks/apply.ts';
import type { RenderedRequest } from '../../../shared/tools/providers/rendered-request.ts';
import { webhookProvider } from '../../../shared/tools/providers/webhook/definition.ts';
import type { CallContext } from '../../../shared/tools/server/provider.ts';

const auth = { type: 'standard_webhooks' } as const;
const request: RenderedRequest = { method: 'POST', url: 'https://r.example/', headers: { 'x-a': '1' } };
const contextWith = (more: Partial<CallContext>): CallContext => ({
  tenantId: 't',
  executionId: 'e',
  attempt: 1,
  idempotencyKey: null,
  signal: new AbortController().signal,
  secret: null,
  previousSecret: null,
  onPrevious: () => {},
  refusesTarget: () => null,
  privateHosts: [],
  allowedHosts: null,
  caller: { type: 'tool', id: 't' },
  maySend: () => true,
  onSent: () => {},
  onSecret: () => {},
  heartbeat: () => {},
  ...more,
});
// https://github.com/standard-webhooks/standard-webhooks, as its libraries test it
const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('a webhook is signed as Standard Webhooks says', () => {
  test('the published vector has the published signature', async () => {
    const { headers, added } = await standardWebhooksApplier(() => published.at).apply(
      auth,
      request,
      contextWith({ executionId: published.id, secret: published.secret }),
      published.body,
    );
    expect(headers).toEqual({
      'x-a': '1',
      'webhook-id': published.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': published.signature,
    });
    expect(added).toEqual({ 'webhook-id': published.id, 'webhook-timestamp': '1614265330' });
  });

  test('while a rotation overlaps, a receiver that knows either secret accepts it', async () => {
    const previousSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const found: string[] = [];
    const { headers } = await standardWebhooksApplier().apply(
      auth,
      request,
      contextWith({ secret: published.secret, previousSecret, onSecret: (secret) => found.push(secret) }),
      Buffer.from('{"ä":1}'),
    );
    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    for (const secret of [published.secret, previousSecret])
      expect(new Webhook(secret).verify('{"ä":1}', headers)).toEqual({ ä: 1 });
    expect(found).toHaveLength(2);
  });

  test('a private key signs with Ed25519, as published; during a rotation from a shared secret, with both', async () => {
    // libraries/go/webhook_asymmetric_test.go
    const secret = 'whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=';
    const signature =
      'v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==';
    const found: string[] = [];
    const signed = (previousSecret: string | null) =>
      standardWebhooksApplier(() => published.at).apply(
        auth,
        request,
        contextWith({
          executionId: published.id,
          secret,
          previousSecret,
          onSecret: (each) => found.push(each),
        }),
        published.body,
      );
    expect((await signed(null)).headers['webhook-signature']).toBe(signature);
    expect((await signed(published.secret)).headers['webhook-signature']).toBe(
      `${signature} ${published.signature}`,
    );
    expect(found).toContain(signature.slice('v1a,'.length));
  });

  test('an input cannot set one of the three headers', async () => {
    const headers = { 'Webhook-Id': 'mine', 'WEBHOOK-SIGNATURE': 'v1,mine' };
    const signed = await standardWebhooksApplier().apply(
      auth,
      { ...request, headers },
      contextWith({ secret: published.secret }),
      '{}',
    );
    expect(Object.keys(signed.headers).toSorted()).toEqual([
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ]);
    expect(new Webhook(published.secret).verify('{}', signed.headers)).toEqual({});
  });

  test.each([
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 0],
    ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 0],
    [`whsec_${Buffer.alloc(64).toString('base64')}`, 0],
    [`whsec_${Buffer.alloc(65).toString('base64')}`, 1],
    ['whsec_tooshort', 1],
    ['whsec_not base64 at all, and long enough for it', 1],
  ])('the secret %s has %i problems', (secret, problems) => {
    expect(checkAuth({ ...auth, secret })).toHaveLength(problems);
  });

  test.each([
    [`whsk_${Buffer.alloc(32).toString('base64')}`, 0],
    [`whsk_${Buffer.alloc(64).toString('base64')}`, 1],
    [Buffer.alloc(32).toString('base64'), 1],
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 1],
  ])('the private key %s has %i problems', (secret, problems) => {
    expect(checkAuth({ ...auth, signature: 'v1a', secret })).toHaveLength(problems);
    expect(checkAuth({ ...auth, secret: 'whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })).toHaveLength(1);
  });

  test('a preview shows the header without the signature; the secret is hidden with and without its prefix', () => {
    expect(placeAuth(auth, null, request).headers['webhook-signature']).toBe('v1,[redacted]');
    const asymmetric = { ...auth, signature: 'v1a' };
    expect(placeAuth(asymmetric, null, request).headers['webhook-signature']).toBe('v1a,[redacted]');
    expect(secretTexts(auth, 'whsec_abc')).toEqual(['whsec_abc', 'abc']);
    expect(secretTexts(asymmetric, 'whsk_abc')).toEqual(['whsk_abc', 'abc']);
  });
});

describe('a webhook tool', () => {
  const tool = (config: object, more: object = {}) =>
    webhookProvider.schema.parse({
      name: 'notify',
      type: 'webhook',
      auth: { ...auth, secret: published.secret },
      inputSchema: { type: 'object', properties: { id: {}, amount: {} } },
      config,
      ...more,
    });
  const url = 'https://r.example/hooks/{id}';

  test('posts the inputs that its URL does not use, or a template', () => {
    expect(webhookProvider.render(tool({ url }), { id: 'a b', amount: 1 })).toMatchObject({
      method: 'POST',
      url: 'https://r.example/hooks/a%20b',
      headers: { 'content-type': 'application/json' },
      body: { amount: 1 },
      bodyType: 'json',
    });
    const body = { type: 'order.paid', data: { amount: '{amount}' } };
    expect(webhookProvider.render(tool({ url, body }), { id: 'a', amount: 1 }).body).toEqual({
      type: 'order.paid',
      data: { amount: 1 },
    });
  });

  test.each([
    [{ url: 'ftp://r.example' }, {}, '/config/url'],
    [{ url, headers: { 'Webhook-Id': '1' } }, {}, '/config/headers/Webhook-Id'],
    [{ url, headers: { 'Webhook-Signature': '1' } }, {}, '/config/headers/Webhook-Signature'],
    [{ url, body: { a: '{unknown}' } }, {}, '/config/body/a'],
    [{ url }, { auth: { type: 'none' } }, '/auth/type'],
  ])('%j is refused at its place', (config, more, path) => {
    expect(webhookProvider.check(tool(config, more)).map((issue) => issue.path)).toEqual([path]);
  });

  test('a secret that is written in the config moves to the auth, unless there is one', () => {
    const { secret } = published;
    const sent = { type: 'webhook', config: { url, secret } };
    expect(webhookProvider.storedForm(sent)).toEqual({
      type: 'webhook',
      config: { url },
      auth: { type: 'standard_webhooks', secret },
    });
    const both = { ...sent, auth: { ...auth, secret } };
    expect(webhookProvider.storedForm(both)).toBe(both);
    for (const odd of [{}, { config: null }, { config: [] }, { config: { secret } }])
      expect(() => webhookProvider.storedForm(odd)).not.toThrow();
  });
});
