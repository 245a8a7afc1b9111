import type { Execution } from '../../shared/executions/execution-schemas.ts';

/** A key, or a signed-in person in one tenant. */
export type Credential = { key: string } | { cookie: string; tenant: string };

export class RestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Calls Interlock's REST API, as any other program would. */
export class RestClient {
  readonly #base: string;
  readonly #headers: Record<string, string>;

  constructor(base: string, credential: Credential) {
    this.#base = base;
    this.#headers =
      'key' in credential
        ? { authorization: `Bearer ${credential.key}` }
        : { cookie: credential.cookie, 'x-tenant': credential.tenant };
  }

  /** @throws RestError for every response outside 2xx */
  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const { status, ok, value } = await this.#send(method, path, body, headers);
    if (!ok) throw new RestError(status, `${method} ${path} → ${status}: ${JSON.stringify(value)}`);
    return value as T;
  }

  /** Every item of a list, page by page. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const separator = path.includes('?') ? '&' : '?';
      const page: { items: T[]; nextCursor: string | null } = await this.call(
        'GET',
        `${path}${separator}limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  /**
   * Executes a tool and waits for its outcome, a failure included.
   * @returns null when it was refused before there was an execution
   */
  async execute(toolId: string, payload: unknown, exceptionId?: string): Promise<Execution | null> {
    const { status, value } = await this.#send('POST', `/api/tools/${toolId}/execute`, {
      payload,
      exceptionId,
    });
    if (typeof value === 'object' && value !== null && 'workflowId' in value) return value as Execution;
    if ([403, 409, 422, 429].includes(status)) return null;
    throw new RestError(status, `executing ${toolId} → ${status}: ${JSON.stringify(value)}`);
  }

  async #send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; ok: boolean; value: unknown }> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...this.#headers,
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, value: text === '' ? null : JSON.parse(text) };
  }
}

/** Signs a person in, as the page at `origin` does. */
export async function signIn(
  base: string,
  person: { email: string; password: string; tenant: string; origin: string },
): Promise<RestClient> {
  const { email, password, tenant } = person;
  const response = await fetch(`${base}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: person.origin },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok)
    throw new RestError(
      response.status,
      `${email} could not sign in (${response.status}): ${await response.text()}`,
    );
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return new RestClient(base, { cookie, tenant });
}
