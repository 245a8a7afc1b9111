import type { Client } from '@temporalio/client';

/** Temporal did not respond in time. The request may still take effect. */
export class TemporalTimeoutError extends Error {
  constructor(ms: number) {
    super(`Temporal did not respond within ${ms} ms`);
    this.name = 'TemporalTimeoutError';
  }
}

/**
 * Calls Temporal for at most `ms`. The SDK's own deadline bounds one request, which the native connection then retries:
 * a deadline of 2 s took 6 s.
 */
export async function within<T>(client: Client, ms: number, work: () => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TemporalTimeoutError(ms));
      controller.abort();
    }, ms);
  });
  const called = client.withAbortSignal(controller.signal, work);
  // When aborted, it rejects after no one listens any more.
  called.catch(() => {});
  try {
    return await Promise.race([called, late]);
  } finally {
    clearTimeout(timer);
  }
}
