import { createHash } from 'node:crypto';
import type {
  FastifyContextConfig,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
} from 'fastify';
import { failureCodes } from '../../shared/executions/failure-codes.ts';
import { authorize, can } from '../../shared/identity/roles.ts';
import { errorStatus, InterlockError, type Issue } from '../../shared/platform/error-codes.ts';
import { entityTag } from '../../shared/platform/if-match.ts';
import { pointer } from '../../shared/platform/json-pointer.ts';
import { withoutEncoding } from '../compression.ts';
import { toErrorShape, toInterlockError } from '../error-shape.ts';
import type { LiveStreams } from '../live/live-streams.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory, type RequestContext } from '../trpc.ts';
import { csvText } from './csv.ts';
import { refuseEnded, sendReport, wantsLines } from './report-stream.ts';
import { type RestOperation, restOperations } from './rest-operations.ts';

const createCaller = createCallerFactory(appRouter);

/**
 * The REST API: a route for every procedure with a `rest` meta, with the bodies and statuses of the contract.
 * @param contextOf identifies the caller; throws `unauthorized` for a bad credential
 */
export function registerRest(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
  streams: LiveStreams,
): void {
  for (const [url, methods] of methodsByUrl()) refuseOtherMethods(app, url, methods);
  for (const operation of restOperations) {
    const route = (scope: FastifyInstance) =>
      scope.route({
        method: operation.rest.method,
        url: urlOf(operation),
        ...largeBody(operation, contextOf),
        handler: async (request, reply) => {
          try {
            const context = await contextOf(request);
            // A caller without the permission gets 401 or 403, whatever the input.
            const { identity } = context;
            const admitted = identity !== null && can(identity, operation.permission);
            const input = admitted ? await inputOf(operation, request) : request.params;
            const called = (more: Partial<RequestContext> = {}, signal?: AbortSignal) =>
              procedureOf(createCaller({ ...context, ...more }, { signal }), operation.name)(input);
            if (admitted && operation.rest.streams) {
              const signal = streams.begin(reply, context, identity, operation.permission);
              if (wantsLines(request))
                return await sendReport(request, reply, signal, (onItem) => called({ onItem }, signal));
              const report = await called({}, signal);
              refuseEnded(signal);
              return respond(operation, request, reply, report);
            }
            const output = await called();
            const seconds = (await operation.rest.retryAfter?.(context, output as never)) ?? null;
            if (seconds !== null) reply.header('retry-after', seconds);
            return respond(operation, request, reply, output);
          } catch (error) {
            const known = relocate(operation, error);
            return sendError(known, request, reply, failedExecution(operation, known));
          }
        },
      });
    if (operation.rest.readBytes)
      app.register(async (scope) => {
        scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
        route(scope);
      });
    else route(app);
  }
}

/**
 * The route options of an operation whose body may be large: it is read once the caller is known to have the permission.
 * Nothing for others.
 * @param refuse responds to any other caller; left out: with the error of REST
 */
export function largeBody(
  { rest, permission }: RestOperation,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
  refuse?: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): { bodyLimit?: number; config?: FastifyContextConfig; onRequest?: onRequestAsyncHookHandler } {
  const { bodyLimit, plainNumbers } = rest;
  if (bodyLimit === undefined) return {};
  return {
    bodyLimit,
    ...(plainNumbers && { config: { plainNumbers } }),
    async onRequest(request, reply) {
      const identity = await contextOf(request).then(
        (context) => context.identity,
        (error: unknown) => {
          if (!refuse) throw error;
          return null;
        },
      );
      if (identity && can(identity, permission)) return;
      if (refuse) return refuse(request, reply);
      if (!identity) throw new InterlockError('unauthorized', 'Sign in, or send an API key.');
      authorize(identity, permission);
    },
  };
}

const urlOf = ({ rest }: RestOperation): string => rest.path.replace(/\{(\w+)\}/g, ':$1');

