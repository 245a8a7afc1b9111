import { guarded, requireApiKey } from './access.ts';
import { type Context, type Reply, type Route, route } from './http.ts';
import { paymentsSchema } from './payments-schema.ts';
import type { Payment } from './records.ts';
import type { StateStore } from './state.ts';

/** The payments as a GraphQL API. Its library is loaded by the first request: starting stays quick. */
export function graphqlRoutes(store: StateStore): Route[] {
  let handler: ReturnType<typeof createGraphql> | undefined;
  const handle = guarded(requireApiKey)(async (context) => {
    handler ??= createGraphql(store);
    return (await handler)(context);
  });
  return [route('POST', '/graphql', handle)];
}

async function createGraphql(store: StateStore): Promise<(context: Context) => Promise<Reply>> {
  const [{ buildSchema }, { createHandler }] = await Promise.all([import('graphql'), import('graphql-http')]);
  const newest = (payments: Payment[], first: number) =>
    payments
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
      .slice(0, Math.max(0, Math.min(first, 100)))
      .map(shown);
  const customer = (id: string): object | null => {
    const found = store.state.customers.find((each) => each.id === id);
    if (!found) return null;
    const payments = ({ first }: { first: number }) =>
      newest(
        store.state.payments.filter(({ customerId }) => customerId === id),
        first,
      );
    return { ...found, payments };
  };
  const shown = (payment: Payment): object => ({ ...payment, customer: () => customer(payment.customerId) });
  const find = (id: string): Payment | undefined => store.state.payments.find((each) => each.id === id);
  const handler = createHandler<Context>({
    schema: buildSchema(paymentsSchema),
    rootValue: {
      payment: ({ id }: { id: string }) => {
        const found = find(id);
        return found ? shown(found) : null;
      },
      payments: ({ status, first }: { status?: string; first: number }) =>
        newest(
          store.state.payments.filter((each) => !status || each.status === status),
          first,
        ),
      customer: ({ id }: { id: string }) => customer(id),
      abandonPayment: ({ id, reason }: { id: string; reason: string }) => {
        const found = find(id);
        if (found?.status !== 'pending') throw new Error(`There is no pending payment ${id}.`);
        found.status = 'failed';
        found.failureReason = reason;
        store.save();
        return shown(found);
      },
    },
  });
  return async (context) => {
    const { method, path: url, headers, rawBody } = context;
    const [body, { status, headers: sent }] = await handler({
      method,
      url,
      headers,
      body: rawBody.toString('utf8'),
      raw: context,
      context: undefined,
    });
    const plain = Object.entries(sent ?? {}).map(([name, value]) => [name, String(value)]);
    return { status, body: body ?? '', headers: Object.fromEntries(plain) };
  };
}
