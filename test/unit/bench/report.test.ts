import { describe, expect, test } from 'vitest';
import type { BenchRow } from '../../bench/bench-row.ts';
import { handWritten, rowsToMarkdown, toPage } from '../../bench/report.ts';

const row: BenchRow = {
  number: 1,
  name: 'one ÷ other',
  value: 0.251,
  quartiles: [0.2, 0.3],
  aim: { op: '<=', value: 0.25 },
};

describe('the page of the benches', () => {
  test('says of each row whether its aim is met, by the exact value', () => {
    expect(rowsToMarkdown([row])).toContain('| 1 | one ÷ other | 0.25 | 0.20 to 0.30 | ≤ 0.25 | not met |');
    expect(rowsToMarkdown([{ ...row, value: 0.25 }])).toContain('| ≤ 0.25 | met |');
    expect(rowsToMarkdown([{ ...row, aim: { op: '>=', value: 0.2 } }])).toContain('| ≥ 0.2 | met |');
  });

  test('a value that could not be measured meets no aim', () => {
    expect(rowsToMarkdown([{ ...row, value: Number.NaN }])).toContain(
      '| – | 0.20 to 0.30 | ≤ 0.25 | not met |',
    );
  });

  test('details stand below the table', () => {
    const table = { head: ['a', 'b'], rows: [['x', 2]] };
    expect(rowsToMarkdown([{ ...row, table }])).toContain(
      '### 1: one ÷ other\n\n| a | b |\n| --- | --- |\n| x | 2 |',
    );
  });

  test('what was written by hand stays, unchanged', () => {
    const first = toPage([row], 'An older page without marks.', '2026-01-01');
    const edited = first.replace('-->\n\n<!-- End', '-->\n\n## What was tried\n\n| x |\n\n<!-- End');
    const second = toPage([], edited, '2026-01-02');
    expect(handWritten(second)).toBe(handWritten(edited));
    expect(second).toContain('## What was tried\n\n| x |');
  });
});