function methodsByUrl(): Map<string, string[]> {
  const byUrl = Map.groupBy(restOperations, urlOf);
  return new Map([...byUrl].map(([url, operations]) => [url, operations.map(({ rest }) => rest.method)]));
}

/** A known path with another method is 405, with the methods that it has. */
function refuseOtherMethods(app: FastifyInstance, url: string, methods: readonly string[]): void {
  // Fastify serves HEAD with GET.
  const served = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  const allow = served.toSorted().join(', ');
  app.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !served.includes(method)),
    url,
    handler: (request, reply) => {
      const message = `${request.method} is not allowed here. Allowed: ${allow}.`;
      return sendError(
        new InterlockError('method_not_allowed', message),
        request,
        reply.header('allow', allow),
      );
    },
  });
}

/** The error response of every route under /api. @param more fields besides `error` */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  more: Record<string, unknown> = {},
): FastifyReply {
  const known = toInterlockError(error);
  if (known.cause && (known.code === 'internal' || known.code === 'unavailable')) {
    request.log.error({ err: known.cause }, known.message);
  } else if (known.detail) {
    request.log.info({ code: known.code, detail: known.detail }, known.message);
  }
  if (known.code === 'unauthorized') reply.header('www-authenticate', 'Bearer realm="interlock"');
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(known.retryAfterSeconds));
  return reply.status(errorStatus[known.code]).send({ error: toErrorShape(known, request.id), ...more });
}

export function procedureOf(caller: unknown, name: string): (input: unknown) => Promise<unknown> {
  return name.split('.').reduce((at, key) => (at as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
}

async function inputOf(operation: RestOperation, request: FastifyRequest): Promise<Record<string, unknown>> {
  const { rest } = operation;
  const parameters = request.params as Record<string, string>;
  const hasBody = rest.method === 'POST' || rest.method === 'PUT';
  const { format, ...query } = request.query as Record<string, unknown>;
  checkFormat(operation, format);
  checkQuery(operation, query);
  const input: Record<string, unknown> = {
    ...query,
    ...(hasBody ? await bodyOf(operation, request) : {}),
    ...parameters,
  };
  for (const [header, field] of Object.entries(rest.headers ?? {})) {
    const value = request.headers[header];
    if (typeof value === 'string') input[field] = value;
  }
  if (
    operation.input &&
    'waitMs' in operation.input.shape &&
    /\brespond-async\b/.test(String(request.headers.prefer ?? ''))
  ) {
    input.waitMs = 0;
  }
  return input;
}

/** @throws InterlockError `bad_request` for a format that the operation does not have */
function checkFormat({ rest }: RestOperation, format: unknown): void {
  const formats = rest.csv ? ['json', 'csv'] : [];
  if (format === undefined || formats.includes(String(format))) return;
  const message = rest.csv ? 'is neither json nor csv' : 'is not a known query parameter';
  throw new InterlockError(
    'bad_request',
    rest.csv ? `format ${message}.` : 'Unknown query parameter: format.',
    {
      issues: [{ path: '/format', message, keyword: rest.csv ? 'enum' : 'unknown' }],
    },
  );
}

/** `format` is stronger than `Accept`. */
function wantsCsv({ query, headers }: FastifyRequest): boolean {
  const { format } = query as { format?: string };
  return format ? format === 'csv' : /\btext\/csv\b/.test(headers.accept ?? '');
}

/**
 * @param hidden fields that do not come from the query
 * @throws InterlockError `bad_request`: a filter that is misspelled must not select everything
 */
export function checkQuery(
  { rest, input, pathParameters }: RestOperation,
  query: Record<string, unknown>,
  hidden: readonly string[] = [],
): void {
  const hasBody = rest.method === 'POST' || rest.method === 'PUT';
  const elsewhere = new Set([...pathParameters, ...Object.values(rest.headers ?? {}), ...hidden]);
  const known = new Set(
    hasBody ? rest.query : Object.keys(input?.shape ?? {}).filter((field) => !elsewhere.has(field)),
  );
  const unknown = Object.keys(query).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new InterlockError('bad_request', `Unknown query parameter: ${unknown.join(', ')}.`, {
    issues: unknown.map((name) => ({
      path: pointer('', name),
      message: 'is not a known query parameter',
      keyword: 'unknown',
    })),
  });
}

async function bodyOf(
  operation: RestOperation,
  { body, headers }: FastifyRequest,
): Promise<Record<string, unknown>> {
  const { bodyField, readBytes } = operation.rest;
  if (readBytes && Buffer.isBuffer(body)) return readBytes(body, headers['content-type']);
  if (bodyField) return { [bodyField]: body ?? {} };
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new InterlockError('bad_request', 'The body must be a JSON object.');
  }
  const known = new Set(Object.keys(operation.input?.shape ?? {}));
  const issues: Issue[] = Object.keys(body)
    .filter((key) => !known.has(key) || operation.pathParameters.includes(key))
    .map((key) => ({
      path: pointer('', key),
      message: 'is not a known field',
      keyword: 'unknown',
    }));
  if (issues.length > 0) throw new InterlockError('invalid_input', 'Some fields are not known.', { issues });
  return body as Record<string, unknown>;
}

/** Issue paths point into the request body, so the name of the field that takes the whole body is removed. */
export function relocate(operation: RestOperation, error: unknown): InterlockError {
  const prefix = operation.rest.bodyField ? `/${operation.rest.bodyField}` : null;
  const known = toInterlockError(error);
  if (!prefix || !known.issues) return known;
  const issues = known.issues.map((issue) =>
    issue.path === prefix || issue.path.startsWith(prefix + '/')
      ? { ...issue, path: issue.path.slice(prefix.length) }
      : issue,
  );
  const { details, detail, retryAfterSeconds } = known;
  return new InterlockError(known.code, known.message, {
    issues,
    details,
    detail,
    retryAfterSeconds,
    cause: known,
  });
}

/** Of the whole response, so that no cache takes another one for it. */
function tagOf(state: string | number, output: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(output)).digest('base64url').slice(0, 16);
  return entityTag(state, digest);
}

