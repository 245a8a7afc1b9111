import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AttemptReport } from '../../../shared/executions/execution-contract.ts';
import { createHeadStart } from '../../../shared/executions/server/head-start.ts';
import { holdCall, type PreparedCall } from '../../../shared/executions/server/prepared-call.ts';

const succeeded: AttemptReport = { state: 'succeeded' };
const ids = { tenantId: 't', executionId: 'x' };
const call = {} as PreparedCall;

describe('a first attempt that begins before its workflow task arrives', () => {
  test('a head start leaves its report to the workflow, once', async () => {
    const headStart = createHeadStart();
    headStart.onBegin(() => Promise.resolve(succeeded));
    headStart.begin(ids, () => call);
    await new Promise((done) => setImmediate(done));
    expect(headStart.takeReport('x')).toEqual(succeeded);
    expect(headStart.takeReport('x')).toBeNull();
  });

  test('a head start that fails unexpectedly leaves no report', async () => {
    const headStart = createHeadStart();
    headStart.onBegin(() => Promise.reject(new Error('a bug')));
    headStart.begin(ids, () => call);
    await new Promise((done) => setImmediate(done));
    expect(headStart.takeReport('x')).toBeNull();
  });

  test('a head start does not begin without a worker', async () => {
    const headStart = createHeadStart();
    let attempts = 0;
    headStart.onBegin(() => {
      attempts++;
      return Promise.resolve(succeeded);
    });
    headStart.onBegin(null);
    headStart.begin(ids, () => call);
    await new Promise((done) => setImmediate(done));
    expect([attempts, headStart.takeReport('x')]).toEqual([0, null]);
  });
});

describe('the moment at which a workflow has done its first task', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('it is reported once, when the workflow asks for its attempt', () => {
    const headStart = createHeadStart();
    headStart.onBegin(() => Promise.resolve(succeeded));
    const reported = vi.fn();
    headStart.onJoin('x', reported);
    expect(reported).not.toHaveBeenCalled();
    headStart.takeReport('x');
    headStart.takeReport('x');
    vi.advanceTimersByTime(10_000);
    expect(reported).toHaveBeenCalledOnce();
  });

  test('a task that is lost is not waited for', () => {
    const headStart = createHeadStart();
    headStart.onBegin(() => null);
    const reported = vi.fn();
    headStart.onJoin('x', reported);
    vi.advanceTimersByTime(5000);
    expect(reported).toHaveBeenCalledOnce();
  });

  test('without a worker there is no task to wait for', () => {
    const reported = vi.fn();
    createHeadStart().onJoin('x', reported);
    expect(reported).toHaveBeenCalledOnce();
  });
});

describe('a prepared call with its clear secret', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('a prepared call is taken once', () => {
    const take = holdCall(call);
    expect(take()).toBe(call);
    expect(take()).toBeNull();
  });

  test('a prepared call is dropped after half a second', () => {
    const take = holdCall(call);
    vi.advanceTimersByTime(499);
    const late = holdCall(call);
    vi.advanceTimersByTime(1);
    expect(take()).toBeNull();
    expect(late()).toBe(call);
  });
});
