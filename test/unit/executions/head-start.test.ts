import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AttemptReport } from '../../../shared/executions/execution-contract.ts';
import { createHeadStart, type FirstAttempt } from '../../../shared/executions/server/head-start.ts';
import { holdCall, type PreparedCall } from '../../../shared/executions/server/prepared-call.ts';

const succeeded: AttemptReport = { state: 'succeeded' };
const call = {} as PreparedCall;

describe('a first attempt that begins before its workflow', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('its workflow takes the report, once', () => {
    const headStart = createHeadStart();
    headStart.keepReport('x', succeeded);
    expect(headStart.takeReport('x')).toEqual(succeeded);
    expect(headStart.takeReport('x')).toBeNull();
  });

  test('a report that no workflow takes is dropped after a minute', () => {
    const headStart = createHeadStart();
    headStart.keepReport('x', succeeded);
    vi.advanceTimersByTime(60_001);
    headStart.keepReport('y', succeeded);
    expect([headStart.takeReport('x'), headStart.takeReport('y')]).toEqual([null, succeeded]);
  });

  test('there is none without a worker, nor while the worker has no place', () => {
    const headStart = createHeadStart();
    expect(headStart.offer('t')).toBeNull();
    const first = { worker: 'w' } as FirstAttempt;
    headStart.onOffer((tenantId) => (tenantId === 't' ? first : null));
    expect([headStart.offer('t'), headStart.offer('u')]).toEqual([first, null]);
    headStart.onOffer(null);
    expect(headStart.offer('t')).toBeNull();
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
