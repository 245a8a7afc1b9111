import { describe, expect, test } from 'vitest';
import { findPii } from '../../../shared/platform/redaction/pii/find-pii.ts';
import { type PiiChoices, piiKinds } from '../../../shared/platform/redaction/pii/pii-kinds.ts';
import { redact } from '../../../shared/platform/redaction/redact.ts';
import { schemaProblems } from '../../../shared/platform/server/json-schema/check-schema.ts';
import { piiRedactor } from '../../../shared/platform/server/pii-rules.ts';
import { searchBody } from '../../../shared/search/search-text.ts';
import { processorTime } from '../../support/processor-time.ts';

const found = (text: string) =>
  findPii(text, () => true).map(({ kind, begin, end }) => `${kind}: ${text.slice(begin, end)}`);
const all = (treatment: 'mask' | 'hash' | 'drop'): PiiChoices =>
  Object.fromEntries(piiKinds.map((kind) => [kind, treatment]));
const redactor = (choices: PiiChoices, key = '00'.repeat(32)) => piiRedactor({ choices, key });

describe('a detector finds', () => {
  test.each([
    ['email', 'ana.sousa+x@mail.example.co.uk', "o'neil@example.com", 'josé@exämple.de', 'ana%40example.com'],
    ['phone', '+351 912 345 678', '0049 30 901820', '(555) 234-5678', '555-234-5678', '+1 (202) 456-1111'],
    [
      'card',
      '4111 1111 1111 1111',
      '5555-5555-5555-4444',
      '378282246310005',
      '30569309025904',
      '6011111111111117',
      '3530111333300000',
      '2223003122003222',
    ],
    [
      'iban',
      'DE89 3704 0044 0532 0130 00',
      'gb82west12345698765432',
      'FR1420041010050500013M02606',
      'NO9386011117947',
    ],
    [
      'national_id',
      '536-90-4399',
      'AB 12 34 56 C',
      '86 095 742 719',
      '44051401359',
      '1 85 05 78 006 084 91',
      'RSSMRA85T10A562S',
      '12345678Z',
      'X1234567L',
    ],
    ['ip', '203.0.113.9', '8.8.8.8', '2001:4860:4860::8888', '2a02:8108:8ac0:1::7'],
  ])('%s', (kind, ...values) => {
    for (const value of values) {
      for (const text of [value, `before ${value} after`, `("${value}")`, `x=${value}, y`, `${value}.`])
        expect(found(text), text).toEqual([`${kind}: ${value}`]);
    }
  });

  test('a number that a word names', () => {
    expect(found('SSN: 536904399')).toEqual(['national_id: 536904399']);
    expect(found('BSN 111222333')).toEqual(['national_id: 111222333']);
    expect(found('{"phone":"01711234567"}')).toEqual(['phone: 01711234567']);
    expect(found('Tel. 030 / 901820')).toEqual(['phone: 030 / 901820']);
  });

  test('a card between other numbers', () => {
    expect(found('12 4111 1111 1111 1111 123')).toEqual(['card: 4111 1111 1111 1111']);
  });
});

test.each([
  '2026-11-22T02:30:10.123Z',
  '018f6c1e-7b2a-7cc3-9f3e-411111111111',
  '1763600000000',
  '1763600000000000',
  '4111111111111112',
  '0.4111111111111111',
  '12345678901234567890123456789',
  'DE88370400440532013000',
  '127.0.0.1:4501 and 10.0.0.1 and 192.168.1.7',
  'v1.2.3.4.5',
  '12:30:45',
  'fe80::1',
  '12345678',
  '12345678A',
  '536904399',
  '11111111111',
  'a@b',
  '@example.com',
  'refund 500 of 1200 at 12.50',
  '[redacted:email:a…@example.com] [redacted:card:…1111] [redacted:ip:203.0.…] [redacted:iban:DE…3000]',
])('"%s" is no personal data', (text) => expect(found(text)).toEqual([]));

