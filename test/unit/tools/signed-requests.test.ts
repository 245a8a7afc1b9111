import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSecretRedactor } from '../../../shared/platform/redaction/redaction.ts';
import { awsSigv4Applier } from '../../../shared/tools/auth/aws-sigv4/apply.ts';
import { hmacApplier, type Moment } from '../../../shared/tools/auth/hmac/apply.ts';
import { placeAuth } from '../../../shared/tools/auth/place-auth.ts';
import {
  type AnyAuth,
  type AuthOf,
  authSchema,
  checkAuth,
  secretTexts,
} from '../../../shared/tools/auth/registry.ts';
import type { RenderedRequest } from '../../../shared/tools/providers/rendered-request.ts';
import type { CallContext } from '../../../shared/tools/server/provider.ts';

const secretsFound: string[] = [];
const contextWith = (secret: string): CallContext => ({
  tenantId: 't',
  executionId: 'e',
  attempt: 1,
  idempotencyKey: null,
  signal: new AbortController().signal,
  secret,
  previousSecret: null,
  onPrevious: () => {},
  refusesTarget: () => null,
  privateHosts: [],
  allowedHosts: null,
  caller: { type: 'tool', id: 't' },
  maySend: () => true,
  onSent: () => {},
  onSecret: (found) => secretsFound.push(found),
  heartbeat: () => {},
});

