import { downloads, type operations, routes } from './api-types.ts';
import { askGraphql, type GraphqlOptions } from './ask-graphql.ts';
import { type Connection, callApi, download, type Json, nativeJson, pause } from './call-api.ts';
import { type ChunkFilter, type Chunks, followChunks } from './follow-chunks.ts';
import { type EventFilter, type EventSubscription, subscribeEvents } from './subscribe-events.ts';

export { InterlockApiError } from './api-error.ts';
export type { components } from './api-types.ts';
export type { GraphqlOptions } from './ask-graphql.ts';
export type { ChunkFilter, Chunks, OutputChunk } from './follow-chunks.ts';
export type { EventFilter, EventSubscription, SubscribedEvent } from './subscribe-events.ts';
export { verifyWebhook, type WebhookPayload } from './verify-webhook.ts';

type Routes = typeof routes;
/** Such as `tools.execute`. */
type Name = keyof Routes & string;
type IdOf<N extends string> = N extends `${infer Router}.${infer Procedure}`
  ? `${Router}_${Procedure}`
  : never;
type OperationOf<N extends Name> = operations[IdOf<N> & keyof operations];

type JsonOf<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : undefined;
type OutputOf<Responses> = Responses extends { 200: infer Ok }
  ? JsonOf<Ok>
  : Responses extends { 201: infer Created }
    ? JsonOf<Created>
    : undefined;

type ParametersOf<Operation, In extends 'path' | 'query'> = Operation extends { parameters: infer Parameters }
  ? In extends keyof Parameters
    ? Exclude<Parameters[In], undefined>
    : unknown
  : unknown;
type HeadersOf<Route> = Route extends { headers: infer Headers extends Record<string, string> }
  ? { [Field in Headers[keyof Headers]]?: string }
  : unknown;
type Wrapped<Route, Body> = Route extends { body: infer Field extends string }
  ? { [F in Field]: Body }
  : Body;
type BodyOf<Route, Operation> = Operation extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? Wrapped<Route, Body>
  : Operation extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? Partial<Wrapped<Route, Body>>
    : unknown;
type OrNothing<Fields> = [Fields] extends [never] ? unknown : Fields;

/** The fields of a call: those of the path, the query and the body side by side. */
type InputOf<N extends Name> = OrNothing<ParametersOf<OperationOf<N>, 'path'>> &
  OrNothing<ParametersOf<OperationOf<N>, 'query'>> &
  HeadersOf<Routes[N]> &
  OrNothing<BodyOf<Routes[N], OperationOf<N>>>;

export interface CallOptions {
  signal?: AbortSignal;
}

type Call<Input, Output> =
  Record<string, never> extends Input
    ? (input?: Input, options?: CallOptions) => Promise<Output>
    : (input: Input, options?: CallOptions) => Promise<Output>;

/** Lists also have `all`: every item, page after page. */
type Paged<Input, Output> = Output extends { items: (infer Item)[]; nextCursor: string | null }
  ? Record<string, never> extends Omit<Input, 'cursor'>
    ? { all(input?: Omit<Input, 'cursor'>, options?: CallOptions): AsyncGenerator<Item, void, undefined> }
    : { all(input: Omit<Input, 'cursor'>, options?: CallOptions): AsyncGenerator<Item, void, undefined> }
  : unknown;

type RouterName = Name extends `${infer Router}.${string}` ? Router : never;
type Calls = {
  [Router in RouterName]: {
    [N in Extract<Name, `${Router}.${string}`> as N extends `${Router}.${infer Procedure}`
      ? Procedure
      : never]: Call<InputOf<N>, OutputOf<OperationOf<N>['responses']>> &
      Paged<InputOf<N>, OutputOf<OperationOf<N>['responses']>>;
  };
};

type Files = typeof downloads;
type FileName = keyof Files & string;
type FileInput<N extends FileName> = OrNothing<
  ParametersOf<operations[Files[N]['operation'] & keyof operations], 'path'>
> &
  OrNothing<ParametersOf<operations[Files[N]['operation'] & keyof operations], 'query'>>;
/** The response, whose body the caller reads: as text, as bytes or as a stream. */
type FileCall<Input> =
  Record<string, never> extends Input
    ? (input?: Input, options?: CallOptions) => Promise<Response>
    : (input: Input, options?: CallOptions) => Promise<Response>;
type FileCalls = {
  [Router in FileName extends `${infer Each}.${string}` ? Each : never]: {
    [N in Extract<FileName, `${Router}.${string}`> as N extends `${Router}.${infer File}`
      ? File
      : never]: FileCall<FileInput<N>>;
  };
};

type Output<N extends Name> = OutputOf<OperationOf<N>['responses']>;

/** What follows something over time. It asks again as often as it must. */
interface Following {
  events: { subscribe(filter?: EventFilter): EventSubscription };
  executions: {
    /** What an execution shows while it runs, up to its end. */
    follow(filter: ChunkFilter): Chunks;
    /** The execution once it has succeeded or failed, however long that takes. */
    wait(input: { id: string }, options?: CallOptions): Promise<Output<'executions.get'>>;
  };
  batches: {
    /** The batch once every call of it has ended. A paused one has not. */
    wait(input: { id: string }, options?: CallOptions): Promise<Output<'batches.get'>>;
  };
}

