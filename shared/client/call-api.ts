import { errorOf, InterlockApiError, isRefusal } from './api-error.ts';

export interface Connection {
  /** Without a slash at the end. */
  url: string;
  apiKey: string;
  fetch: typeof fetch;
  json: Json;
}

/** Reads and writes bodies. `parse` throws for a text that is not JSON. */
export interface Json {
  parse(text: string): unknown;
  stringify(value: unknown): string | undefined;
}
export const nativeJson: Json = {
  parse: (text) => JSON.parse(text),
  stringify: (value) => JSON.stringify(value),
};

export interface ApiRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Whether sending it twice has the same effect as sending it once. */
  idempotent: boolean;
  signal?: AbortSignal | undefined;
}

const maxAttempts = 6;
const longestBackoffMs = 30_000;
/** When the server asks for a longer wait, the call fails. */
const longestWaitMs = 60_000;

/**
 * Calls the REST API. When the server is busy, stopping or unreachable, the call is retried after the time that the server
 * asked for, or with exponential backoff. A call that is not idempotent is retried only when the server reports that it did
 * nothing.
 * @throws InterlockApiError
 */
export function callApi(connection: Connection, request: ApiRequest): Promise<unknown> {
  return retried(request, () => callOnce(connection, request));
}

/** A file, whose body the caller reads. @throws InterlockApiError */
export function download(connection: Connection, request: Omit<ApiRequest, 'idempotent'>): Promise<Response> {
  const { method, path, headers, signal } = request;
  return retried({ idempotent: true, signal }, async () => {
    const init = { method, headers: headers ?? {}, signal: signal ?? null };
    const response = await open(connection, path, init);
    if (response.ok) return response;
    throw errorOf(response, parse(connection, await response.text().catch(() => '')));
  });
}

async function retried<T>(
  request: Pick<ApiRequest, 'idempotent' | 'signal'>,
  once: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof InterlockApiError) || attempt === maxAttempts) throw error;
      const waitMs = error.retryAfterMs ?? backoffMs(attempt);
      if (!mayRetry(error, request.idempotent) || waitMs > longestWaitMs) throw error;
      await pause(waitMs, request.signal);
    }
  }
}

async function callOnce(connection: Connection, request: ApiRequest): Promise<unknown> {
  const { method, path, headers, body, signal } = request;
  const response = await open(connection, path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: connection.json.stringify(body) }),
    signal: signal ?? null,
  });
  const text = await response.text().catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw unreachable(connection, cause);
  });
  if (response.status === 204) return undefined;
  const result = parse(connection, text);
  // A failed execution is a result, whatever its status.
  if (result === undefined || isRefusal(result)) throw errorOf(response, result);
  return result;
}

/** @throws InterlockApiError when there is no response, or the signal's reason */
export async function open(
  { url, apiKey, fetch: send }: Connection,
  path: string,
  init: RequestInit,
): Promise<Response> {
  try {
    return await send(`${url}${path}`, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${apiKey}` },
    });
  } catch (cause) {
    init.signal?.throwIfAborted();
    throw unreachable({ url }, cause);
  }
}

function unreachable({ url }: Pick<Connection, 'url'>, cause: unknown): InterlockApiError {
  return new InterlockApiError(`${url} is unreachable.`, { status: 0, code: 'unreachable', cause });
}

function parse({ json }: Connection, text: string): unknown {
  try {
    return json.parse(text);
  } catch {
    return undefined;
  }
}

/** With `rate_limited`, `overloaded` and `unavailable`, the server did nothing, unless it says that the outcome is unknown. */
function mayRetry({ code, status, details }: InterlockApiError, idempotent: boolean): boolean {
  const refused = code === 'rate_limited' || code === 'overloaded' || code === 'unavailable';
  if (refused && details?.outcome !== 'unknown') return true;
  if (!idempotent) return false;
  return (
    code === 'unreachable' || status === 503 || (code === 'unexpected' && [429, 502, 504].includes(status))
  );
}

/** 0.25 s, 0.5 s, 1 s, …; up to half of it is subtracted at random, so that clients do not retry together. */
export function backoffMs(attempt: number): number {
  return Math.min(250 * 2 ** (attempt - 1), longestBackoffMs) * (1 - Math.random() / 2);
}

/** @throws the signal's reason */
export async function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  signal?.throwIfAborted();
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  const stop = () => over.reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await over.promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