describe('AWS Signature Version 4', () => {
  // The test suite that AWS publishes (aws-sig-v4-test-suite), and the examples of the S3 reference.
  const keys = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  };
  const at = (time: string) => awsSigv4Applier(() => new Date(time));
  const sign = async (request: Partial<RenderedRequest>, body?: string) => {
    const signed = await at('2015-08-30T12:36:00Z').apply(
      { type: 'aws_sigv4', region: 'us-east-1', service: 'service' },
      { method: 'GET', url: 'https://example.amazonaws.com/', headers: {}, ...request },
      contextWith(JSON.stringify(keys)),
      body,
    );
    return /SignedHeaders=(\S+), Signature=(\w+)/.exec(signed.headers.authorization ?? '')?.slice(1);
  };

  test.each([
    [
      'get-vanilla',
      {},
      undefined,
      'host;x-amz-date',
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'get-vanilla-query-order-key-case',
      { url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1' },
      undefined,
      'host;x-amz-date',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'post-vanilla',
      { method: 'POST' },
      undefined,
      'host;x-amz-date',
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'post-x-www-form-urlencoded',
      { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      'Param1=value1',
      'content-type;host;x-amz-date',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'post-header-key-sort',
      { method: 'POST', headers: { 'My-Header1': 'value1' } },
      undefined,
      'host;my-header1;x-amz-date',
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
  ] as const)('%s', async (_name, request, body, headers, signature) => {
    expect(await sign(request, body)).toEqual([headers, signature]);
  });

  test('GET Object of the S3 reference', async () => {
    const signed = await at('2013-05-24T00:00:00Z').apply(
      { type: 'aws_sigv4', region: 'us-east-1', service: 's3' },
      {
        method: 'GET',
        url: 'https://examplebucket.s3.amazonaws.com/test.txt',
        headers: { Range: 'bytes=0-9', accept: '*/*', 'user-agent': 'Interlock' },
      },
      contextWith(
        JSON.stringify({
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        }),
      ),
      undefined,
    );
    expect(signed.headers.authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
        'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, ' +
        'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  test('a session token is sent and signed, and neither it nor the key is ever shown', async () => {
    const temporary = {
      ...keys,
      sessionToken: 'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQW',
    };
    const auth: AuthOf<'aws_sigv4'> = { type: 'aws_sigv4', region: 'eu-central-1', service: 'sqs' };
    const request = { method: 'POST', url: 'https://sqs.example/q?a=1', headers: {} };
    const secret = JSON.stringify(temporary);
    const signed = await at('2026-01-01T00:00:00Z').apply(auth, request, contextWith(secret), 'x');
    expect(signed.headers['x-amz-security-token']).toBe(temporary.sessionToken);
    expect(signed.headers.authorization).toContain('x-amz-security-token');
    expect(signed.headers.host).toBeUndefined();
    const signature = signed.headers.authorization!.split('Signature=')[1]!;
    const redactor = createSecretRedactor([...secretTexts(auth, secret), ...secretsFound]);
    const echoed = redactor.text(
      [
        JSON.stringify(signed.headers),
        temporary.secretAccessKey,
        Buffer.from(temporary.secretAccessKey).toString('base64'),
        Buffer.from(temporary.secretAccessKey).toString('hex'),
      ].join(' '),
    );
    for (const text of [signature, temporary.sessionToken, temporary.secretAccessKey])
      expect(echoed).not.toContain(text);
    expect(placeAuth(auth, null, request).headers.Authorization).toBe('AWS4-HMAC-SHA256 [redacted]');
  });

  test('a refused signature says when the clocks differ', () => {
    const { explain } = at('2026-01-01T00:12:00Z');
    const response = (date: string, status = 403) => ({ status, headers: { date } });
    expect(explain?.(response('Thu, 01 Jan 2026 00:00:00 GMT'))).toMatch(/12 minutes ahead of/);
    expect(explain?.(response('Thu, 01 Jan 2026 00:20:00 GMT'))).toMatch(/8 minutes behind/);
    expect(explain?.(response('Thu, 01 Jan 2026 00:11:00 GMT'))).toBeNull();
    expect(explain?.(response('Thu, 01 Jan 2026 00:00:00 GMT', 500))).toBeNull();
  });
});

describe('HMAC', () => {
  const parse = (auth: Record<string, unknown>) =>
    authSchema.parse({ type: 'hmac', ...auth }) as AuthOf<'hmac'>;
  const sign = (
    auth: Record<string, unknown>,
    {
      secret,
      body,
      moment,
      ...request
    }: Partial<Omit<RenderedRequest, 'body'>> & {
      secret: string;
      body: string | Buffer;
      moment?: Partial<Moment>;
    },
  ) =>
    hmacApplier(() => ({ now: new Date(0), nonce: 'n', ...moment })).apply(
      parse(auth),
      { method: 'POST', url: 'https://api.example/v1/pay?b=2&a=1', headers: {}, ...request },
      contextWith(secret),
      body,
    );

  test('as GitHub documents it', async () => {
    const { headers } = await sign(
      { signs: '{body}', header: 'X-Hub-Signature-256', format: 'sha256={signature}' },
      { secret: "It's a Secret to Everybody", body: 'Hello, World!' },
    );
    expect(headers['X-Hub-Signature-256']).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  test('as Slack documents it', async () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar' +
      '&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com' +
      '%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const { headers } = await sign(
      {
        signs: 'v0:{timestamp}:{body}',
        header: 'X-Slack-Signature',
        format: 'v0={signature}',
        headers: { 'X-Slack-Request-Timestamp': '{timestamp}' },
      },
      { secret: '8f742231b10e8888abcd99yyyzzz85a5', body, moment: { now: new Date(1531420618_000) } },
    );
    expect(headers).toEqual({
      'X-Slack-Request-Timestamp': '1531420618',
      'X-Slack-Signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    });
  });

  test('as Standard Webhooks documents it', async () => {
    const { headers } = await sign(
      {
        signs: '{nonce}.{timestamp}.{body}',
        header: 'webhook-signature',
        format: 'v1,{signature}',
        headers: { 'webhook-id': '{nonce}', 'webhook-timestamp': '{timestamp}' },
        encoding: 'base64',
        secretEncoding: 'base64',
      },
      {
        secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        body: '{"test": 2432232314}',
        moment: { now: new Date(1614265330_000), nonce: 'msg_p5jXN8AQM9LWM0D4loKWxJek' },
      },
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('method, path, query, a digest of the body and its bytes are signed as they are sent', async () => {
    const body = Buffer.from([0, 255, 10, 128]);
    const signs = '{method}\n{host}\n{path}\n{query}\n{timestamp}\n{keyId}\n{bodyDigest}\n{body}';
    const { headers } = await sign(
      {
        signs,
        algorithm: 'sha512',
        header: 'Authorization',
        format: 'HMAC {keyId}:{signature}',
        headers: { 'X-Time': '{timestamp}', 'X-Digest': '{bodyDigest}' },
        timestamp: 'iso',
        keyId: 'key-1',
      },
      { secret: 's', body, headers: { 'x-time': 'from the definition', accept: '*/*' } },
    );
    const digest = headers['X-Digest']!;
    expect(digest).toMatch(/^[0-9a-f]{128}$/);
    const text = `POST\napi.example\n/v1/pay\nb=2&a=1\n1970-01-01T00:00:00.000Z\nkey-1\n${digest}\n`;
    const expected = createHmac('sha512', 's').update(text).update(body).digest('hex');
    expect(headers).toEqual({
      accept: '*/*',
      'X-Time': '1970-01-01T00:00:00.000Z',
      'X-Digest': digest,
      Authorization: `HMAC key-1:${expected}`,
    });
  });

  test('a preview shows everything but the signature', () => {
    const auth: AnyAuth = parse({ header: 'X-Signature', format: 'sha256={signature}' });
    expect(placeAuth(auth, null, { method: 'POST', url: 'https://a.example', headers: {} }).headers).toEqual({
      'X-Signature': 'sha256=[redacted]',
    });
  });

  test.each([
    ['an unknown name', { signs: '{bod}' }, '/auth/signs'],
    ['a header that is none', { header: 'X Signature' }, '/auth/header'],
    ['a format without the signature', { format: 'sha256=' }, '/auth/format'],
    ['a timestamp that no header sends', { signs: '{timestamp}.{body}' }, '/auth/headers'],
    ['a key id that is missing', { format: '{keyId}:{signature}' }, '/auth/keyId'],
    ['a secret that is not base64', { secretEncoding: 'base64', secret: '%' }, '/auth/secret'],
    ['a body in a header', { headers: { 'X-Body': '{body}' } }, '/auth/headers/X-Body'],
  ])('%s is refused at its place', (_name, wrong, path) => {
    const issues = checkAuth(parse({ header: 'X-Signature', secret: 's', ...wrong }));
    expect(issues.map((issue) => issue.path)).toEqual([path]);
  });
});
