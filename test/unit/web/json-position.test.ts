import { describe, expect, it } from 'vitest';
import { lineOf, mapJson, pointerAt, rangeOf } from '../../../web/kit/json-editor/json-position.ts';

const text = `{
  "amount": -1.5e3,
  "a/b": { "~x": [true, null, "q\\"uote"] },
  "empty": {}
}`;
const map = mapJson(text);
const shown = (pointer: string) => {
  const { from, to } = rangeOf(map, pointer);
  return text.slice(from, to);
};

describe('where a JSON Pointer is in a text', () => {
  it('is the value itself for scalars', () => {
    expect(shown('/amount')).toBe('-1.5e3');
    expect(shown('/a~1b/~0x/1')).toBe('null');
    expect(shown('/a~1b/~0x/2')).toBe('"q\\"uote"');
  });

  it('is the name for what holds other values', () => {
    expect(shown('/a~1b')).toBe('"a/b"');
    expect(shown('/empty')).toBe('{}');
    expect(shown('')).toBe('{');
  });

  it('is the nearest thing above for what is not there', () => {
    expect(shown('/a~1b/missing')).toBe('"a/b"');
    expect(shown('/missing')).toBe('{');
  });

  it('goes the other way as well', () => {
    expect(pointerAt(map, text.indexOf('null') + 1)).toBe('/a~1b/~0x/1');
    expect(pointerAt(map, text.indexOf('"amount"') + 2)).toBe('/amount');
    expect(lineOf(text, text.indexOf('"a/b"'))).toEqual({ line: 3, column: 3 });
  });

  it.each([
    ['{"a": 1,}', 7, 'no comma after the last'],
    ['{"a" 1}', 5, 'colon'],
    ['{a: 1}', 1, 'double quotes'],
    ['[1 2]', 3, 'comma'],
    ['{"a": "x', 6, 'closing quote'],
    ['{"a": tru}', 6, 'not a JSON value'],
    ['[1', 2, '“]” is missing'],
    ['1 2', 2, 'Nothing may follow'],
    ['', 0, 'nothing here'],
    ['[01]', 2, 'comma'],
  ])('says what is wrong with %j', (broken, at, words) => {
    const { problem } = mapJson(broken);
    expect(problem?.at).toBe(at);
    expect(problem?.message).toContain(words);
  });

  it('agrees with the platform about what is JSON', () => {
    for (const sample of ['{}', ' [1, -0, 0.5E-2, "\\u00e9"] ', 'null', '"a\\nb"', '{"":{"":[]}}']) {
      expect(mapJson(sample).problem).toBeNull();
      expect(() => JSON.parse(sample)).not.toThrow();
    }
    for (const sample of ['{', '"\\x"', '.5', '+1', '[,]', '{"a":}', 'nul', "'a'"]) {
      expect(mapJson(sample).problem).not.toBeNull();
      expect(() => JSON.parse(sample)).toThrow();
    }
  });
});
