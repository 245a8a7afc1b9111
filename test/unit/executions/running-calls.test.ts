import { expect, test } from 'vitest';
import type { AttemptReport } from '../../../shared/executions/execution-contract.ts';
import { createRunningCalls } from '../../../shared/executions/server/running-calls.ts';

const succeeded: AttemptReport = { state: 'succeeded' };

test('a second request for a running attempt joins it', async () => {
  const running = createRunningCalls();
  let calls = 0;
  const { promise, resolve } = Promise.withResolvers<AttemptReport>();
  const work = () => {
    calls++;
    return promise;
  };
  const both = [running.run('x', work), running.run('x', work)];
  expect(running.has('x')).toBe(true);
  resolve(succeeded);
  expect(await Promise.all(both)).toEqual([succeeded, succeeded]);
  expect([calls, running.has('x')]).toEqual([1, false]);
});

test('`idle` waits for running attempts, also for those that fail', async () => {
  const running = createRunningCalls();
  const { promise, reject } = Promise.withResolvers<AttemptReport>();
  running.run('x', () => promise).catch(() => {});
  let idle = false;
  const waited = running.idle().then(() => {
    idle = true;
  });
  await new Promise((done) => setImmediate(done));
  expect(idle).toBe(false);
  reject(new Error('a bug'));
  await waited;
  await createRunningCalls().idle();
});

test('a running attempt is aborted with its reason, and an ended one is not', async () => {
  const running = createRunningCalls();
  let reason: unknown;
  const report = running.run('x', async (signal) => {
    await new Promise((done) => signal.addEventListener('abort', done));
    reason = signal.reason;
    return succeeded;
  });
  expect(running.abort('x', 'cancelled')).toBe(true);
  await report;
  expect(reason).toBe('cancelled');
  expect(running.abort('x', 'cancelled')).toBe(false);
});
