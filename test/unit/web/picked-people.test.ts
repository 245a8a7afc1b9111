import { expect, test } from 'vitest';
import { mentionedByName, partsOf, referencesIn } from '../../../shared/exceptions/mentions.ts';
import {
  isFoundBy,
  queryBefore,
  withIds,
  withLabel,
} from '../../../web/features/exceptions/parts/picked-people.ts';

const ana = { id: 'a1', name: 'Ana (ops) $&', email: 'ana@x.example' };
const otherAna = { id: 'a2', name: 'Ana (ops) $&', email: 'ana2@x.example' };
const an = { id: 'a3', name: 'An', email: 'an@x.example' };

test('a name is asked for after an @ that begins a word, for at most two words', () => {
  expect(queryBefore('Ask @an', 7)).toEqual({ text: 'an', at: 4 });
  expect(queryBefore('@Ana Si', 7)).toEqual({ text: 'Ana Si', at: 0 });
  expect(queryBefore('(@', 2)).toEqual({ text: '', at: 1 });
  for (const text of ['a@b.c', '@Ana Silva is', '@a\nb', 'no one'])
    expect(queryBefore(text, text.length), text).toBeNull();
  expect(queryBefore('@ana and more', 4)).toEqual({ text: 'ana', at: 0 });
});

test('people of one name are told apart, and each is sent by their id', () => {
  const first = withLabel([], ana);
  expect(withLabel(first.picked, ana)).toEqual(first);
  const both = withLabel(first.picked, otherAna);
  const all = withLabel(both.picked, an);
  expect([first.label, both.label, all.label]).toEqual([
    '@Ana (ops) $&',
    '@Ana (ops) $& (ana2@x.example)',
    '@An',
  ]);
  expect(withIds(`${both.label} and ${first.label}, @An. @Andy @Ana`, all.picked)).toBe(
    '@[a2] and @[a1], @[a3]. @Andy @Ana',
  );
  expect(withIds('@An', [])).toBe('@An');
});

test('a text is shown in parts, and only those who are mentioned become people', () => {
  const mentions = [{ id: 'a1', name: 'Ana <i>' }];
  expect(partsOf('@[a1] and @[b2]@[a1]', mentions)).toEqual([mentions[0], ' and @[b2]', mentions[0]]);
  expect(partsOf('', mentions)).toEqual([]);
  expect(mentionedByName('@[a1], @[b2]', mentions)).toBe('@Ana <i>, @[b2]');
  expect(referencesIn('@[a] @[a] @[] @[b c] @[[d]] @[e@x.example]')).toEqual(['a', 'e@x.example']);
});

test('someone is found by the beginning of a word of their name or of their address', () => {
  const ben = { name: 'Ben Berg', email: 'bb@x.example' };
  for (const text of ['', 'BEN', 'ber', 'Ben B', 'ben ', 'bb@'])
    expect(isFoundBy(ben, text), text).toBe(true);
  for (const text of ['en', 'bea', 'x.example']) expect(isFoundBy(ben, text), text).toBe(false);
});
