import { anyRandom } from './random.ts';

export interface Answer {
  /** 0: there was none, or not all of it. */
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the campaign reads responses of many shapes
  body: any;
}

/** Calls one of the API processes, whichever a load balancer would choose. Never throws. */
export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Longer than the API waits for an outcome, and than any freeze. */
const timeoutMs = 45_000;

export function createCaller(urls: readonly string[], key: string, signal?: AbortSignal): Caller {
  return async (method, path, body, headers = {}) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(anyRandom.oneOf(urls) + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    } catch {
      return { status: 0, body: null };
    }
  };
}

/** An error body, rather than an execution, a run or a step. */
export const isError = ({ status, body }: Answer): boolean => status === 0 || body?.error !== undefined;

/** Asking again may help: nothing was decided, as far as the caller knows. */
export const isUndecided = (answer: Answer): boolean =>
  isError(answer) && (answer.status === 0 || answer.status === 429 || answer.status >= 500);
