import { expect, test } from 'vitest';
import { redactBySchema } from '../../../shared/platform/redaction/redaction.ts';
import { partsWithMarks } from '../../../shared/platform/redaction/schema-marks.ts';

const secret = { type: 'string', writeOnly: true };

test('only what contains a mark, or refers to one, leads to a walk', () => {
  const schema = {
    properties: {
      lines: { type: 'array', items: { properties: { amount: { type: 'number' } } } },
      card: { $ref: '#/definitions/card' },
      owner: { $ref: '#person' },
      self: { $ref: '#' },
    },
    definitions: { card: { properties: { pin: secret } }, person: { $id: '#person' } },
  };
  const { lines, card, owner, self } = schema.properties;
  const marks = partsWithMarks(schema);
  expect([schema, card, owner, self, schema.definitions.card].map((part) => marks.has(part))).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  expect([lines, lines.items, schema.definitions.person].map((part) => marks.has(part))).toEqual([
    false,
    false,
    false,
  ]);
});

test('what is not marked is not touched: reading it would throw', () => {
  const lines = new Proxy([], {
    get() {
      throw new Error('walked');
    },
  });
  const schema = { properties: { pin: secret, lines: { type: 'array', items: { properties: {} } } } };
  const { value, secrets, paths } = redactBySchema({ pin: '1234', lines }, schema);
  expect([secrets, paths]).toEqual([['1234'], ['/pin']]);
  expect((value as { lines: unknown }).lines).toBe(lines);
});

test('a mark is found through references that go round, by pointer and by name', () => {
  const schema = {
    $ref: '#/definitions/node',
    definitions: {
      node: { properties: { next: { $ref: '#/definitions/node' }, token: { $ref: '#token' } } },
      token: { $id: '#token', 'x-secret': true },
    },
  };
  const { value } = redactBySchema({ next: { next: { token: 'abcdef' } }, other: 1 }, schema);
  expect(value).toEqual({ next: { next: { token: '[redacted]' } }, other: 1 });
});

test('a schema that refers to itself from ten thousand places is looked through in one pass', () => {
  const properties = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`p${index}`, { $ref: '#' }]),
  );
  const started = process.cpuUsage();
  expect(partsWithMarks({ properties, definitions: { secret } }).size).toBeGreaterThan(10_000);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
});
