import { describe, expect, test } from 'vitest';
import type { AttemptReport } from '../../../shared/executions/execution-contract.ts';
import { createOutcomes, type PreparedCall } from '../../../shared/executions/server/outcomes.ts';

const succeeded: AttemptReport = { state: 'succeeded' };
const ids = { tenantId: 't', executionId: 'x' };
const prepared = {} as PreparedCall;

describe('waiting for an outcome in the same process', () => {
  test('everybody who waits hears of it, once', async () => {
    const outcomes = createOutcomes();
    const waits = [outcomes.wait('x'), outcomes.wait('x'), outcomes.wait('y')];
    outcomes.settled('x');
    expect(await Promise.all([waits[0]!.settled, waits[1]!.settled])).toEqual([null, null]);
    const other = await Promise.race([waits[2]!.settled.then(() => 'heard'), Promise.resolve('waiting')]);
    expect(other).toBe('waiting');
  });

  test('a process that ends lets everybody go, whoever comes later too', async () => {
    const outcomes = createOutcomes();
    const before = outcomes.wait('x');
    outcomes.release();
    expect(await before.settled).toBeNull();
    expect(await outcomes.wait('y').settled).toBeNull();
  });
});

describe('an attempt that is under way', () => {
  test('is joined by whoever asks for it again', async () => {
    const outcomes = createOutcomes();
    let calls = 0;
    const { promise, resolve } = Promise.withResolvers<AttemptReport>();
    const work = () => {
      calls++;
      return promise;
    };
    const both = [outcomes.run('x', work), outcomes.run('x', work)];
    expect(outcomes.isRunning('x')).toBe(true);
    resolve(succeeded);
    expect(await Promise.all(both)).toEqual([succeeded, succeeded]);
    expect([calls, outcomes.isRunning('x')]).toEqual([1, false]);
  });

  test('is aborted with a reason', async () => {
    const outcomes = createOutcomes();
    let reason: unknown;
    const running = outcomes.run('x', async (signal) => {
      await new Promise((done) => signal.addEventListener('abort', done));
      reason = signal.reason;
      return succeeded;
    });
    expect(outcomes.abort('x', 'cancelled')).toBe(true);
    await running;
    expect(reason).toBe('cancelled');
    expect(outcomes.abort('x', 'cancelled')).toBe(false);
  });
});

describe('a first attempt that is begun before its workflow comes', () => {
  test('leaves its report for the workflow, once', async () => {
    const outcomes = createOutcomes();
    outcomes.onBegin(() => Promise.resolve(succeeded));
    outcomes.begin(ids, prepared);
    await Promise.resolve();
    await Promise.resolve();
    expect(outcomes.takeReport('x')).toEqual(succeeded);
    expect(outcomes.takeReport('x')).toBeNull();
  });

  test('that fails unexpectedly leaves nothing: the workflow finds out by itself', async () => {
    const outcomes = createOutcomes();
    outcomes.onBegin(() => Promise.reject(new Error('a bug')));
    outcomes.begin(ids, prepared);
    await new Promise((done) => setImmediate(done));
    expect(outcomes.takeReport('x')).toBeNull();
  });

  test('is not begun without a worker', () => {
    const outcomes = createOutcomes();
    outcomes.begin(ids, prepared);
    expect(outcomes.isRunning('x')).toBe(false);
  });
});
