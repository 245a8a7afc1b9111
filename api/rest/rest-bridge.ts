import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failureCodeSchema } from '../../shared/executions/failure-codes.ts';
import { can } from '../../shared/identity/roles.ts';
import { errorStatus, InterlockError, type Issue } from '../../shared/platform/error-codes.ts';
import { pointer } from '../../shared/platform/json-pointer.ts';
import { toErrorShape, toInterlockError } from '../error-shape.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory, type RequestContext } from '../trpc.ts';
import { type RestOperation, restOperations } from './rest-operations.ts';

const createCaller = createCallerFactory(appRouter);

/**
 * The REST API: a route for every procedure with a `rest` meta, with the bodies and statuses of the contract.
 * @param contextOf identifies the caller; throws `unauthorized` for a bad credential
 */
export function registerRest(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
): void {
  for (const operation of restOperations) {
    app.route({
      method: operation.rest.method,
      url: operation.rest.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        try {
          const context = await contextOf(request);
          // A caller without the permission gets 401 or 403, whatever the input.
          const call = procedureOf(createCaller(context), operation.name);
          const admitted = context.identity !== null && can(context.identity, operation.permission);
          const output = await call(admitted ? inputOf(operation, request) : request.params);
          return respond(operation, reply, output);
        } catch (error) {
          const known = relocate(operation, error);
          return sendError(known, request, reply, failedExecution(operation, known));
        }
      },
    });
  }
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
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(known.retryAfterSeconds));
  return reply.status(errorStatus[known.code]).send({ error: toErrorShape(known, request.id), ...more });
}

function procedureOf(caller: unknown, name: string): (input: unknown) => Promise<unknown> {
  return name.split('.').reduce((at, key) => (at as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
}

function inputOf(operation: RestOperation, request: FastifyRequest): Record<string, unknown> {
  const { rest } = operation;
  const parameters = request.params as Record<string, string>;
  const hasBody = rest.method === 'POST' || rest.method === 'PUT';
  const sent = hasBody ? bodyOf(operation, request.body) : (request.query as Record<string, unknown>);
  const input: Record<string, unknown> = { ...sent, ...parameters };
  for (const field of rest.query ?? []) {
    const value = (request.query as Record<string, unknown>)[field];
    if (value !== undefined) input[field] = value;
  }
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

function bodyOf(operation: RestOperation, body: unknown): Record<string, unknown> {
  const { bodyField } = operation.rest;
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
function relocate(operation: RestOperation, error: unknown): InterlockError {
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

/** A refused execution is not stored; its error also has the fields of a failed execution. */
function failedExecution(
  { rest }: RestOperation,
  { code, message, issues }: InterlockError,
): Record<string, unknown> {
  const failure = failureCodeSchema.safeParse(code);
  if (!rest.startsExecution || !failure.success) return {};
  return {
    status: 'failed',
    failure: { code: failure.data, message, retryable: code === 'rate_limited' },
    issues,
  };
}

function respond({ rest }: RestOperation, reply: FastifyReply, output: unknown): FastifyReply {
  const status = typeof rest.status === 'function' ? rest.status(output as never) : (rest.status ?? 200);
  reply.status(status);
  return status === 204 ? reply.send() : reply.send(output);
}
