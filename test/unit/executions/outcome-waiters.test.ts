import { expect, test } from 'vitest';
import { createOutcomeWaiters } from '../../../shared/executions/server/outcome-waiters.ts';

test('everyone who waits for an execution hears of its end, no one else', async () => {
  const waiters = createOutcomeWaiters();
  const waits = [waiters.wait('x'), waiters.wait('x'), waiters.wait('y')];
  waiters.settled('x');
  expect(await Promise.all([waits[0]!.settled, waits[1]!.settled])).toEqual([null, null]);
  const other = await Promise.race([waits[2]!.settled.then(() => 'heard'), Promise.resolve('waiting')]);
  expect(other).toBe('waiting');
});

test('a process that ends resolves every wait, later ones too', async () => {
  const waiters = createOutcomeWaiters();
  const before = waiters.wait('x');
  waiters.release();
  expect(await before.settled).toBeNull();
  expect(await waiters.wait('y').settled).toBeNull();
});
