import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createQuietMoments } from '../../../shared/executions/server/quiet-moments.ts';

describe('what gives way to requests', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function begin() {
    let crowded = false;
    const gone: number[] = [];
    const quiet = createQuietMoments(() => crowded);
    return {
      quiet,
      gone,
      add: (count: number) => {
        for (let i = 0; i < count; i++)
          void quiet.next().then(() => gone.push(Math.round(performance.now())));
      },
      crowd: () => {
        crowded = true;
      },
    };
  }

  test('goes at once when no request has come for some time', async () => {
    const { gone, add } = begin();
    const from = Math.round(performance.now());
    add(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual([from]);
  });

  test('waits for a pause, then goes one by one', async () => {
    const { quiet, gone, add } = begin();
    const from = Math.round(performance.now());
    quiet.busy();
    add(3);
    await vi.advanceTimersByTimeAsync(100);
    expect(gone.map((at) => at - from)).toEqual([10, 15, 20]);
  });

  test('waits no longer than a quarter of a second while requests follow each other', async () => {
    const { quiet, gone, add } = begin();
    const from = performance.now();
    quiet.busy();
    add(2);
    for (let at = 0; at < 400; at += 4) {
      await vi.advanceTimersByTimeAsync(4);
      quiet.busy();
    }
    expect(gone).toHaveLength(2);
    for (const at of gone) expect(at - from).toBeLessThan(260);
  });

  test('goes at once, the first first, while there is much to do', async () => {
    const { quiet, gone, add, crowd } = begin();
    quiet.busy();
    add(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual([]);
    crowd();
    add(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toHaveLength(4);
  });
});
