import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/router.ts';
import { type Connection, callApi } from './call-api.ts';
import { type EventFilter, type EventSubscription, subscribeEvents } from './subscribe-events.ts';

export { InterlockApiError } from './api-error.ts';
export type { EventFilter, EventSubscription, SubscribedEvent } from './subscribe-events.ts';
export { verifyWebhook } from './verify-webhook.ts';

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;
type ProcedureName = { [R in keyof Inputs & string]: `${R}.${keyof Inputs[R] & string}` }[keyof Inputs &
  string];

/** The REST route, and the field with the key that makes a retry of a write safe. */
type Operation = readonly [
  method: 'GET' | 'POST' | 'PUT',
  path: `/api/${string}`,
  key?: 'idempotencyKey' | 'requestId',
];

/** The operations of the client. Their shapes come from the API's types. */
export const operations = {
  'exceptions.create': ['POST', '/api/exceptions', 'idempotencyKey'],
  'exceptions.get': ['GET', '/api/exceptions/{id}'],
  'exceptions.list': ['GET', '/api/exceptions'],
  'exceptions.update': ['PUT', '/api/exceptions/{id}'],
  'exceptions.resolve': ['POST', '/api/exceptions/{id}/resolve'],
  'exceptions.comment': ['POST', '/api/exceptions/{id}/comments'],
  'exceptions.timeline': ['GET', '/api/exceptions/{id}/timeline'],
  'runs.start': ['POST', '/api/playbook-runs', 'idempotencyKey'],
  'runs.get': ['GET', '/api/playbook-runs/{id}'],
  'runs.list': ['GET', '/api/playbook-runs'],
  'runs.complete': ['POST', '/api/playbook-runs/{id}/steps/{stepId}/complete', 'requestId'],
  'runs.sendEvent': ['POST', '/api/playbook-runs/{id}/events', 'requestId'],
  'runs.cancel': ['POST', '/api/playbook-runs/{id}/cancel'],
  'tools.list': ['GET', '/api/tools'],
  'tools.get': ['GET', '/api/tools/{id}'],
  'tools.execute': ['POST', '/api/tools/{id}/execute', 'idempotencyKey'],
  'executions.get': ['GET', '/api/tools/executions/{id}'],
  'executions.list': ['GET', '/api/tools/executions'],
  'executions.rerun': ['POST', '/api/tools/executions/{id}/rerun', 'idempotencyKey'],
  'executions.settle': ['POST', '/api/tools/executions/{id}/settle'],
  'events.list': ['GET', '/api/events'],
} as const satisfies { [N in ProcedureName]?: Operation };

type OperationName = keyof typeof operations;
type RouterName = OperationName extends `${infer R}.${string}` ? R : never;
type NamesOf<R extends string> =
  Extract<OperationName, `${R}.${string}`> extends `${R}.${infer P}` ? P : never;

export interface CallOptions {
  signal?: AbortSignal;
}

type Call<Input, Output> =
  Record<string, never> extends Input
    ? (input?: Input, options?: CallOptions) => Promise<Output>
    : (input: Input, options?: CallOptions) => Promise<Output>;

type Calls = {
  [R in RouterName]: {
    [P in NamesOf<R>]: P extends keyof Inputs[R] & keyof Outputs[R]
      ? Call<Inputs[R][P], Outputs[R][P]>
      : never;
  };
};

export type InterlockClient = Omit<Calls, 'events'> & {
  events: Calls['events'] & { subscribe(filter?: EventFilter): EventSubscription };
};

/**
 * Interlock for other programs: `runs.start({ playbookId: 'failed_payment' })`. Calls are typed by the API's own types and
 * retried while the server is busy or unreachable. Writes carry a key, so that a retry does nothing twice.
 * @throws InterlockApiError from every call
 */
export function createInterlockClient(options: {
  url: string;
  apiKey: string;
  fetch?: typeof fetch;
}): InterlockClient {
  const connection: Connection = {
    url: options.url.replace(/\/+$/, ''),
    apiKey: options.apiKey,
    fetch: options.fetch ?? fetch,
  };
  const calls: Record<string, Record<string, unknown>> = {};
  for (const [name, operation] of Object.entries(operations)) {
    const [router, procedure] = name.split('.') as [string, string];
    calls[router] = {
      ...calls[router],
      [procedure]: (input: Record<string, unknown> = {}, { signal }: CallOptions = {}) =>
        call(connection, operation, input, signal),
    };
  }
  calls.events = {
    ...calls.events,
    subscribe: (filter?: EventFilter) => subscribeEvents(connection, filter),
  };
  return calls as unknown as InterlockClient;
}

function call(
  connection: Connection,
  [method, template, key]: Operation,
  input: Record<string, unknown>,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const fields = key ? { [key]: crypto.randomUUID(), ...defined(input) } : defined(input);
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(fields[name]);
    delete fields[name];
    return encodeURIComponent(value);
  });
  if (method === 'GET') {
    const query = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
    return callApi(connection, { method, path: `${path}?${query}`, idempotent: true, signal });
  }
  const { idempotencyKey, ifMatch, ...body } = fields;
  return callApi(connection, {
    method,
    path,
    headers: {
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': String(idempotencyKey) }),
      ...(ifMatch === undefined ? {} : { 'if-match': String(ifMatch) }),
    },
    body,
    idempotent: key !== undefined,
    signal,
  });
}

function defined(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
