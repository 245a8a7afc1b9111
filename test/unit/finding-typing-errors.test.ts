import { expect, test } from 'vitest';
import { isNearly, knownWords, typingErrors } from '../../shared/finding/typing-errors.ts';
import { randomFrom } from '../support/random-values.ts';

test('letters that are wrong, missing, too many or swapped are counted, to the beginning of a word too', () => {
  for (const [typed, known, errors] of [
    ['refund', 'refund', 0],
    ['refu', 'refund', 0],
    ['refnud', 'refund', 1],
    ['refumd', 'refund', 1],
    ['refnd', 'refund', 1],
    ['reffund', 'refunds', 1],
    ['rfeudn', 'refund', 2],
    ['refnu', 'refund', 1],
    ['payment', 'refund', 3],
    ['refunding', 'refund', 3],
  ] as const)
    expect(Math.min(typingErrors(typed, known, 2), 3), `${typed} ${known}`).toBe(errors);
});

test('a word is found with any two errors, as a table of all distances says', () => {
  const slow = (typed: string, known: string): number => {
    const rows = [Array.from({ length: known.length + 1 }, (_, at) => at)];
    for (let r = 1; r <= typed.length; r++) {
      rows.push([r]);
      for (let c = 1; c <= known.length; c++) {
        const same = typed[r - 1] === known[c - 1] ? 0 : 1;
        let best = Math.min(rows[r - 1]![c - 1]! + same, rows[r - 1]![c]! + 1, rows[r]![c - 1]! + 1);
        if (r > 1 && c > 1 && typed[r - 1] === known[c - 2] && typed[r - 2] === known[c - 1])
          best = Math.min(best, rows[r - 2]![c - 2]! + 1);
        rows[r]!.push(best);
      }
    }
    return Math.min(...rows.at(-1)!);
  };
  const random = randomFrom(20_261_122);
  const word = () =>
    Array.from({ length: 3 + Math.floor(random() * 6) }, () => 'abc'[Math.floor(random() * 3)]).join('');
  for (let n = 0; n < 5000; n++) {
    const [typed, known] = [word(), word()];
    expect(Math.min(typingErrors(typed, known, 2), 3), `${typed} ${known}`).toBe(
      Math.min(slow(typed, known), 3),
    );
  }
});

test('a query is spelled as names spell it, the nearest first; what has no error or no name is left', () => {
  const known = knownWords([
    'Refund order 17',
    'Refund is stuck',
    'tool_7 Refined oil',
    'Müller, Anna',
    'Stack',
    'ACME',
  ]);
  expect(known.correct('refnud')).toEqual(['refund']);
  expect(known.correct('refnud stcuk')).toEqual(['refund stuck']);
  expect(known.correct('refnud 17')).toEqual(['refund 17']);
  expect(known.correct('Toool_7')).toEqual(['tool_7']);
  expect(known.correct('muller')).toEqual(['müller']);
  expect(known.correct('acem')).toEqual(['acme']);
  // Three errors, short words, numbers, and what is spelled as a name.
  for (const q of ['rfnudd stcuk', 'oli', 'refund 18', 'refund', 'platypus', '', '--', 'refnud platypus'])
    expect(known.correct(q), q).toEqual([]);
  expect(isNearly('Egress rules Settings', ['egrss'])).toBe(true);
  expect(isNearly('Egress rules Settings', ['egrss', 'rulse'])).toBe(true);
  expect(isNearly('Egress rules Settings', ['platypus'])).toBe(false);
});

test('what a person types takes little time, whatever the names are', () => {
  const random = randomFrom(7);
  const word = () =>
    Array.from(
      { length: 4 + Math.floor(random() * 8) },
      () => 'etaoinshrdlu'[Math.floor(random() * 12)],
    ).join('');
  const vocabulary = Array.from({ length: 20_000 }, word);
  const titles = Array.from({ length: 10_000 }, () =>
    Array.from({ length: 6 }, () => vocabulary[Math.floor(random() * 20_000)]).join(' '),
  );
  const known = knownWords(titles);
  const hostile = Array.from({ length: 8 }, () => 'e'.repeat(40)).join(' ');
  const from = process.cpuUsage().user;
  known.correct('refnud stcuk');
  known.correct(hostile);
  known.correct('t'.repeat(200));
  // Of the processor, so that a busy machine does not matter: 60 ms where it was written.
  expect((process.cpuUsage().user - from) / 1000).toBeLessThan(1000);
});

test('long names that are all nearly alike are compared only so often', () => {
  const stem = 'abcdefghijklmnopqrstuvwxyzabcdefgh';
  const letters = 'bcdefghijk';
  const ending = (n: number) => [...`${n}`.padStart(5, '0')].map((digit) => letters[Number(digit)]).join('');
  const alike = Array.from({ length: 10_000 }, (_, title) =>
    [0, 1, 2, 3].map((at) => stem + ending(title * 4 + at)).join(' '),
  );
  const typed = `${stem.slice(0, 20)}x${stem.slice(21)}bcz`;
  const meant = `${stem}bcz`;
  expect(knownWords([meant, ...alike]).correct(typed)[0]).toBe(meant);
  // What comes after too many of them is not looked at.
  expect(knownWords([...alike, meant]).correct(typed)).not.toContain(meant);
});
