import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  createSecretRedactor,
  redactBySchema,
  secretLimits,
} from '../../../shared/platform/redaction/redaction.ts';
import { processorTime } from '../../support/processor-time.ts';

const mark = '[redacted]';
const latin1 = 'Pässwörd-ß1!';
const bytesOf = { utf8: Buffer.from(latin1, 'utf8'), latin1: Buffer.from(latin1, 'latin1') };
const percent = (bytes: Buffer) => bytes.toString('hex').replace(/../g, '%$&');

test.each(Object.entries(bytesOf))(
  'the bytes of a secret in %s are found in every encoding',
  (_name, bytes) => {
    const redactor = createSecretRedactor([latin1]);
    for (const encoded of [
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      percent(bytes),
      // A header that one side reads in the other encoding.
      bytes.toString('latin1'),
      bytes.toString('utf8'),
      new TextDecoder('windows-1252').decode(bytes),
    ]) {
      expect(redactor.text(`before ${encoded} after`), encoded).toBe(`before ${mark} after`);
    }
    const encoded = Buffer.concat([Buffer.from('key: '), bytes, Buffer.from(';')]).toString('base64');
    expect(redactor.text(`x ${encoded} y`)).toContain(mark);
  },
);

test('base64 with line breaks, as in MIME, is searched across them', () => {
  const secret = 'S3cr3t-Value_0123456789';
  const redactor = createSecretRedactor([secret]);
  for (let before = 0; before < 80; before++) {
    const wrapped = Buffer.from(`${'.'.repeat(before)}${secret}${'.'.repeat(50)}`)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n');
    for (const text of [`mail ${wrapped}`, JSON.stringify(`mail ${wrapped}`)]) {
      const rest = redactor.text(text);
      expect(rest).toContain(mark);
      expect(Buffer.from(rest.replace(mark, '').replaceAll('\\r\\n', '')).toString()).not.toContain(
        'UzNjcjN0',
      );
    }
  }
});

test('a file in base64 is searched by its bytes: a secret that is escaped in it is found', () => {
  const secret = 'S3cr3t "value" & more';
  const redactor = createSecretRedactor([secret]);
  for (const inside of [
    secret,
    JSON.stringify(secret),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('hex'),
    Buffer.from(`-${secret}-`).toString('base64'),
  ]) {
    const file = Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from(`a file with ${inside} in it`)]);
    for (const base64 of [file.toString('base64'), file.toString('base64').replace(/.{20}/g, '$&\r\n')]) {
      const redacted = redactor.json({ base64, contentType: 'application/octet-stream' });
      expect(JSON.stringify(redacted)).toContain(mark);
      const left = (redacted as { base64: string }).base64.replaceAll(mark, '');
      expect(Buffer.from(left, 'base64').toString('latin1')).not.toContain(inside.slice(0, 8));
    }
  }
  const clean = { base64: randomBytes(300).toString('base64'), contentType: 'image/png' };
  expect(redactor.json(clean)).toBe(clean);
});

test('a secret that is escaped inside base64 inside a text is found, at any place', () => {
  const secret = 'S3cr3t "value" & möre';
  const redactor = createSecretRedactor([secret]);
  for (const inside of [JSON.stringify({ secret }), encodeURIComponent(secret)]) {
    for (const before of ['', 'u', 'us', 'user:']) {
      for (const alphabet of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(before + inside).toString(alphabet);
        const shown = redactor.text(`token=${encoded}; path=/a/b, header.${encoded}.signature`);
        expect(shown).not.toContain(encoded.slice(-20));
        expect(shown.split(mark)).toHaveLength(3);
      }
    }
  }
});

