import { describe, expect, test } from 'vitest';
import { readJson } from '../../../shared/platform/read-json.ts';
import { redact } from '../../../shared/platform/redaction/redact.ts';
import {
  decodeArgs,
  encodeArgs,
  hasAtMost,
} from '../../../shared/platform/server/isolates/isolate-protocol.ts';
import { checkSchemaHere, validateHere } from '../../../shared/platform/server/json-schema/validate-here.ts';
import { sizeOf } from '../../../shared/platform/server/json-schema/weight.ts';

const parse = (json: string) => readJson(json) as Record<string, unknown>;
const problems = (schema: string, value: string) =>
  validateHere(parse(schema), readJson(value)).map(({ path, message }) => `${path} ${message}`);

describe('a schema and numbers that are no doubles', () => {
  const accepted: [schema: string, value: string][] = [
    ['{"multipleOf":0.01}', '19.99'],
    ['{"multipleOf":0.01}', '12345678901234567890.12'],
    ['{"type":"integer","minimum":9007199254740993}', '9007199254740993'],
    ['{"type":"integer"}', '1.0'],
    ['{"type":"integer"}', '1e400'],
    ['{"type":["integer","null"],"format":"int64"}', '9223372036854775807'],
    ['{"const":9007199254740993}', '9007199254740993.0'],
    ['{"enum":[1,{"a":[9007199254740993]}]}', '{"a":[9007199254740993]}'],
    ['{"enum":[1]}', '1.0'],
    ['{"uniqueItems":true}', '[9007199254740992,9007199254740993]'],
    ['{"propertyNames":{"enum":["a"]}}', '{"a":9007199254740993}'],
    ['{"exclusiveMinimum":0.1}', '0.10000000000000000001'],
  ];
  test.each(accepted)('%s accepts %s', (schema, value) => {
    expect(checkSchemaHere(parse(schema))).toEqual([]);
    expect(problems(schema, value)).toEqual([]);
  });

  const refused: [schema: string, value: string, problem: string][] = [
    ['{"multipleOf":0.01}', '19.995', ' The value must be a multiple of 0.01'],
    ['{"maximum":9007199254740992}', '9007199254740993', ' The value must be at most 9007199254740992'],
    ['{"minimum":9007199254740993}', '9007199254740992', ' The value must be at least 9007199254740993'],
    ['{"exclusiveMaximum":0.1}', '0.10', ' The value must be less than 0.1'],
    ['{"const":9007199254740993}', '9007199254740992', ' The value must be 9007199254740993'],
    ['{"enum":[9007199254740993]}', '9007199254740992', ' The value must be one of 9007199254740993'],
    ['{"uniqueItems":true}', '[1,1.0]', ' The value items 0 and 1 are the same'],
    ['{"type":"integer"}', '9007199254740993.5', ' The value must be a whole number'],
    ['{"type":["string","object"]}', '9007199254740993', ' The value must be text or an object'],
    [
      '{"$schema":"https://json-schema.org/draft/2020-12/schema","$defs":{"n":{"maximum":9007199254740993}},"properties":{"a/b":{"items":{"$ref":"#/$defs/n"}}}}',
      '{"a/b":[1,9007199254740994]}',
      '/a~1b/1 a/b[1] must be at most 9007199254740993',
    ],
  ];
  test.each(refused)('%s refuses %s', (schema, value, problem) => {
    expect(problems(schema, value)).toEqual([problem]);
  });

  test('the next value is judged by itself', () => {
    expect(problems('{"maximum":5}', '9007199254740993')).toHaveLength(1);
    expect(problems('{"maximum":5}', '4')).toEqual([]);
  });

  test('limits that are no numbers, and an empty enum, are refused', () => {
    for (const schema of ['{"multipleOf":0}', '{"minimum":"1"}', '{"enum":[]}'])
      expect(checkSchemaHere(parse(schema)), schema).toHaveLength(1);
  });
});

test('numbers keep their digits on their way to an isolate', () => {
  const args = [readJson('{"a":[19.90,9007199254740993]}'), 'text'];
  expect(JSON.stringify(decodeArgs(encodeArgs(args)))).toBe('[{"a":[19.90,9007199254740993]},"text"]');
});

test('an exact number is one value', () => {
  const prices = readJson(`[${Array(1000).fill('12.50').join(',')}]`);
  expect(hasAtMost(prices, 1001)).toBe(true);
  expect(sizeOf(prices)).toBe(1001);
});

test('a secret number is redacted wherever it appears, and others keep their digits', () => {
  const schema = { properties: { pin: { writeOnly: true } } };
  const value = readJson('{"pin":9007199254740993,"copy":9007199254740993,"amount":19.90,"list":[1.0]}');
  const { value: shown, secrets } = redact(value, schema, []);
  expect(secrets).toEqual(['9007199254740993']);
  expect(JSON.stringify(shown)).toBe(
    '{"pin":"[redacted]","copy":"[redacted]","amount":19.90,"list":[1.0]}'.replaceAll(
      '[redacted]',
      (shown as { pin: string }).pin,
    ),
  );
});
