import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  canonicalNumber,
  compareNumbers,
  ExactNumber,
  fittingDouble,
  isMultipleOf,
  plainDigits,
} from '../../../shared/platform/exact-number.ts';
import { fitTo } from '../../../shared/platform/fit-numbers.ts';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { hasUnusualNumbers, JsonLimitError, readJson } from '../../../shared/platform/read-json.ts';

/** A generator that the seed decides, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function digits(next: (below: number) => number, length: number): string {
  return Array.from({ length }, () => String(next(10))).join('');
}

/** A number as JSON allows it, with an exponent or without. */
function randomNumber(next: (below: number) => number, exponents: boolean): string {
  const whole = next(3) === 0 ? '0' : `${1 + next(9)}${digits(next, next(25))}`;
  const fraction = next(2) === 0 ? '' : `.${digits(next, 1 + next(25))}`;
  const power = exponents && next(3) === 0 ? `${'eE'[next(2)]}${['', '+', '-'][next(3)]}${next(30)}` : '';
  return `${next(3) === 0 ? '-' : ''}${whole}${fraction}${power}`;
}

/** A JSON text with unusual numbers, and texts that look like them. */
function randomJson(next: (below: number) => number, depth = 0): string {
  const space = [' ', '\n\t', '', '', ''][next(5)]!;
  const kind = next(depth > 3 ? 5 : 7);
  const several = <T>(make: () => T): T[] => Array.from({ length: next(5) }, make);
  const key = () => JSON.stringify(['a', 'b', '1.0', '__proto__', 'constructor', 'ü"\\'][next(6)]);
  switch (kind) {
    case 0:
    case 1:
    case 2:
      return space + randomNumber(next, false).replace(/^-(?=[0.]*$)/, '');
    case 3:
      return ['true', 'false', 'null'][next(3)]!;
    case 4:
      return JSON.stringify(['at: 19.90, 1e5', '9007199254740993', ' -0', '\u2028"\\'][next(4)]);
    case 5:
      return `[${several(() => randomJson(next, depth + 1)).join(',')}${space}]`;
    default: {
      const members = new Map(several(() => [key(), randomJson(next, depth + 1)]));
      return `{${[...members].map(([name, value]) => `${name}:${value}`).join(`${space},`)}}`;
    }
  }
}

/** Without whitespace outside of texts. */
const compact = (json: string): string => json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

