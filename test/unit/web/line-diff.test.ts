import { expect, test } from 'vitest';
import { diffLines, foldDiff } from '../../../web/kit/diff/line-diff.ts';

const text = (lines: string[]) => lines.join('\n');

test('a diff contains both sides, line for line', () => {
  const before = text(['{', '  "a": 1,', '  "b": 2,', '  "c": 3', '}']);
  const after = text(['{', '  "a": 1,', '  "b": 20,', '  "c": 3,', '  "d": 4', '}']);
  const lines = diffLines(before, after);
  expect(text(lines.filter((line) => line.kind !== 'added').map((line) => line.text))).toBe(before);
  expect(text(lines.filter((line) => line.kind !== 'removed').map((line) => line.text))).toBe(after);
  expect(lines.filter((line) => line.kind === 'same').map((line) => line.text.trim())).toEqual([
    '{',
    '"a": 1,',
    '}',
  ]);
  expect(lines.find((line) => line.text.includes('"d"'))).toMatchObject({ kind: 'added', after: 5 });
});

test('equal texts have no changes, and thousands of replaced lines keep what surrounds them', () => {
  expect(diffLines('a\nb', 'a\nb').every((line) => line.kind === 'same')).toBe(true);
  const left = Array.from({ length: 2500 }, (_, index) => `left ${index}`);
  const right = Array.from({ length: 2500 }, (_, index) => `right ${index}`);
  const lines = diffLines(text(['head', ...left, 'tail']), text(['head', ...right, 'tail']));
  expect(lines).toHaveLength(5002);
  expect(lines[0]).toMatchObject({ kind: 'same', text: 'head' });
  expect(lines.at(-1)).toMatchObject({ kind: 'same', text: 'tail' });
});

test('texts with too many edits are shown as replaced, with every line present', () => {
  const left = Array.from({ length: 2600 }, (_, index) => `left ${index}`);
  const right = Array.from({ length: 2600 }, (_, index) => `right ${index}`);
  const lines = diffLines(text(left), text(right));
  expect(lines.filter(({ kind }) => kind === 'removed').map((line) => line.text)).toEqual(left);
  expect(lines.filter(({ kind }) => kind === 'added').map((line) => line.text)).toEqual(right);
  expect(lines.at(-1)).toMatchObject({ after: 2600 });
});

test('unchanged lines are folded, except for three around a change', () => {
  const before = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const after = before.with(15, 'changed');
  const parts = foldDiff(diffLines(text(before), text(after)));
  expect(parts.map((part) => [part.folded, part.lines.length])).toEqual([
    [true, 12],
    [false, 8],
    [true, 11],
  ]);
});
