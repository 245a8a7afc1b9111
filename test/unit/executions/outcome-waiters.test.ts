import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createOutcomeWaiters } from '../../../shared/executions/server/outcome-waiters.ts';

test('an execution that ends resolves its own waits and no other', async () => {
  const waiters = createOutcomeWaiters();
  const waits = [waiters.wait('x'), waiters.wait('x'), waiters.wait('y')];
  waiters.settled('x');
  expect(await Promise.all([waits[0]!.settled, waits[1]!.settled])).toEqual([null, null]);
  let other = 'waiting';
  void waits[2]!.settled.then(() => (other = 'resolved'));
  await setImmediate();
  expect(other).toBe('waiting');
});

test('a process that ends resolves every wait, and every later one', async () => {
  const waiters = createOutcomeWaiters();
  const before = waiters.wait('x');
  waiters.release();
  expect(await before.settled).toBeNull();
  expect(await waiters.wait('y').settled).toBeNull();
});
