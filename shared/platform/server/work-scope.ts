import { AsyncLocalStorage } from 'node:async_hooks';
import type { TraceContext } from '../trace-context.ts';

/** What the work in progress belongs to. All log lines and spans name it. */
export interface WorkScope {
  requestId?: string | undefined;
  executionId?: string | undefined;
  runId?: string | undefined;
  /** The span that further spans belong to. */
  trace?: TraceContext | undefined;
}

const storage = new AsyncLocalStorage<WorkScope>();
const none: WorkScope = {};

export const currentScope = (): WorkScope => storage.getStore() ?? none;

/** Runs `work` with more known about it. */
export function inScope<T>(more: WorkScope, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...more }, work);
}

/** Runs what a request only happened to begin: it belongs to everyone. */
export const outOfScope = <T>(work: () => T): T => storage.run(none, work);

/** The fields of a log line. */
export function scopeFields(): Record<string, string> {
  const { requestId, executionId, runId, trace } = currentScope();
  return {
    ...(requestId !== undefined && { requestId }),
    ...(executionId !== undefined && { executionId }),
    ...(runId !== undefined && { runId }),
    ...(trace !== undefined && { traceId: trace.traceId }),
  };
}
