import { createTRPCClient, getUntypedClient, httpLink, type Operation } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../api/router.ts';
import { readJson } from '../../shared/platform/read-json.ts';
import { clickTrace } from './click-trace.ts';
import { tenantSlug } from './tenant.ts';

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

/** The tenant for which a call was made, even if the page has changed to another tenant since. */
const tenantOf = (op: Operation): string => {
  const { tenant } = op.context;
  return typeof tenant === 'string' ? tenant : tenantSlug();
};

/** Requests that start while the page is being closed outlive it. */
let leaving = false;
addEventListener('pagehide', () => {
  leaving = true;
});
addEventListener('pageshow', () => {
  leaving = false;
});

/** The API's client, for changes: `api.tools.archive.mutate({ id })`. Reads use `queries`. */
export const api = createTRPCClient<AppRouter>({
  links: [
    // Not batched, so that a slow query does not delay the others.
    httpLink({
      url: '/trpc',
      fetch: async (url, options) => {
        const response = await fetch(url, { ...options, keepalive: leaving });
        return {
          ...response,
          ok: response.ok,
          status: response.status,
          json: async () => {
            const text = await response.text();
            const value = readJson(text);
            // To read some MB and to show them is too much for one frame.
            if (text.length > 1_000_000) await new Promise((resolve) => setTimeout(resolve));
            return value;
          },
        };
      },
      headers: ({ op }) => {
        const tenant = tenantOf(op);
        const isAsked = op.type === 'mutation' && op.context.unasked !== true;
        return { ...(tenant && { 'x-tenant': tenant }), ...(isAsked && clickTrace()) };
      },
    }),
  ],
});

type QueryOptions<Input, Output> = undefined extends Input
  ? (input?: Input) => {
      queryKey: readonly unknown[];
      queryFn: (at: { signal: AbortSignal }) => Promise<Output>;
    }
  : (input: Input) => {
      queryKey: readonly unknown[];
      queryFn: (at: { signal: AbortSignal }) => Promise<Output>;
    };
type Queries = {
  [R in keyof Outputs]: { [P in keyof Outputs[R]]: QueryOptions<InputOf<R, P>, Outputs[R][P]> };
};
type InputOf<R extends keyof Outputs, P extends keyof Outputs[R]> = R extends keyof Inputs
  ? P extends keyof Inputs[R]
    ? Inputs[R][P] extends void
      ? undefined
      : Inputs[R][P]
    : undefined
  : undefined;

const untyped = getUntypedClient(api);

/** The options of a query for solid-query: `useQuery(() => queries.tools.get({ id }))`. */
export const queries = new Proxy({} as Queries, {
  get: (_, router) =>
    new Proxy(
      {},
      {
        get: (_procedures, procedure) => (input?: unknown) => {
          const tenant = tenantSlug();
          return {
            queryKey: queryKey(tenant, String(router), String(procedure), input),
            queryFn: ({ signal }: { signal: AbortSignal }) =>
              untyped.query(`${String(router)}.${String(procedure)}`, input, { signal, context: { tenant } }),
          };
        },
      },
    ),
});

/** `[tenant, router, procedure, input]`; a shorter key matches every query that starts with it. */
export const queryKey = (...parts: [tenant: string, router?: string, procedure?: string, input?: unknown]) =>
  parts.filter((part) => part !== undefined);
