import { expect, test } from 'vitest';
import { diffJson } from '../../../shared/platform/diff-json.ts';
import { readJson } from '../../../shared/platform/read-json.ts';

test('each difference is at its place, and equal values have none', () => {
  const before = { a: 1, list: [1, { b: 'x' }], gone: null, same: { deep: [true] } };
  const after = { a: 2, list: [1, { b: 'y' }, 3], same: { deep: [true] }, 'new/key': {} };
  expect(diffJson(before, after)).toEqual({
    changes: [
      { path: '/a', before: 1, after: 2 },
      { path: '/list/1/b', before: 'x', after: 'y' },
      { path: '/list/2', after: 3 },
      { path: '/gone', before: null },
      { path: '/new~1key', after: {} },
    ],
    more: 0,
  });
  expect(diffJson(before, structuredClone(before))).toBeNull();
});

test('numbers are compared as numbers, and kinds are told apart', () => {
  expect(
    diffJson(
      readJson('{"n": 1.50, "m": 12345678901234567890}'),
      readJson('{"n": 1.5, "m": 12345678901234567890}'),
    ),
  ).toBeNull();
  expect(diffJson(readJson('12345678901234567890'), readJson('12345678901234567891'))).not.toBeNull();
  expect(diffJson({ a: [] }, { a: {} })?.changes).toEqual([{ path: '/a', before: [], after: {} }]);
  expect(diffJson('1', 1)?.changes).toEqual([{ path: '', before: '1', after: 1 }]);
  expect(diffJson({}, JSON.parse('{"__proto__": 1}'))?.changes).toEqual([{ path: '/__proto__', after: 1 }]);
});

test('a report stays small: 20 places, and the beginning of long values', () => {
  const many = diffJson(
    Array.from({ length: 30 }, () => 0),
    Array.from({ length: 30 }, () => 1),
  );
  expect([many?.changes.length, many?.more]).toEqual([20, 10]);
  const [change] = diffJson('', 'x'.repeat(5_000))!.changes;
  expect(String(change!.after)).toHaveLength(1_001);
});
