import type { Context } from './http.ts';

export interface RecordedRequest {
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
  status: number | null;
}

const keep = 1000;
const secretNames = /^(authorization|cookie|x-api-key|api_key|client_secret|access_token|password)$/i;

/** The requests that arrived, with every secret masked: shows whether and how often a call was made. */
export class RequestLog {
  #requests: RecordedRequest[] = [];
  #total = 0;

  /** @returns the entry, whose `status` the caller sets later */
  record(context: Context): RecordedRequest {
    const request: RecordedRequest = {
      at: new Date().toISOString(),
      method: context.method,
      path: context.path,
      query: masked(Object.fromEntries(context.query)),
      headers: masked(context.headers),
      body: maskBody(context.body),
      status: null,
    };
    this.#total += 1;
    this.#requests.push(request);
    if (this.#requests.length > keep) this.#requests.shift();
    return request;
  }

  list(): readonly RecordedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }

  get total(): number {
    return this.#total;
  }
}

function masked(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, secretNames.test(name) ? '••••' : String(value)]),
  );
}

function maskBody(body: unknown): unknown {
  if (typeof body === 'string') return body.slice(0, 2000);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, secretNames.test(name) ? '••••' : value]),
  );
}
