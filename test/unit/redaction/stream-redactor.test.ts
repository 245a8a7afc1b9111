import { expect, test } from 'vitest';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { createPiiRedactor } from '../../../shared/platform/redaction/pii/pii-redactor.ts';
import { createSecretRedactor } from '../../../shared/platform/redaction/redaction.ts';
import { createStreamRedactor, type StreamPart } from '../../../shared/platform/redaction/stream-redactor.ts';
import { randomFrom } from '../../support/random-values.ts';

const mark = '[redacted]';
const secrets = ['S3cr3t-Value_0123', 'pass word\nwith\tlines', 'sk"é/ +&<x>', 'abcd'];
const percent = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
const encodings: ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => JSON.stringify(JSON.stringify(secret)),
  encodeURIComponent,
  (secret) => percent(percent(secret)),
  (secret) => Array.from(secret, (char) => `&#x${char.codePointAt(0)!.toString(16)};`).join(''),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => Buffer.from(`u:${secret}`).toString('base64'),
  (secret) =>
    Buffer.from(`{"password":"${secret.replaceAll('"', '\\"')}","more":"${'x'.repeat(90)}"}`)
      .toString('base64')
      .replace(/.{64}/g, '$&\r\n'),
];
const known = [
  'Authorization: Bearer abcdefghij0123456789abcdefghij',
  'xoxb-1234567890',
  'ghp_0123456789abcdefghijABCDEFGHIJ0123456789',
  `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEvQIBADANBg\n'.repeat(9)}-----END RSA PRIVATE KEY-----`,
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl',
];
const personal = [
  'ana.example@post.example',
  '+43 660 123 4567',
  'AT61 1904 3002 3457 3201',
  'phone:\n0660 1234567',
];
const words = ['hello', 'a', 'bearer', 'S3cr', '\n', 'abc', '100%', '&amp;', '\\n', 'über', '<b>', '=='];

const pii = () => createPiiRedactor({ email: 'drop', phone: 'drop', iban: 'drop' }, () => 'hash');

function cut(text: string, random: () => number): string[] {
  const pieces: string[] = [];
  const longest = 1 + Math.floor(random() * 40);
  for (let at = 0; at < text.length; ) {
    const length = 1 + Math.floor(random() * longest);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

function streamed(parts: StreamPart[], redactor = createSecretRedactor(secrets)): StreamPart[] {
  const stream = createStreamRedactor(redactor);
  return [...parts.flatMap((part) => stream.push(part)), ...stream.end()];
}

const textOf = (parts: StreamPart[]) => parts.map(({ value }) => value).join('');

test.each([false, true])(
  'any split of any text is redacted as the whole is (personal data: %s)',
  (isPersonal) => {
    // The last one has base64 with a secret right behind a private key.
    for (const seed of [...Array(400).keys(), 6984]) {
      const random = randomFrom(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
      let text = '';
      for (let index = 0; index < 12; index++) {
        const kind = random();
        if (kind < 0.2) text += pick(encodings)(pick(secrets));
        else if (kind < 0.3) text += pick(known);
        else if (kind < 0.4) text += pick(personal);
        else text += pick(words);
        text += pick(['', ' ', ' ', '\n', ', ']);
      }
      const redactor = () => createSecretRedactor(secrets, isPersonal ? pii() : null);
      const pieces = cut(text, random).map((value): StreamPart => ({ kind: 'text', value }));
      expect(textOf(streamed(pieces, redactor())), `seed ${seed}: ${JSON.stringify(text)}`).toBe(
        redactor().text(text),
      );
    }
  },
);

test('a text without a secret is shown but for its last word', () => {
  const stream = createStreamRedactor(createSecretRedactor(secrets));
  expect(stream.push({ kind: 'text', value: 'The refund was ma' })).toEqual([
    { kind: 'text', value: 'The refund was ' },
  ]);
  expect(stream.push({ kind: 'text', value: 'de. ' })).toEqual([{ kind: 'text', value: 'made. ' }]);
  expect(stream.end()).toEqual([]);
});

test('a secret that is split over values is shown in none of them', () => {
  const secret = secrets[0]!;
  for (let at = 1; at < secret.length; at++) {
    for (const between of [[], [{ type: 'ping' }]]) {
      const values: JsonValue[] = [
        { type: 'delta', text: `it is ${secret.slice(0, at)}` },
        ...between,
        { type: 'delta', text: `${secret.slice(at)} indeed` },
        { type: 'end' },
      ];
      const shown = streamed(values.map((value) => ({ kind: 'data', value })));
      expect(shown).toHaveLength(values.length);
      const texts = shown.map(({ value }) => (value as { text?: string }).text ?? '');
      expect(texts.join('')).toBe(`it is ${mark} indeed`);
    }
  }
});

test('values come out in order, and at once where nothing may follow', () => {
  const stream = createStreamRedactor(createSecretRedactor(secrets));
  expect(stream.push({ kind: 'data', value: { n: 1, text: 'one' } })).toEqual([
    { kind: 'data', value: { n: 1, text: 'one' } },
  ]);
  expect(stream.push({ kind: 'data', value: { n: 2, text: 'two S3cr3t-V' } })).toEqual([]);
  expect(stream.push({ kind: 'log', value: 'a line' })).toEqual([]);
  expect(stream.push({ kind: 'data', value: { n: 3, text: 'three' } }).map(({ kind }) => kind)).toEqual([
    'data',
    'log',
    'data',
  ]);
});

test('a value is not held back for more than some others', () => {
  const stream = createStreamRedactor(createSecretRedactor(secrets));
  const shown = stream.push({ kind: 'data', value: { id: 'S3cr3t' } });
  for (let n = 1; n <= 8; n++) shown.push(...stream.push({ kind: 'data', value: { n } }));
  expect(shown).toHaveLength(9);
});

test('what could be held back without end is not shown', () => {
  const endless = 'A'.repeat(30_000);
  const parts = [endless, endless, endless, ` ${secrets[0]} `, 'end'];
  expect(textOf(streamed(parts.map((value) => ({ kind: 'text', value }))))).toBe(mark);
});

test.each(['text', 'data'] as const)(
  'a held back %s is not searched again with every small piece',
  (kind) => {
    const long = `S3cr3t${'x'.repeat(60_000)}`;
    let searched = 0;
    const redactor = createSecretRedactor([long]);
    const counting = {
      ...redactor,
      openFrom(text: string, secretsOnly?: boolean) {
        searched += text.length;
        return redactor.openFrom(text, secretsOnly);
      },
    };
    const pieces = [long.slice(0, 50_000), ...long.slice(50_000), '. The end.'];
    const shown = streamed(
      pieces.map((value) => ({ kind, value })),
      counting,
    );
    expect(textOf(shown)).toMatch(/^\[redacted\](?!.*xx)/);
    // Each of 10,000 pieces would search 50,000 characters.
    expect(searched).toBeLessThan(3_000_000);
  },
);
