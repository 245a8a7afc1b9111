import { describe, expect, it, test } from 'vitest';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { writeJson } from '../../../shared/platform/json-text.ts';
import { readJson } from '../../../shared/platform/read-json.ts';
import { checkSchema, validateAgainst } from '../../../shared/platform/server/json-schema.ts';
import { inferSchema, splitDocuments } from '../../../shared/tools/infer-schema.ts';

const schemaOf = (...examples: JsonValue[]) => inferSchema(examples).schema;

describe('a schema from examples', () => {
  it('requires what every example has, and merges the items of lists', () => {
    expect(
      schemaOf({ id: 1, items: [{ sku: 'a', price: 1.5 }, { sku: 'b' }] }, { id: 2, note: null, items: [] }),
    ).toEqual({
      type: 'object',
      properties: {
        id: { type: 'integer' },
        items: {
          type: 'array',
          items: {
            type: 'object',
            properties: { sku: { type: 'string' }, price: { type: 'number' } },
            required: ['sku'],
          },
        },
        note: { type: 'null' },
      },
      required: ['id', 'items'],
    });
  });

  it('knows what may be null, whole numbers from others, and several types', () => {
    expect(schemaOf({ a: 'x' }, { a: null }).properties).toEqual({ a: { type: ['string', 'null'] } });
    expect(schemaOf([1, 2])).toEqual({ type: 'array', items: { type: 'integer' } });
    expect(schemaOf([1, 2.5])).toEqual({ type: 'array', items: { type: 'number' } });
    expect(schemaOf(readJson('[9007199254740993]'))).toEqual({ type: 'array', items: { type: 'integer' } });
    expect(schemaOf(readJson('[0.10000000000000000001]'))).toMatchObject({ items: { type: 'number' } });
    expect(schemaOf([1, 'x', true])).toMatchObject({ items: { type: ['string', 'integer', 'boolean'] } });
    expect(schemaOf([])).toEqual({ type: 'array' });
  });

  it.each([
    ['date-time', '2026-11-22T19:00:00Z', '2026-02-30T19:00:00Z'],
    ['date', '2024-02-29', '2026-02-29'],
    ['email', 'ana@example.com', 'ana@example'],
    ['uri', 'https://pay.example/v1?a=%20b', 'pay.example/v1'],
    ['uuid', '0192f0c1-7a00-7000-8000-000000000001', '0192f0c1-7a00'],
  ])('has the format %s only where every text has it', (format, good, bad) => {
    expect(schemaOf(good)).toEqual({ type: 'string', format });
    expect(schemaOf([good, bad])).toEqual({ type: 'array', items: { type: 'string' } });
  });

  it('has choices only where they are asked for, and never those of a secret', () => {
    const examples = ['open', 'closed', 'open'].map((state) => ({ state, apiKey: 'k' }));
    expect(inferSchema(examples).schema.properties).toMatchObject({ state: { type: 'string' } });
    const { schema, secrets } = inferSchema(examples, { enums: true, of: 'output' });
    expect(schema.properties).toEqual({
      state: { type: 'string', enum: ['closed', 'open'] },
      apiKey: { type: 'string', 'x-secret': true },
    });
    expect(secrets).toEqual(['/properties/apiKey']);
    expect(inferSchema(examples).schema.properties).toMatchObject({ apiKey: { writeOnly: true } });
  });

  it('takes an object with many keys for a table, whose keys are data', () => {
    const table = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`id${n}`, { n }]));
    expect(schemaOf({ table })).toMatchObject({
      properties: {
        table: {
          type: 'object',
          additionalProperties: { properties: { n: { type: 'integer' } }, required: ['n'] },
        },
      },
    });
  });
});

describe('the documents of a text', () => {
  it.each([
    ['{"a":1}', ['{"a":1}']],
    ['{"a":1}{"b":"}"}', ['{"a":1}', '{"b":"}"}']],
    ['{"a":1}\n\n{"b":[2]}\n', ['{"a":1}', '{"b":[2]}']],
    ['{"a":1},\n{"b":2}', ['{"a":1}', '{"b":2}']],
    ['1 true "a \\" b" null', ['1', 'true', '"a \\" b"', 'null']],
    ['', []],
  ])('are found in %s', (text, documents) => expect(splitDocuments(text)).toEqual(documents));
});

/** Numbers from a seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const scalars = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '1.0',
  '1e3',
  '19.90',
  '9007199254740993',
  '1e-7',
  '""',
  '"x"',
  '"é\\u0000"',
  '"2026-11-22T19:00:00Z"',
  '"2026-11-22T24:00:00Z"',
  '"2026-11-22"',
  '"a@b.co"',
  '"a..b@c.de"',
  '"https://a.example/x"',
  '"http://"',
  '"https://a..b/"',
  '"0192f0c1-7a00-7000-8000-000000000001"',
  '"00000000-0000-0000-0000-000000000000"',
];
const keys = ['a', 'b', 'apiKey', '', '__proto__', 'constructor', 'a/b~c', 'password'];

function randomJson(random: (below: number) => number, depth: number): string {
  const kind = depth > 4 ? 0 : random(4);
  const items = () => Array.from({ length: random(5) }, () => randomJson(random, depth + 1));
  if (kind === 2) return `[${items().join(',')}]`;
  if (kind === 3) {
    const named = new Map(items().map((item) => [keys[random(keys.length)], item]));
    return `{${[...named].map(([key, item]) => `${JSON.stringify(key)}:${item}`).join(',')}}`;
  }
  return scalars[random(scalars.length)]!;
}

test('every example matches the schema that is made of it and others, and the schema may be saved', async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomOf(seed);
    const examples = Array.from({ length: 1 + random(4) }, () => readJson(randomJson(random, 0)));
    for (const options of [{}, { enums: true, of: 'output' as const }]) {
      const { schema } = inferSchema(examples, options);
      const told = `${seed}: ${writeJson(examples)} ${JSON.stringify(schema)}`;
      expect(await checkSchema(schema), told).toEqual([]);
      for (const example of examples) expect(await validateAgainst(schema, example), told).toEqual([]);
    }
  }
  let deep: JsonValue = 'x';
  for (let level = 0; level < 100; level += 1) deep = level % 2 ? [deep] : { deep };
  const { schema } = inferSchema([deep]);
  expect(await checkSchema(schema)).toEqual([]);
  expect(await validateAgainst(schema, deep)).toEqual([]);
});
