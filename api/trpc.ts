import { initTRPC } from '@trpc/server';
import { authorize, type Identity, type Permission } from '../shared/identity/roles.ts';
import { InterlockError } from '../shared/platform/error-codes.ts';
import { requestIdOf, toErrorShape, toTrpcError } from './error-shape.ts';
import type { Services } from './services.ts';

export interface RequestContext {
  services: Services;
  requestId: string;
  /** Null without a credential. A bad credential is refused before. */
  identity: Identity | null;
}

/** How REST offers a procedure. */
export interface RestMeta {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Such as `/api/tools/{id}`; names in braces are input fields. */
  path: `/api/${string}`;
  summary: string;
  tags: string[];
  /** The status of success (default 200), or a function of the output. */
  status?: number | ((output: never) => number);
  /** Input fields that come from headers. */
  headers?: Record<string, string>;
  /** Input fields that come from the query string although the request has a body. */
  query?: string[];
  /** The response is an execution. When it is refused, the error body also has the fields of a failed execution. */
  startsExecution?: true;
  /** The input field that takes the whole request body. */
  bodyField?: string;
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

/** Every procedure throws our own errors, with the tRPC code of their HTTP status. */
const withOurErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/**
 * The only way to make a procedure: it names the permission that it needs. The identity in its context is known and has
 * that permission.
 */
export const procedure = (permission: Permission, rest?: RestMeta) =>
  t.procedure
    .meta({ permission, ...(rest ? { rest } : {}) })
    .use(withOurErrors)
    .use(({ ctx, next }) => {
      if (!ctx.identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
      authorize(ctx.identity, permission);
      return next({ ctx: { ...ctx, identity: ctx.identity } });
    });
