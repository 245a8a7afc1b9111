import { createRequire } from 'node:module';
import { createHandler } from 'graphql-http';
import { type ProviderServer, type Respond, startProvider } from './provider-server.ts';

// As Node resolves it for the server: the test runner finds another file, and the library exists once only.
const { buildSchema } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

export const orderSchema = /* GraphQL */ `
  type Order { id: ID! status: String! total: Float secretNote(reason: String!): String }
  input NewRefund { orderId: ID! amount: Float! }
  type Refund { id: ID! amount: Float! }
  type Query {
    "One order by its number."
    order(id: ID!): Order
    orders: [Order!]!
  }
  type Mutation { refund(refund: NewRefund!): Refund }
`;

/** A real GraphQL endpoint, which keeps its requests. `before` may respond first. */
export async function startGraphql(
  before: (...args: Parameters<Respond>) => boolean = () => false,
): Promise<ProviderServer> {
  const order = (id: string) => ({
    id,
    status: 'OPEN',
    total: 12.5,
    secretNote: () => {
      throw new Error('The note of this order is locked');
    },
  });
  const handle = createHandler({
    schema: buildSchema(orderSchema),
    rootValue: {
      order: ({ id }: { id: string }) => (id === 'none' ? null : order(id)),
      orders: () => [order('1'), order('2')],
      refund: ({ refund: { amount } }: { refund: { amount: number } }) => {
        if (amount > 100) throw new Error('More than was paid');
        return { id: 're_1', amount };
      },
    },
  });
  return startProvider(async (request, response) => {
    if (before(request, response)) return;
    const { method, url, headers, body } = request;
    const [answer, { status, statusText, headers: sent }] = await handle({
      method,
      url,
      headers,
      body,
      raw: request,
      context: undefined,
    });
    response.writeHead(status, statusText, sent).end(answer);
  });
}