describe('JSON with exact numbers', () => {
  test('20,000 random texts are written as they were read', () => {
    const next = random(20_260_101);
    for (let round = 0; round < 20_000; round++) {
      const text = randomJson(next);
      expect(JSON.stringify(readJson(text)), text).toBe(compact(text));
    }
  });

  test('20,000 random numbers keep their value, in any notation', () => {
    const next = random(7);
    for (let round = 0; round < 20_000; round++) {
      const text = randomNumber(next, true);
      const read = readJson(text) as number | ExactNumber;
      const written = JSON.stringify(read);
      // The same digits and the same power of ten.
      expect(scientific(written), text).toBe(scientific(text));
      expect(written).not.toMatch(/e/i);
      // What PostgreSQL gives back is read as the same again.
      expect(JSON.stringify(readJson(written))).toBe(written);
      const double = typeof read === 'number' ? read : fittingDouble(read);
      if (double !== null) expect(scientific(String(double)), text).toBe(scientific(text));
      else expect(scientific(String(Number(text))), text).not.toBe(scientific(text));
    }
  });

  function scientific(text: string): string {
    const [, sign = '', whole = '', fraction = '', power = '0'] =
      /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)!;
    const all = (whole + fraction).replace(/^0+/, '');
    const kept = all.replace(/0+$/, '');
    if (kept === '') return '0';
    return `${sign}${kept}e${Number(power) - fraction.length + all.length - kept.length}`;
  }

  test('ordinary JSON takes the native parser', () => {
    const ordinary = {
      at: '2026-11-21T19:58:22.120Z',
      id: '0192abcd-3e10-7e11-9abc-123456789012',
      values: [0, -1, 0.1, 12.34, 123456789012345, 0.000001, -0.5, true, null],
    };
    expect(hasUnusualNumbers(JSON.stringify(ordinary))).toBe(false);
    expect(hasUnusualNumbers(JSON.stringify(ordinary, null, 2))).toBe(false);
    for (const text of ['1.0', '[-0]', '{"a": 1e5}', '[1,\n2.50\n]', '9007199254740993', '0.00000001'])
      expect(hasUnusualNumbers(text), text).toBe(true);
  });

  test('few characters cannot become many digits', () => {
    expect(() => readJson(`[${Array(10_000).fill('1e999').join(',')}]`)).toThrow(JsonLimitError);
  });

  test('keys that are special to JavaScript stay keys', () => {
    const read = readJson('{"__proto__":{"a":1.0},"constructor":2.0}') as Record<string, JsonValue>;
    expect(Object.keys(read)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  test('numbers that are too long and JSON that is too deep are refused', () => {
    for (const text of ['1e1000', '1e-1001', '9'.repeat(1001), '1e999999999'])
      expect(() => readJson(text)).toThrow(JsonLimitError);
    expect(() => readJson(`${'['.repeat(200_000)}1.0${']'.repeat(200_000)}`)).toThrow(JsonLimitError);
    expect(() => readJson('[1.0')).toThrow(SyntaxError);
    expect(JSON.stringify(readJson('9'.repeat(1000)))).toHaveLength(1000);
  });
});

describe('exact numbers', () => {
  const exact = (text: string) => new ExactNumber(text);

  test('an exponent is written out as PostgreSQL does', () => {
    const forms = {
      '1E2': '100',
      '1.50e3': '1500',
      '1.5000e2': '150.00',
      '-2.5e-3': '-0.0025',
      '0.00e1': '0.0',
      '0e-3': '0.000',
      '-0': '0',
      '-0.0': '0.0',
      '-0e5': '0',
    };
    for (const [text, plain] of Object.entries(forms)) expect(plainDigits(text), text).toBe(plain);
  });

  test('they are compared by value', () => {
    expect(compareNumbers(exact('9007199254740993'), 9007199254740992)).toBeGreaterThan(0);
    expect(compareNumbers(exact('-9007199254740993'), -9007199254740992)).toBeLessThan(0);
    expect(compareNumbers(exact('0.10'), 0.1)).toBe(0);
    expect(compareNumbers(exact('0.10000000000000000001'), 0.1)).toBeGreaterThan(0);
    expect(compareNumbers(1e21, exact('1000000000000000000000'))).toBe(0);
  });

  test('a multiple is one of decimals', () => {
    const multiples: [number | ExactNumber, number | ExactNumber, boolean][] = [
      [19.99, 0.01, true],
      [19.995, 0.01, false],
      [0.3, 0.1, true],
      [1e21, 7, false],
      [exact('12345678901234567890.12'), 0.01, true],
      [exact('12345678901234567890.125'), 0.01, false],
      [exact('9007199254740993'), 2, false],
      [0, 0.01, true],
      [-4.5, 1.5, true],
    ];
    for (const [value, divisor, wanted] of multiples)
      expect(isMultipleOf(value, divisor), `${value} of ${divisor}`).toBe(wanted);
  });

  test('equal values have one canonical form, which is that of the double', () => {
    expect(canonicalNumber(exact('1.50'))).toBe(canonicalNumber(1.5));
    expect(canonicalNumber(exact('0.00000001'))).toBe(canonicalNumber(1e-8));
    expect(canonicalNumber(exact('1000000000000000000000'))).toBe('1e+21');
    expect(canonicalNumber(exact('9007199254740993.0'))).toBe('9007199254740993');
    expect(canonicalNumber(exact('9007199254740993'))).not.toBe(canonicalNumber(9007199254740992));
  });

  test('only a value that a double holds fits one', () => {
    expect(fittingDouble(exact('19.90'))).toBe(19.9);
    expect(fittingDouble(exact('0.0'))).toBe(0);
    expect(fittingDouble(exact('9007199254740993'))).toBe(null);
    expect(fittingDouble(exact(`1${'0'.repeat(400)}`))).toBe(null);
    expect(fittingDouble(exact('0.1000000000000000055'))).toBe(null);
  });

  test('a number field takes 1.0, and any JSON keeps it', () => {
    const schema = z.object({
      limit: z.int(),
      either: z.union([z.number(), z.boolean()]),
      items: z.array(z.object({ count: z.number() })),
      payload: z.unknown(),
    });
    const sent = readJson(
      '{"limit":5.0,"either":2.50,"items":[{"count":1},{"count":2.0}],"payload":{"a":1.0}}',
    );
    expect(JSON.stringify(schema.parse(fitTo(schema, sent)))).toBe(
      '{"limit":5,"either":2.5,"items":[{"count":1},{"count":2}],"payload":{"a":1.0}}',
    );
    const tooLong = readJson('{"limit":9007199254740993}');
    expect(fitTo(schema, tooLong)).toBe(tooLong);
  });
});