interface Graphql {
  /**
   * Everything that can be read, in one query: `graphql<{ exception: { title: string } }>('query($id: ID!) { … }', { id })`.
   * @throws InterlockApiError also when only some fields have an error
   */
  graphql<Data = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
    options?: GraphqlOptions,
  ): Promise<Data>;
}

export type InterlockClient = Calls & FileCalls & Following & Graphql;

interface Route {
  method: string;
  path: string;
  /** The field that is the whole body. */
  body?: string;
  /** The fields of a write that go to the query. */
  query?: readonly string[];
  /** The field of each header. */
  headers?: Record<string, string>;
  /** The field with the key that makes a retry of a write safe. */
  key?: string;
}
type Fields = Record<string, unknown>;

/**
 * Interlock for other programs: `runs.start({ playbookId: 'failed_payment' })`. It has every operation of the API, typed by
 * the OpenAPI document. Calls are retried while the server is busy or unreachable. Writes that take a key get one, so that
 * a retry does nothing twice.
 * @param options.json reads and writes bodies; pass a lossless one where numbers beyond 2^53 must keep their digits
 * @throws InterlockApiError from every call
 */
export function createInterlockClient(options: {
  url: string;
  apiKey: string;
  fetch?: typeof fetch;
  json?: Json;
}): InterlockClient {
  const connection: Connection = {
    url: options.url.replace(/\/+$/, ''),
    apiKey: options.apiKey,
    fetch: options.fetch ?? fetch,
    json: options.json ?? nativeJson,
  };
  const calls: Record<string, Fields> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const [router, procedure] = name.split('.') as [string, string];
    const call = async (input: Fields = {}, { signal }: CallOptions = {}) =>
      callApi(connection, { ...requestOf(name, route, input), signal });
    async function* all(input: Fields = {}, callOptions?: CallOptions): AsyncGenerator<unknown> {
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = (await call({ ...input, cursor }, callOptions)) as Page;
        yield* page.items;
        cursor = page.nextCursor;
      }
    }
    calls[router] = { ...calls[router], [procedure]: Object.assign(call, { all }) };
  }
  for (const [name, { path }] of Object.entries(downloads)) {
    const [router, file] = name.split('.') as [string, string];
    const call = async (input: Fields = {}, { signal }: CallOptions = {}) =>
      download(connection, { ...requestOf(name, { method: 'GET', path }, input), signal });
    calls[router] = { ...calls[router], [file]: call };
  }
  const client = calls as unknown as InterlockClient;
  const { events, executions, batches } = client;
  events.subscribe = (filter) => subscribeEvents(connection, filter);
  executions.follow = (filter) => followChunks(connection, filter);
  executions.wait = ({ id }, options) =>
    asOftenAsNeeded(
      () => executions.get({ id }, options),
      ({ status }) => status === 'succeeded' || status === 'failed',
      options,
    );
  batches.wait = ({ id }, options) =>
    asOftenAsNeeded(
      () => batches.get({ id }, options),
      ({ endedAt }) => endedAt !== null,
      options,
    );
  client.graphql = (query, variables, more) => askGraphql(connection, query, variables, more);
  return client;
}

const soonestLookMs = 250;
const latestLookMs = 5_000;

/** Reads until it has ended, less and less often. */
async function asOftenAsNeeded<T>(
  read: () => Promise<T>,
  hasEnded: (state: T) => boolean,
  { signal }: CallOptions = {},
): Promise<T> {
  for (let waitMs = soonestLookMs; ; waitMs = Math.min(waitMs * 1.5, latestLookMs)) {
    const state = await read();
    if (hasEnded(state)) return state;
    await pause(waitMs, signal);
  }
}

interface Page {
  items: unknown[];
  nextCursor: string | null;
}

function requestOf(
  name: string,
  { method, path, body, query = [], headers = {}, key }: Route,
  input: Fields,
) {
  const fields: Fields = { ...(key ? { [key]: crypto.randomUUID() } : {}), ...defined(input) };
  const take = (field: string): unknown => {
    const value = fields[field];
    delete fields[field];
    return value;
  };
  const taken = (names: readonly string[]): Fields =>
    defined(Object.fromEntries(names.map((each) => [each, take(each)])));
  const address = path.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = take(field);
    if (value === undefined || value === '') throw new TypeError(`${name} needs the field ${field}.`);
    return encodeURIComponent(String(value));
  });
  const sent = Object.entries(headers).flatMap(([header, field]) => {
    const value = take(field);
    return value === undefined ? [] : [[header, String(value)]];
  });
  const hasBody = method === 'POST' || method === 'PUT';
  const inQuery = new URLSearchParams(
    Object.entries(hasBody ? taken(query) : fields).map(([field, value]) => [field, String(value)]),
  );
  return {
    method,
    path: inQuery.size > 0 ? `${address}?${inQuery}` : address,
    headers: Object.fromEntries(sent) as Record<string, string>,
    body: hasBody ? (body ? fields[body] : fields) : undefined,
    idempotent: method === 'GET' || key !== undefined,
  };
}

function defined(input: Fields): Fields {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
