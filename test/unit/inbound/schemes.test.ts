import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import {
  hmacSettingsSchema,
  type InboundScheme,
  inboundSchemes,
  schemeFacts,
} from '../../../shared/inbound/inbound-schemes.ts';
import { schemeOf } from '../../../shared/inbound/server/schemes/registry.ts';
import type { SourceSettings } from '../../../shared/inbound/server/schemes/scheme.ts';

interface Vector {
  secret: string;
  headers: Record<string, string>;
  body: string;
  /** In seconds since 1970. */
  at: number;
  settings?: Partial<SourceSettings>;
}

/** As the sources publish them; Stripe publishes none, and its one follows its description. */
const published: Record<InboundScheme, Vector> = {
  // https://github.com/standard-webhooks/standard-webhooks
  standard: {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    body: '{"test": 2432232314}',
    at: 1_614_265_330,
  },
  // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
  github: {
    secret: "It's a Secret to Everybody",
    headers: {
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    body: 'Hello, World!',
    at: 0,
  },
  // printf '1492774577.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
  stripe: {
    secret: 'whsec_test',
    headers: {
      'stripe-signature':
        't=1492774577,v1=7656fc2882a7ca0a651666b36bf2f2f22ee204f54f608f227498a2419f2890b2,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39',
    },
    body: '{"id":"evt_1"}',
    at: 1_492_774_577,
  },
  // https://docs.slack.dev/authentication/verifying-requests-from-slack
  slack: {
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    headers: {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    at: 1_531_420_618,
  },
  // RFC 4231, test case 2
  hmac: {
    secret: 'Jefe',
    headers: { 'x-signature': '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843' },
    body: 'what do ya want for nothing?',
    at: 0,
  },
  // RFC 6750, section 2.1
  bearer: {
    secret: 'mF_9.B5f-4.1JqM',
    headers: { authorization: 'Bearer mF_9.B5f-4.1JqM' },
    body: '{}',
    at: 0,
  },
  // RFC 7617, section 2
  basic: {
    secret: 'Aladdin:open sesame',
    headers: { authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' },
    body: '{}',
    at: 0,
  },
};

const settingsOf = (settings: Partial<SourceSettings> = {}): SourceSettings => ({
  hmac: null,
  idHeader: null,
  ...settings,
});

function check(
  scheme: InboundScheme,
  { secret, headers, body, at, settings }: Vector,
  secrets = [secret],
): string | null {
  const request = { headers, body: Buffer.from(body), now: at * 1000 };
  return schemeOf(scheme).verify(request, secrets, settingsOf(settings));
}

const signs = inboundSchemes.filter((scheme) => scheme !== 'bearer' && scheme !== 'basic');
const timed: InboundScheme[] = ['standard', 'stripe', 'slack'];

describe('schemes of inbound webhooks', () => {
  test.each(inboundSchemes)('%s: what the source publishes is accepted', (scheme) => {
    expect(check(scheme, published[scheme])).toBeNull();
  });

  test.each(inboundSchemes)(
    '%s: another secret is refused, and a replaced one is accepted beside it',
    (scheme) => {
      const vector = published[scheme];
      const other = schemeOf(scheme).newSecret?.() ?? 'another secret';
      expect(check(scheme, vector, [other])).not.toBeNull();
      expect(check(scheme, vector, [other, vector.secret])).toBeNull();
      expect(check(scheme, vector, [])).not.toBeNull();
    },
  );

  test.each(inboundSchemes)('%s: without its headers a delivery is refused', (scheme) => {
    expect(check(scheme, { ...published[scheme], headers: {} })).toContain('missing');
  });

  test.each(signs)('%s: a changed body is refused', (scheme) => {
    const vector = published[scheme];
    expect(check(scheme, { ...vector, body: `${vector.body} ` })).toBe('The signature does not match.');
  });

  test.each(timed)('%s: an old or a future signature is refused', (scheme) => {
    const vector = published[scheme];
    expect(check(scheme, { ...vector, at: vector.at + 299 })).toBeNull();
    expect(check(scheme, { ...vector, at: vector.at + 301 })).toBe(
      'The signature is older than five minutes.',
    );
    expect(check(scheme, { ...vector, at: vector.at - 301 })).toContain('ahead');
  });

  test.each(inboundSchemes)('%s: what its test sender signs is accepted', (scheme) => {
    const { verify, sign, newSecret } = schemeOf(scheme);
    const secret = newSecret?.() ?? 'a secret of the source';
    const now = Date.now();
    for (const settings of [
      settingsOf(),
      settingsOf({
        idHeader: 'x-id',
        hmac: hmacSettingsSchema.parse({
          header: 'X-Sign',
          algorithm: 'sha512',
          encoding: 'base64',
          prefix: 'v1=',
          timestampHeader: 'X-Time',
        }),
      }),
    ]) {
      const body = '{"amount": 1.50}';
      const headers = sign({ body, secret, id: 'id-1', now }, settings);
      expect(verify({ headers, body: Buffer.from(body), now }, [secret], settings)).toBeNull();
      const later = now + 301_000;
      const old = verify({ headers, body: Buffer.from(body), now: later }, [secret], settings);
      if (timed.includes(scheme) || (scheme === 'hmac' && settings.hmac)) expect(old).toContain('older');
    }
  });

  test('standard: what the library of Standard Webhooks signs is accepted, and the other way round', () => {
    const { verify, sign, newSecret } = schemeOf('standard');
    const secret = newSecret!();
    const library = new Webhook(secret);
    const now = new Date();
    const body = '{"type":"payment.failed","note":"ü"}';
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': `v1a,notours v1,bm90IG91cnM= ${library.sign('msg_1', now, body)}`,
    };
    expect(
      verify({ headers, body: Buffer.from(body), now: now.getTime() }, [secret], settingsOf()),
    ).toBeNull();
    const ours = sign({ body, secret, id: 'msg_2', now: now.getTime() }, settingsOf());
    expect(library.verify(body, ours)).toMatchObject({ type: 'payment.failed' });
  });

  test('hmac: the prefix is part of the signature, and hex is read in either case', () => {
    const vector = published.hmac;
    const signature = vector.headers['x-signature']!;
    const settings = { hmac: hmacSettingsSchema.parse({ prefix: 'sha256=' }) };
    expect(check('hmac', { ...vector, settings })).toBe('The signature does not match.');
    const headers = { 'x-signature': `sha256=${signature.toUpperCase()}` };
    expect(check('hmac', { ...vector, settings, headers })).toBeNull();
  });

  test('the id of a delivery comes from where the source puts it', () => {
    const id = (
      scheme: InboundScheme,
      headers: Record<string, string>,
      body: object,
      idHeader: string | null = null,
    ) => schemeOf(scheme).senderId(headers, { ...body }, settingsOf({ idHeader }));
    expect(id('standard', { 'webhook-id': 'm' }, {})).toBe('m');
    expect(id('github', { 'x-github-delivery': 'g' }, {})).toBe('g');
    expect(id('stripe', {}, { id: 'evt_1' })).toBe('evt_1');
    expect(id('slack', {}, { event_id: 'Ev1' })).toBe('Ev1');
    expect(id('slack', {}, { trigger_id: 't' })).toBe('t');
    expect(id('bearer', { 'x-id': 'b' }, { id: 'no' })).toBeNull();
    expect(id('bearer', { 'x-id': 'b' }, {}, 'x-id')).toBe('b');
  });

  test('a secret that cannot be the source’s is refused, and one that Interlock makes is not', () => {
    for (const scheme of inboundSchemes) {
      const { newSecret, checkSecret } = schemeOf(scheme);
      expect(Boolean(newSecret)).toBe(schemeFacts[scheme].made);
      if (newSecret) expect(checkSecret?.(newSecret()) ?? null).toBeNull();
    }
    expect(schemeOf('standard').checkSecret!('whsec_short')).not.toBeNull();
    expect(schemeOf('basic').checkSecret!('no password')).not.toBeNull();
    expect(schemeOf('bearer').checkSecret!('two words')).not.toBeNull();
  });
});
