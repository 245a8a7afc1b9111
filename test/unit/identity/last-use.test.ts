import { describe, expect, test, vi } from 'vitest';
import { createLastUse, type Use } from '../../../shared/identity/server/last-use.ts';

describe('when something was last used', () => {
  test('uses are written together, once a minute for each, and again after a write that failed', async () => {
    vi.useFakeTimers();
    try {
      const written: string[][] = [];
      let broken = false;
      const lastUse = createLastUse(async (uses: Use[]) => {
        if (broken) throw new Error('away');
        written.push(uses.map(({ id, address }) => `${id} ${address}`));
      });
      for (let request = 0; request < 100; request++) lastUse.note('a', '10.0.0.1');
      lastUse.note('b', '10.0.0.2');
      await vi.advanceTimersByTimeAsync(1_000);
      expect(written).toEqual([['a 10.0.0.1', 'b 10.0.0.2']]);
      lastUse.note('a', '10.0.0.3');
      await vi.advanceTimersByTimeAsync(1_000);
      expect(written).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(60_000);
      broken = true;
      lastUse.note('a', '10.0.0.3');
      await vi.advanceTimersByTimeAsync(1_000);
      broken = false;
      lastUse.note('a', '10.0.0.3');
      await vi.advanceTimersByTimeAsync(1_000);
      expect(written.slice(1)).toEqual([['a 10.0.0.3']]);
    } finally {
      vi.useRealTimers();
    }
  });
});
