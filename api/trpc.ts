import { initTRPC } from '@trpc/server';
import { ZodError } from 'zod';
import { authorize, type Identity, type Permission } from '../shared/identity/roles.ts';
import { withWriteScope } from '../shared/platform/db/write-scope.ts';
import { type ErrorCode, InterlockError } from '../shared/platform/error-codes.ts';
import { fitRefused } from '../shared/platform/fit-numbers.ts';
import { isUuid, plainId } from '../shared/platform/ids.ts';
import { pointer } from '../shared/platform/json-pointer.ts';
import { readJson } from '../shared/platform/read-json.ts';
import { isTooDeep } from '../shared/platform/server/json-schema/storable.ts';
import { inSpan } from '../shared/platform/server/tracing/tracing.ts';
import { afterWrites, requestIdOf, toErrorShape, toTrpcError } from './error-shape.ts';
import type { Services } from './services.ts';

export interface RequestContext {
  services: Services;
  requestId: string;
  /** Null without a credential. A bad credential is refused before. */
  identity: Identity | null;
  /** A digest of the browser's session; null for a request of a program. */
  session: string | null;
  /** The identity again, for a connection that lasts longer than a request. */
  identify(): Promise<Identity | null>;
  /** Set where the items of a report are sent as they are found. */
  onItem?: (item: unknown) => Promise<void>;
}

/** Of a request with a good credential. */
export type KnownContext = RequestContext & { identity: Identity };

/** How REST offers a procedure. */
export interface RestMeta {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Such as `/api/tools/{id}`; names in braces are input fields. */
  path: `/api/${string}`;
  summary: string;
  tags: string[];
  /** The status of success (default 200), or a function of the output. */
  status?: number | ((output: never) => number);
  /** The `Retry-After` of a response, in seconds; null: none. */
  retryAfter?: (context: RequestContext, output: never) => Promise<number | null>;
  /** Input fields that come from headers. */
  headers?: Record<string, string>;
  /** The response gets an `ETag` that begins with this state of what it shows; `If-Match` of a change names it. */
  state?: (output: never) => string | number;
  /** Input fields that come from the query string although the request has a body. */
  query?: string[];
  /** Statuses of errors that others of its method do not have. */
  errors?: number[];
  /** The response is an execution. When it is refused, the error body also has the fields of a failed execution. */
  startsExecution?: true;
  /** The input field that takes the whole request body. */
  bodyField?: string;
  /** Makes the input of a body that is no JSON, besides what the query says. */
  readBytes?: (body: Buffer, contentType: string | undefined) => Promise<Record<string, unknown>>;
  /** Of the request, in bytes; left out: that of every request. */
  bodyLimit?: number;
  /**
   * It takes long: asked for `application/x-ndjson`, it sends each item of its report as a line, and stops when the caller has
   * gone. Its output has `items`.
   */
  streams?: true;
  /** The rows of the output as CSV, for a request with `format=csv` or `Accept: text/csv`. */
  csv?: (output: never) => readonly Readonly<Record<string, unknown>>[];
  /** Numbers of the request may lose digits: looking for those that would takes as long as parsing a large body. */
  plainNumbers?: true;
}

