import {
  AbortedGraphQLExecutionError,
  type ExecutionResult,
  execute,
  GraphQLError,
  subscribe,
} from 'graphql';
import { createHandler } from 'graphql-http';
import { CloseCode, makeServer } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import { closeCodes, closeSocket, sendTo } from '../live/sockets.ts';
import { whileAllowed } from '../live/while-allowed.ts';
import { type KnownContext, tellRefusal } from '../trpc.ts';
import { type Admitted, type Asked, admit } from './admit.ts';
import { createGraphqlContext } from './graphql-context.ts';
import { causeOf, shownError } from './graphql-errors.ts';
import { graphqlSchema } from './graphql-schema.ts';
import { createReadGates } from './read-gates.ts';

/** Operations of one WebSocket at once. */
const operationsOfSocket = 20;

interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string | null;
}

interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

export interface GraphqlServer {
  /** @param left aborts when no one waits for the response any more. @throws InterlockError `overloaded` */
  respond(request: HttpRequest, context: KnownContext, left: AbortSignal): Promise<HttpResponse>;
  /** Queries and subscriptions of one WebSocket, until `signal` aborts. */
  converse(socket: WebSocket, context: KnownContext, signal: AbortSignal): void;
}

/** What queries are asked by; one of a process. */
export function createGraphqlServer(): GraphqlServer {
  const schema = graphqlSchema();
  const busy = new Map<string, number>();
  const gates = createReadGates();

  async function admitted(context: KnownContext, asked: Asked): Promise<Admitted | readonly GraphQLError[]> {
    const { environment } = context.services;
    const limits = {
      tokens: environment.INTERLOCK_GRAPHQL_TOKENS,
      depth: environment.INTERLOCK_GRAPHQL_DEPTH,
      aliases: environment.INTERLOCK_GRAPHQL_ALIASES,
      cost: environment.INTERLOCK_GRAPHQL_COST,
    };
    const result = admit(schema, limits, context.identity, asked);
    if ('document' in result) return result;
    for (const error of result) {
      const cause = causeOf(error);
      if (cause instanceof InterlockError)
        await tellRefusal(context, `graphql.${cause.details?.field}`, cause, null);
    }
    return result;
  }
  const shown = ({ requestId, services: { log } }: KnownContext, error: Error) =>
    shownError(error, requestId, log);

  /** @throws InterlockError `overloaded` when the tenant has as many queries in progress as it may */
  function enter({ services, identity: { tenantId } }: KnownContext): () => void {
    const inProgress = busy.get(tenantId) ?? 0;
    const most = services.environment.INTERLOCK_GRAPHQL_AT_ONCE;
    if (inProgress >= most)
      throw new InterlockError(
        'overloaded',
        `This organization has ${inProgress} queries in progress here, which is as many as it may have. Try again.`,
        { retryAfterSeconds: 1, details: { limit: most } },
      );
    busy.set(tenantId, inProgress + 1);
    return () => {
      const left = (busy.get(tenantId) ?? 1) - 1;
      if (left > 0) busy.set(tenantId, left);
      else busy.delete(tenantId);
    };
  }

  /** Executes a query within its time. */
  async function run(args: Admitted, context: KnownContext, left: AbortSignal): Promise<ExecutionResult> {
    const seconds = context.services.environment.INTERLOCK_GRAPHQL_SECONDS;
    const late = new AbortController();
    const timer = setTimeout(
      () =>
        late.abort(
          new InterlockError('unavailable', `The query took longer than ${seconds} s. Ask for less at once.`),
        ),
      seconds * 1000,
    );
    const signal = AbortSignal.any([left, late.signal]);
    try {
      return await execute({
        ...args,
        contextValue: createGraphqlContext(context, signal, gates),
        abortSignal: signal,
      });
    } catch (error) {
      if (!(error instanceof AbortedGraphQLExecutionError)) throw error;
      const reason = error.cause instanceof Error ? error.cause : error;
      return { errors: [asError(reason)] };
    } finally {
      clearTimeout(timer);
    }
  }

  interface Raw {
    context: KnownContext;
    left: AbortSignal;
    result?: ExecutionResult;
  }
  const handle = createHandler<Raw>({
    onSubscribe: async ({ raw }, params) => {
      const asked = await admitted(raw.context, params);
      if (!('document' in asked)) return asked.map((error) => shown(raw.context, error));
      if (asked.operation !== 'query')
        return [
          shown(raw.context, new InterlockError('bad_request', 'Subscribe over a WebSocket at this path.')),
        ];
      const result = await run(asked, raw.context, raw.left);
      const errors = result.errors?.map((error) => shown(raw.context, error));
      raw.result = { ...result, ...(errors && { errors }) };
      // Without data it is refused as a whole, which the library says by the status.
      return 'data' in result ? { data: null } : (errors ?? []);
    },
    formatError: (error) => (error.constructor === Error ? new GraphQLError(error.message) : error),
  });

  return {
    async respond(request, context, left) {
      const leave = enter(context);
      try {
        const raw: Raw = { context, left };
        const [body, { status, headers = {} }] = await handle({ ...request, raw, context: undefined });
        // The library would change numbers, and read large payloads that are only passed on.
        return { status, headers, body: raw.result?.data === undefined ? body : writeJson(raw.result) };
      } finally {
        leave();
      }
    },

    converse(socket, first, signal) {
      const operations = new Map<string, AbortController>();
      const end = (id: string) => {
        operations.get(id)?.abort();
        operations.delete(id);
      };
      const server = makeServer({
        onSubscribe: async (connection, id, payload) => {
          const context = await again(first);
          if (context instanceof GraphQLError) return [context];
          if (Object.keys(connection.subscriptions).length > operationsOfSocket)
            return [asError(new InterlockError('rate_limited', tooMany))];
          const asked = await admitted(context, payload);
          if (!('document' in asked)) return asked;
          const { operation, needs } = asked;
          const over = new AbortController();
          operations.set(id, over);
          return { ...asked, contextValue: { context, operation, needs, over } satisfies SocketOperation };
        },
        execute: async ({ contextValue, ...args }) => {
          const { context, operation, needs } = contextValue as SocketOperation;
          try {
            const leave = enter(context);
            const result = run({ ...args, operation, needs }, context, signal);
            return await result.finally(leave);
          } catch (error) {
            return { errors: [asError(error)] };
          }
        },
        subscribe: async ({ contextValue, ...args }) => {
          const { context, needs, over } = contextValue as SocketOperation;
          const lasts = AbortSignal.any([signal, over.signal]);
          const allowed = whileAllowed(context, context.identity, needs, lasts);
          allowed.addEventListener('abort', () => {
            if (allowed.reason instanceof InterlockError)
              closeSocket(socket, closeCodes.forbidden, allowed.reason.message);
          });
          return subscribe({ ...args, contextValue: createGraphqlContext(context, allowed, gates) });
        },
        onNext: (_connection, _id, _payload, { contextValue }, result) => {
          const { context } = contextValue as SocketOperation;
          return { ...result, errors: result.errors?.map((error) => shown(context, error)) };
        },
        onComplete: (_connection, id) => end(id),
        onError: (_connection, id, _payload, errors) => {
          end(id);
          return errors.map((error) => shown(first, error).toJSON());
        },
      });
      const closed = server.opened(
        {
          protocol: socket.protocol,
          send: (message) => sendTo(socket, message),
          close: (code, reason) => socket.close(code, reason),
          onMessage: (handleMessage) =>
            socket.on('message', (message) => {
              handleMessage(String(message)).catch((error: unknown) => {
                if (signal.aborted || socket.readyState !== socket.OPEN) return;
                first.services.log.error({ err: error }, 'A WebSocket for GraphQL broke off');
                closeSocket(socket, CloseCode.InternalServerError, 'Internal error. Connect again.');
              });
            }),
        },
        undefined,
      );
      socket.once('close', (code, reason) => void closed(code, String(reason)));
    },
  };
}

const tooMany = `One connection has at most ${operationsOfSocket} operations at once.`;

const asError = (error: unknown): GraphQLError => {
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { cause });
};

/** The caller of a connection as they are now. */
async function again(context: KnownContext): Promise<KnownContext | GraphQLError> {
  try {
    const identity = await context.identify();
    if (identity?.tenantId === context.identity.tenantId) return { ...context, identity };
    return asError(new InterlockError('unauthorized', 'Sign in again.'));
  } catch (error) {
    return asError(error);
  }
}

/** What is known of an operation of a WebSocket before it is executed. */
interface SocketOperation {
  context: KnownContext;
  operation: Admitted['operation'];
  needs: Admitted['needs'];
  /** Aborted when it has ended. */
  over: AbortController;
}