/** `If-None-Match` compares weakly (RFC 9110). */
const namesTag = (header: string | undefined, tag: string): boolean =>
  header?.trim() === '*' ||
  header
    ?.split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === tag || withoutEncoding(each) === tag) === true;

/** A refused execution is not stored; its error also has the fields of a failed execution. */
function failedExecution(
  { rest }: RestOperation,
  { code, message, issues }: InterlockError,
): Record<string, unknown> {
  const failureCode = failureCodes.find((each) => each === code);
  if (!rest.startsExecution || !failureCode) return {};
  return {
    status: 'failed',
    failure: { code: failureCode, message, retryable: code === 'rate_limited' },
    issues,
  };
}

function respond(
  { rest }: RestOperation,
  request: FastifyRequest,
  reply: FastifyReply,
  output: unknown,
): FastifyReply {
  if (rest.csv) {
    reply.header('vary', 'accept');
    if (wantsCsv(request))
      return reply.type('text/csv; charset=utf-8').send(csvText(rest.csv(output as never)));
  }
  if (rest.state) {
    const tag = tagOf(rest.state(output as never), output);
    reply.header('etag', tag);
    if (rest.method === 'GET' && namesTag(request.headers['if-none-match'], tag))
      return reply.status(304).send();
  }
  const status = typeof rest.status === 'function' ? rest.status(output as never) : (rest.status ?? 200);
  reply.status(status);
  const { id } = (output ?? {}) as { id?: unknown };
  // Where the result of an accepted execution appears, or what was created.
  if (status === 202 && rest.startsExecution) reply.header('location', `/api/tools/executions/${id}`);
  if (status === 201 && typeof id === 'string' && !rest.path.includes('{'))
    reply.header('location', `${rest.path}/${id}`);
  return status === 204 ? reply.send() : reply.send(output);
}
