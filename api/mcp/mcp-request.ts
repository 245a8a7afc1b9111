import type { Identity } from '../../shared/identity/roles.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory, type RequestContext } from '../trpc.ts';

const createCaller = createCallerFactory(appRouter);

/** The procedures of the API, as its other doors call them. */
export const proceduresOf = (context: RequestContext) => createCaller(context);
export type Procedures = ReturnType<typeof proceduresOf>;

/** Of a request with a good credential. */
export type KnownContext = RequestContext & { identity: Identity };

/** One request of the Model Context Protocol. */
export interface McpRequest {
  context: KnownContext;
  procedures: Procedures;
  session: string | null;
  /** Aborts when the client has closed the connection before it had the response. */
  left: AbortSignal;
  /** In revisions from 2026-07-28 on, a client that closes the connection cancels its request. */
  leavingCancels: boolean;
  /** Aborts when the server stops: no one is made to wait any more. */
  stopping: AbortSignal;
}