/** A generator with a seed, so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const characters = [...'abcXYZ019+/=%&\\"\'<> \n\r\t-_~é߀😀{}'];
const escapes: ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  (text) => new URLSearchParams({ a: text }).toString().slice(2),
  (text) => Buffer.from(text).toString('hex'),
  (text) => Array.from(text, (char) => `&#x${char.codePointAt(0)!.toString(16)};`).join(''),
];

test('random secrets leave nothing behind, however they are written and whatever is around them', () => {
  const next = numbers(20_24);
  const text = (length: number) => Array.from({ length }, () => characters[next(characters.length)]).join('');
  for (let round = 0; round < 1500; round++) {
    const secrets = Array.from({ length: 1 + next(4) }, () => `${text(4 + next(20))}K`);
    const redactor = createSecretRedactor(secrets);
    const secret = secrets[next(secrets.length)]!;
    const trimmed = secret.trim();
    const write = escapes[next(escapes.length)]!;
    const written = write(secret);
    const shown = redactor.text(`<<${written}>>`);
    expect(shown, JSON.stringify({ round, secrets, written, shown })).toContain(mark);
    expect(shown, JSON.stringify({ round, secrets, written, shown })).not.toContain(write(trimmed));

    const around = Buffer.concat([
      Buffer.from('.'.repeat(next(7))),
      Buffer.from(secret),
      Buffer.from('.'.repeat(next(7))),
    ]);
    const alphabet = next(2) === 0 ? 'base64' : 'base64url';
    const inBase64 = redactor.text(`Basic ${around.toString(alphabet)} .`);
    expect(inBase64, JSON.stringify({ round, secrets })).toContain(mark);
    for (const piece of inBase64.split(mark)) {
      for (const cut of [0, 1, 2, 3])
        expect(Buffer.from(piece.replace('Basic ', '').slice(cut), 'base64').toString()).not.toContain(
          trimmed.slice(0, 4),
        );
    }
  }
});

test('thirty thousand secrets are more than a redactor searches for: everything is redacted at once', () => {
  const secrets = Array.from({ length: 30_000 }, (_, index) => `secret-number-${index}`);
  const texts = Array.from({ length: 2_000 }, (_, index) =>
    `a text of some length, number ${index} `.repeat(10),
  );
  const took = processorTime();
  expect(createSecretRedactor(secrets).json(texts)).toBe(mark);
  expect(took()).toBeLessThan(2500);
});

test('as many secrets as are allowed are found in two thousand texts within a second', () => {
  const secrets = Array.from({ length: secretLimits.count }, (_, index) => `secret-number-${10_000 + index}`);
  const texts = Array.from(
    { length: 2_000 },
    (_, index) => `${'a secret text of some length, '.repeat(20)}${index}`,
  );
  texts.push('here is secret-number-10500 and more');
  const took = processorTime();
  const redacted = createSecretRedactor(secrets).json(texts) as string[];
  expect(took()).toBeLessThan(2500);
  expect(redacted.slice(0, -1)).toEqual(texts.slice(0, -1));
  expect(redacted.at(-1)).toBe(`here is ${mark} and more`);
});

test('crafted secrets and texts cost one budget for all texts; what is beyond it is redacted', () => {
  const cases: [secrets: string[], text: string][] = [
    [Array.from({ length: 60 }, (_, index) => `${'a'.repeat(4000)}${index}`), 'a'.repeat(5000)],
    [['%'.repeat(500) + 'x'], '%25'.repeat(1300)],
    [['\\'.repeat(500) + 'x'], '\\'.repeat(4000)],
    [['&'.repeat(500) + 'x'], '&amp;amp;'.repeat(400)],
    [['\0'.repeat(4000) + 'x'], 'AAAA'.repeat(2000)],
    [['\0'.repeat(4000) + 'x'], '0000'.repeat(3000)],
  ];
  for (const [secrets, text] of cases) {
    const texts = Array.from({ length: 500 }, () => text);
    const took = processorTime();
    const redacted = createSecretRedactor(secrets).json(texts) as string[];
    expect(took(), text.slice(0, 12)).toBeLessThan(4000);
    expect(redacted.at(-1), text.slice(0, 12)).toBe(mark);
  }
});

test('a secret as long as a file is found by its beginning, and the whole text is redacted', () => {
  const file = randomBytes(60_000).toString('base64');
  const redactor = createSecretRedactor([file]);
  for (const text of [`before ${file} after`, JSON.stringify({ file }), Buffer.from(file).toString('hex')])
    expect(redactor.text(text)).toBe(mark);
  expect(redactor.text('before after')).toBe('before after');
});

test('a schema of many branches costs as much for a hundred thousand items as for one', () => {
  const branch = (index: number) => ({ properties: { [`p${index}`]: { writeOnly: true } } });
  const schema = { items: { allOf: Array.from({ length: 200 }, (_, index) => branch(index)) } };
  const items = Array.from({ length: 100_000 }, (_, index) => ({
    p7: `secret ${index % 10}`,
    other: 'open',
  }));
  const took = processorTime();
  const { value, secrets } = redactBySchema(items, schema);
  expect(took()).toBeLessThan(4000);
  expect((value as unknown[])[99_999]).toEqual({ p7: mark, other: 'open' });
  expect(secrets).toHaveLength(10);
});

test('a value that takes too long to walk is redacted as a whole, with everything in it', () => {
  const pattern = (index: number): [string, unknown] => [`^(a|b)*${index}$`, { writeOnly: true }];
  const schema = {
    patternProperties: Object.fromEntries(Array.from({ length: 200 }, (_, index) => pattern(index))),
  };
  const value = Object.fromEntries(
    Array.from({ length: 50_000 }, (_, index) => [`${'ab'.repeat(20)}x${index}`, 'v']),
  );
  const took = processorTime();
  expect(redactBySchema(value, schema)).toEqual({ value: mark, secrets: ['v'], paths: [''] });
  expect(took()).toBeLessThan(3000);
});

test.each([
  ['base64', (text: string) => text],
  ['a bearer token', (text: string) => `Bearer ${text}`],
  ['basic credentials', (text: string) => `Basic ${text}`],
  ['a JSON Web Token', (text: string) => `eyJ${text}.eyJ${text}.${text}`],
  ['an unfinished JSON Web Token', (text: string) => `eyJ${text}`],
])('%s of sixteen megabytes is redacted without exhausting the stack', (_name, write) => {
  const long = write('a1B2'.repeat(4_000_000));
  expect(() => createSecretRedactor(['S3cr3t-Value_0123']).text(long)).not.toThrow();
});
