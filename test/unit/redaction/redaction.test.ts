import { expect, test } from 'vitest';
import { createSecretRedactor, redactBySchema } from '../../../shared/platform/redaction/redaction.ts';
import { processorTime } from '../../support/processor-time.ts';

const mark = '[redacted]';
const secrets = [
  'S3cr3t-Value_0123',
  'sk"é/ +&<x>%\'s3cr3t\\n😀',
  'pass word\nwith\tlines',
  'abcd',
  '123456',
  '%25%41&amp;x',
  "~!*()'.-_",
  `-----KEY-----\n${'MIIEvQIBADANBg+/kqhkiG9w0BAQEF\n'.repeat(60)}`,
];

const hex = (bytes: Buffer) => bytes.toString('hex');
const percentAll = (bytes: Buffer) => hex(bytes).replace(/../g, '%$&');
const encodings: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  json: (secret) => JSON.stringify(secret).slice(1, -1),
  'json in json': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  'json ascii': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  uri: (secret) => encodeURIComponent(secret),
  'uri lower case': (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  form: (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
  'every character percent-encoded': (secret) => percentAll(Buffer.from(secret)),
  'uri twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  html: (secret) =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'html numbers': (secret) => Array.from(secret, (char) => `&#${char.codePointAt(0)};`).join(''),
  'html hex numbers': (secret) =>
    Array.from(secret, (char) => `&#x${char.codePointAt(0)!.toString(16).toUpperCase()};`).join(''),
  hex: (secret) => hex(Buffer.from(secret)),
  'hex upper case': (secret) => hex(Buffer.from(secret)).toUpperCase(),
};

test.each(Object.entries(encodings))('a secret is redacted when it is encoded as %s', (_name, encode) => {
  for (const secret of secrets) {
    const redactor = createSecretRedactor([secret]);
    expect(redactor.text(`before ${encode(secret)} after`)).toBe(`before ${mark} after`);
    expect(redactor.json({ a: [{ b: `x${encode(secret)}y` }] })).toEqual({ a: [{ b: `x${mark}y` }] });
  }
});

test('a secret is redacted inside base64, at any position', () => {
  for (const secret of secrets) {
    const redactor = createSecretRedactor([secret]);
    for (const before of ['', 'u', 'us', 'user:', 'a:', 'é']) {
      for (const after of ['', 'x', 'xy', 'xyz']) {
        const bytes = Buffer.from(before + secret + after);
        for (const spelled of [
          bytes.toString('base64'),
          bytes.toString('base64').replace(/=+$/, ''),
          bytes.toString('base64url'),
          encodeURIComponent(bytes.toString('base64')),
          bytes.toString('base64').replaceAll('/', '\\/'),
        ]) {
          const redacted = redactor.text(`Basic ${spelled}`);
          expect(redacted).toContain(mark);
          const rest = redacted.replace('Basic ', '').split(mark);
          expect(rest.join('').length).toBeLessThanOrEqual(
            Math.ceil(((Buffer.byteLength(before) + after.length) * 4) / 3) + 6,
          );
          for (const piece of rest)
            expect(Buffer.from(piece, 'base64').toString('latin1')).not.toContain(secret.slice(0, 3));
        }
      }
    }
  }
});

test('keys and numbers are redacted too', () => {
  const redactor = createSecretRedactor(['123456', 'secretkey']);
  expect(redactor.json({ 'a secretkey': 1, pin: 123456, other: 9123456, fine: 12345 })).toEqual({
    [`a ${mark}`]: 1,
    pin: mark,
    other: mark,
    fine: 12345,
  });
});

test('very short secrets are redacted as whole values only', () => {
  const redactor = createSecretRedactor(['abc', '7']);
  expect(redactor.json({ a: 'abc', b: 'xabcx', c: 7, d: 17 })).toEqual({
    a: mark,
    b: 'xabcx',
    c: mark,
    d: 17,
  });
});

test('overlapping secrets are redacted, the longest first', () => {
  const redactor = createSecretRedactor(['token', 'token-of-acme', '', 'token']);
  expect(redactor.text('token-of-acme and token')).toBe(`${mark} and ${mark}`);
});

test('a value without secrets is returned as the same object', () => {
  const value = { a: [1, 'text', { b: null }] };
  expect(createSecretRedactor(['S3cr3t']).json(value)).toBe(value);
  expect(createSecretRedactor([]).json(value)).toBe(value);
});

test('a key called __proto__ stays a key', () => {
  const value = JSON.parse('{"__proto__": {"x": "S3cr3t"}}');
  expect(JSON.stringify(createSecretRedactor(['S3cr3t']).json(value))).toBe(`{"__proto__":{"x":"${mark}"}}`);
});

test.each([
  ['Authorization: Bearer abcdef0123456789abcdef', `Authorization: Bearer ${mark}`],
  ['Basic dXNlcjpwYXNzd29yZDEyMw==', `Basic ${mark}`],
  ['key AKIAIOSFODNN7EXAMPLE here', `key ${mark} here`],
  [`ghp_${'a1'.repeat(18)}`, mark],
  [`xoxb-${'1234567890-'.repeat(2)}abc`, mark],
  [`sk_live_${'a1'.repeat(12)}`, mark],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', mark],
  ['a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b', `a ${mark} b`],
  ['-----BEGIN PRIVATE KEY-----\nMII cut off', mark],
])('%s is redacted because it looks like a secret', (text, redacted) => {
  expect(createSecretRedactor([]).text(text)).toBe(redacted);
});

test.each([
  'bearer of good news',
  'Bearer authentication is needed',
  'basic understanding of things',
  'sketch-book',
  'risk-averse people',
])('the prose "%s" is not redacted', (text) => expect(createSecretRedactor([]).text(text)).toBe(text));

test('every text is redacted fast', () => {
  const long = 'a'.repeat(5000);
  const redactor = createSecretRedactor(['S3cr3t-Value_0123', `${long}b`]);
  const texts = [
    'a',
    '-eyJ',
    'eyJ.',
    '-----BEGIN PRIVATE KEY-----',
    'bearer ',
    'Bearer  1',
    'sk-',
    'xoxb-',
    '%25',
    '\\',
    '&#',
    'S3cr3t-Value_012',
    '%5',
    'AKIA',
    'SG.',
  ];
  for (const text of texts) {
    const took = processorTime();
    redactor.text(text.repeat(200_000 / text.length));
    expect(took(), text).toBeLessThan(2500);
  }
});

const schema = {
  type: 'object',
  properties: {
    card: {
      type: 'object',
      properties: { number: { type: 'string', writeOnly: true }, holder: { type: 'string' } },
    },
    password: { type: 'string', format: 'password' },
    keys: { type: 'array', items: { 'x-secret': true } },
    pair: { items: [{}, { writeOnly: true }], additionalItems: { writeOnly: true } },
    tree: { $ref: '#/definitions/tree' },
    via: { allOf: [{ $ref: '#/definitions/secret' }] },
    any: { anyOf: [{ type: 'number' }, { $ref: '#/definitions/secret' }] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    when: { if: { properties: { kind: { const: 'a' } } }, then: { properties: { x: { writeOnly: true } } } },
    dep: { dependentSchemas: { a: { properties: { b: { writeOnly: true } } } } },
  },
  patternProperties: { '^token_': { writeOnly: true } },
  definitions: {
    secret: { type: 'string', writeOnly: true },
    tree: { properties: { pin: { writeOnly: true }, children: { items: { $ref: '#/definitions/tree' } } } },
  },
};

test('values that the schema marks are replaced, wherever the schema marks them', () => {
  const value = {
    card: { number: '4111', holder: 'Ada' },
    password: 'pw',
    keys: ['k1', { deep: 'k2' }],
    pair: ['open', 'p1', 'p2'],
    tree: { pin: 1234, children: [{ pin: '5678', children: [] }] },
    via: 'v',
    any: 'y',
    when: { kind: 'a', x: 'w' },
    dep: { a: 1, b: 'd' },
    token_a: 't',
    other: 'open',
  };
  const { value: redacted, secrets: found, paths } = redactBySchema(value, schema);
  expect(redacted).toEqual({
    card: { number: mark, holder: 'Ada' },
    password: mark,
    keys: [mark, mark],
    pair: ['open', mark, mark],
    tree: { pin: mark, children: [{ pin: mark, children: [] }] },
    via: mark,
    any: mark,
    when: { kind: 'a', x: mark },
    dep: { a: 1, b: mark },
    token_a: mark,
    other: 'open',
  });
  expect(found.sort()).toEqual([
    '1234',
    '4111',
    '5678',
    'd',
    'k1',
    'k2',
    'p1',
    'p2',
    'pw',
    't',
    'v',
    'w',
    'y',
  ]);
  expect(paths).toContain('/tree/children/0/pin');
  expect(value.card.number).toBe('4111');
});

test('tuples and anchors of 2020-12 and a mark on the whole document are supported', () => {
  expect(
    redactBySchema(['a', 'b', 'c'], { prefixItems: [{}, { writeOnly: true }], items: { writeOnly: true } })
      .value,
  ).toEqual(['a', mark, mark]);
  expect(
    redactBySchema(
      { a: 'x' },
      { properties: { a: { $ref: '#here' } }, $defs: { s: { $anchor: 'here', writeOnly: true } } },
    ).value,
  ).toEqual({ a: mark });
  expect(redactBySchema('x', { writeOnly: true })).toEqual({ value: mark, secrets: ['x'], paths: [''] });
});

test('additionalProperties applies only to properties that nothing else describes', () => {
  const open = {
    properties: { id: {} },
    patternProperties: { '^x-': {} },
    additionalProperties: { writeOnly: true },
  };
  expect(redactBySchema({ id: 1, 'x-a': 2, other: 3 }, open).value).toEqual({ id: 1, 'x-a': 2, other: mark });
});

test('circular schemas are followed once', () => {
  const circle = {
    $ref: '#/definitions/a',
    definitions: {
      a: { allOf: [{ $ref: '#/definitions/b' }] },
      b: { allOf: [{ $ref: '#/definitions/a' }, { properties: { s: { writeOnly: true } } }] },
    },
  };
  expect(redactBySchema({ s: 1 }, circle).value).toEqual({ s: mark });
});

test('a schema without marks returns the same object', () => {
  const value = { a: 1 };
  expect(redactBySchema(value, { properties: { a: {} } }).value).toBe(value);
  expect(redactBySchema(value, undefined).value).toBe(value);
});
