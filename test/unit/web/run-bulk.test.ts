import { describe, expect, it } from 'vitest';
import { resultWords, runBulk } from '../../../web/kit/bulk/run-bulk.ts';

describe('an action on several rows', () => {
  it('does one after the other; a refused one is named with its reason and stops no other', async () => {
    const log: string[] = [];
    const counts: number[] = [];
    const result = await runBulk(
      ['a', 'b', 'c'],
      async (row) => {
        log.push(`start ${row}`);
        await Promise.resolve();
        if (row === 'b') throw new Error('It is resolved');
        log.push(`end ${row}`);
      },
      { onDone: (count) => counts.push(count), stopped: () => false },
    );
    expect(log).toEqual(['start a', 'end a', 'start b', 'start c', 'end c']);
    expect(counts).toEqual([1, 2, 3]);
    expect(result).toEqual({
      done: ['a', 'c'],
      refused: [{ row: 'b', why: 'It is resolved' }],
      left: [],
    });
    expect(resultWords(result)).toBe('2 done, 1 refused');
  });

  it('sends nothing more once it is stopped, and says what it has not tried', async () => {
    let stopped = false;
    const result = await runBulk(
      ['a', 'b', 'c'],
      () => {
        stopped = true;
        return Promise.resolve();
      },
      { onDone: () => undefined, stopped: () => stopped },
    );
    expect(result).toEqual({ done: ['a'], refused: [], left: ['b', 'c'] });
    expect(resultWords(result)).toBe('1 done, 2 not tried');
  });
});