test('a mark is not redacted again, whatever the treatment', () => {
  const text = 'ana@example.com 4111111111111111 DE89370400440532013000 203.0.113.9 +351912345678 12345678Z';
  for (const treatment of ['mask', 'hash', 'drop'] as const) {
    const once = redactor(all(treatment)).text(text);
    expect(once.match(/\[redacted:/g)).toHaveLength(6);
    expect(redactor(all(treatment)).text(once)).toBe(once);
  }
});

test('equal values have one hash in a tenant, and another one elsewhere', () => {
  const hash = (text: string, key?: string) => redactor({ email: 'hash', iban: 'hash' }, key).text(text);
  expect(hash('Ana@Example.com')).toMatch(/^\[redacted:email#[a-p]{20}\]$/);
  expect(hash('Ana@Example.com')).toBe(hash('ana@example.com'));
  expect(hash('DE89 3704 0044 0532 0130 00')).toBe(hash('de89370400440532013000'));
  expect(hash('ana@example.com')).not.toBe(hash('ann@example.com'));
  expect(hash('ana@example.com')).not.toBe(hash('ana@example.com', '01'.repeat(32)));
});

describe('a value by its schema', () => {
  const schema = {
    properties: {
      customer: { 'x-pii': 'name' },
      person: { 'x-pii': 'name', properties: { pin: { writeOnly: true } } },
      order: { 'x-pii': false },
      key: { writeOnly: true, 'x-pii': 'name' },
      either: { anyOf: [{ 'x-pii': false }, { 'x-pii': 'address' }] },
    },
  };
  const clean = (value: Parameters<typeof redact>[0], choices: PiiChoices = all('drop')) =>
    redact(value, schema, [], redactor(choices));

  test('is what it is marked as, and a secret stays a secret', () => {
    const { value, secrets } = clean({
      customer: 'Ana Sousa',
      person: { first: 'Ana', born: 1990, pin: '1234' },
      key: 'S3cr3t-Value',
      either: 'Rua 1',
    });
    expect(value).toEqual({
      customer: '[redacted:name]',
      person: { first: '[redacted:name]', born: '[redacted:name]', pin: '[redacted]' },
      key: '[redacted]',
      either: '[redacted:address]',
    });
    expect(secrets).toEqual(['1234', 'S3cr3t-Value']);
  });

  test('is left where it is excluded, and where the same value is in a text about it', () => {
    const value = { order: '4111111111111111', text: 'Order 4111111111111111, not 5555555555554444' };
    expect(clean(value).value).toEqual({
      order: value.order,
      text: 'Order 4111111111111111, not [redacted:card]',
    });
  });

  test('is found again in what a provider returns, in any encoding', () => {
    const { pii } = clean({ customer: 'Ana Sousa', mail: 'ana@example.com' });
    const echo = piiRedactor({ choices: all('drop'), key: '00', known: pii! });
    const encoded = [
      'Ana%20Sousa',
      Buffer.from('Dear Ana Sousa,').toString('base64'),
      Buffer.from('ana@example.com').toString('hex'),
      'ana\\u0040example.com',
    ];
    const { value } = redact(encoded, undefined, [], echo);
    expect(JSON.stringify(value)).not.toMatch(/Ana|ana/);
    for (const each of value as string[]) expect(each).toContain('[redacted]');
  });

  test('keeps every other number and text, as the same object', () => {
    const value = { id: 12345678901, rate: 0.25, list: [1, 2, '3'], text: 'paid 120.50 EUR' };
    expect(clean(value).value).toBe(value);
    expect(redact(value, schema, []).value).toBe(value);
  });

  test('is left where its kind is not chosen', () => {
    const value = { customer: 'Ana Sousa', mail: 'ana@example.com' };
    expect(clean(value, { card: 'mask' }).value).toBe(value);
  });
});

test('search knows the hash of a value, and no other mark', () => {
  const parts = [
    'Sent to [redacted:email:a…@example.com], [redacted:card] and [redacted:iban#abcdefghijklmnopabcd].',
  ];
  expect(searchBody(parts)).toBe('sent to , and [redacted:iban#abcdefghijklmnopabcd].');
});

test('a schema with an unknown kind is refused, at its place', () => {
  const schema = (mark: unknown) => ({
    type: 'object',
    properties: { to: { type: 'string', 'x-pii': mark } },
  });
  for (const mark of [...piiKinds, false]) expect(schemaProblems(schema(mark), '')).toEqual([]);
  for (const mark of ['emial', true, 1]) {
    expect(schemaProblems(schema(mark), '/inputSchema')).toMatchObject([
      { path: '/inputSchema/properties/to/x-pii', keyword: 'x-pii' },
    ]);
  }
});

test('a card as a number is found; the number of a long list is not a limit', () => {
  const value = [4111111111111111, ...Array.from({ length: 300 }, (_, index) => `p${index}@example.com`)];
  const { value: clean, pii } = redact(value, undefined, [], redactor(all('mask')));
  expect((clean as unknown[])[0]).toBe('[redacted:card:…1111]');
  expect(JSON.stringify(clean)).not.toMatch(/"p\d+@/);
  expect(pii!.values).toHaveLength(200);
});

test('every text is searched in linear time', () => {
  const crafted = [
    'a',
    '1',
    '4 ',
    '@',
    'a@',
    'a@a.',
    '2a3b:',
    '+1',
    '+1 .-(',
    'tel: 1',
    'DE89 ',
    '1.2.3.',
    'X1234567',
    '%40',
  ];
  for (const piece of crafted) {
    const text = piece.repeat(400_000 / piece.length);
    const took = processorTime();
    findPii(text, () => true);
    // About 40 ms; what grows with the square would take minutes.
    expect(took(), piece).toBeLessThan(3000);
  }
});