export interface ProcedureMeta {
  permission?: Permission;
  rest?: RestMeta;
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => {
      const interlock = toErrorShape(error, ctx?.requestId ?? requestIdOf(error));
      const { code, httpStatus } = shape.data;
      return { ...shape, message: interlock.message, data: { code, httpStatus, interlock } };
    },
    sse: {
      maxDurationMs: 10 * 60_000,
      ping: { enabled: true, intervalMs: 5_000 },
      client: { reconnectAfterInactivityMs: 15_000 },
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const traced = t.middleware(({ path, next }) =>
  inSpan(path, {}, async (span) => {
    const result = await next();
    if (!result.ok) span.fail();
    return result;
  }),
);

/** Every procedure throws our own errors, with the tRPC code of their HTTP status. */
const withOurErrors = t.middleware(({ next }) =>
  withWriteScope(async (mayHaveWritten) => {
    const result = await next();
    if (!result.ok) throw toTrpcError(afterWrites(result.error, mayHaveWritten()));
    return result;
  }),
);

/**
 * Exact numbers in and, where a field is a number, doubles: 1.0 is 1 for `limit`, and stays 1.0 in a payload.
 */
const withExactNumbers = t.middleware(async ({ getRawInput, next }) => {
  const raw = await getRawInput();
  const sent = withPlainIds(typeof raw === 'string' ? readJson(raw) : raw);
  refuseDeep(sent);
  const result = await next({ getRawInput: async () => sent });
  if (result.ok || result.error.code !== 'BAD_REQUEST' || !(result.error.cause instanceof ZodError))
    return result;
  const fitted = fitRefused(sent, result.error.cause);
  return fitted === sent ? result : next({ getRawInput: async () => fitted });
});

/** Twice as deep as what is stored: a payload with what is around it. */
const mostLevels = 512;

/** Recursive code would run out of its stack. @throws InterlockError `invalid_input` at the field */
function refuseDeep(sent: unknown): void {
  if (typeof sent !== 'object' || sent === null) return;
  const deep = Object.entries(sent).filter(([, value]) => isTooDeep(value, mostLevels));
  if (deep.length === 0) return;
  const message = `is nested deeper than ${mostLevels} levels`;
  throw new InterlockError('invalid_input', `The request ${message}. Nothing was done.`, {
    issues: deep.map(([name]) => ({ path: pointer('', name), message, keyword: 'storable' })),
  });
}

/** An id in capitals is the same id. Only the fields that a procedure has itself: what is in a payload stays as it is. */
function withPlainIds(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent;
  const plain = (value: unknown) => (typeof value === 'string' ? plainId(value) : value);
  const ids = Object.entries(sent)
    .filter(([name]) => /^ids?$|Ids?$/.test(name))
    .map(([name, value]) => [name, Array.isArray(value) ? value.map(plain) : plain(value)]);
  return ids.length === 0 ? sent : { ...sent, ...Object.fromEntries(ids) };
}

/**
 * The only way to make a procedure: it names the permission that it needs. The identity in its context is known and has
 * that permission.
 */
export const procedure = (permission: Permission, rest?: RestMeta) =>
  t.procedure
    .meta({ permission, ...(rest ? { rest } : {}) })
    .use(traced)
    .use(withOurErrors)
    .use(withExactNumbers)
    .use(async ({ ctx, path, getRawInput, next }) => {
      const { identity } = ctx;
      if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
      const refused = async (error: unknown) =>
        tellRefusal({ ...ctx, identity }, path, error, await getRawInput().catch(() => null));
      try {
        authorize(identity, permission);
      } catch (error) {
        await refused(error);
        throw error;
      }
      const result = await next({ ctx: { ...ctx, identity } });
      if (!result.ok) await refused(result.error.cause);
      return result;
    });

/** What the audit trail must know although nothing changed: refused by role, by policy, or by the digest of a preview. */
const refusalCodes: ReadonlySet<ErrorCode> = new Set(['forbidden', 'denied', 'disabled', 'preview_changed']);

export async function tellRefusal(
  { services, identity, requestId }: KnownContext,
  operation: string,
  error: unknown,
  input: unknown,
): Promise<void> {
  if (!(error instanceof InterlockError) || !refusalCodes.has(error.code)) return;
  const { id } = (input ?? {}) as { id?: unknown };
  const policyId = error.details?.policyId;
  await services.refusals.tell({
    type: 'AccessDenied',
    tenantId: identity.tenantId,
    actor: identity.actor,
    subjectId: identity.actor.id,
    requestId,
    data: {
      operation,
      reason: error.code,
      ...(typeof id === 'string' && isUuid(id) ? { subject: id } : {}),
      ...(typeof policyId === 'string' ? { policyId } : {}),
    },
  });
}
