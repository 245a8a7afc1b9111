import { InterlockApiError } from './api-error.ts';
import { backoffMs, pause } from './call-api.ts';

/**
 * A stream that is opened again after it has broken off, until `signal` aborts or `hasEnded` says so.
 * @param connect reads one connection; calls `heard` when something has come
 * @throws InterlockApiError when the server refuses
 */
export async function* reconnecting<T>(
  signal: AbortSignal,
  connect: (heard: () => void) => AsyncGenerator<T>,
  hasEnded: () => boolean = () => false,
): AsyncGenerator<T, void, undefined> {
  let failures = 0;
  const heard = () => {
    failures = 0;
  };
  while (!signal.aborted && !hasEnded()) {
    let waitMs = 100;
    try {
      yield* connect(heard);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof InterlockApiError && isFinal(error)) throw error;
      waitMs = (error instanceof InterlockApiError && error.retryAfterMs) || backoffMs(++failures);
    }
    if (!hasEnded()) await pause(waitMs, signal).catch(() => {});
  }
}

/** A retry would get the same error. */
function isFinal({ status }: InterlockApiError): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
