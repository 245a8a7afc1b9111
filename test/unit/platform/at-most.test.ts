import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atMost } from '../../../shared/platform/server/at-most.ts';

test('no more than the places work at once, and each gets its turn, also after a failure', async () => {
  const limited = atMost(3);
  let [now, most] = [0, 0];
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      limited(async () => {
        now += 1;
        most = Math.max(most, now);
        await setImmediate();
        now -= 1;
        if (index % 4 === 0) throw new Error('failed');
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(15);
  expect(await limited(async () => 'again')).toBe('again');
});
