import { describe, expect, test } from 'vitest';
import { deriveInputs } from '../../../shared/tools/providers/graphql/derive-inputs.ts';
import type { OfferedOperation } from '../../../shared/tools/server/connector-offer.ts';
import {
  readDocument,
  readSchema,
  sdlOfResponse,
} from '../../../shared/tools/server/graphql/graphql-here.ts';
import { operationsOf } from '../../../shared/tools/server/graphql/operations-here.ts';

const schema = /* GraphQL */ `
  "What an order is in."
  enum Status { OPEN SHIPPED }
  type Customer { id: ID! name: String orders: [Order!]! }
  type Order { id: ID! status: Status! total: Float customer: Customer history(of: String!): [String!] }
  type OrderEdge { cursor: String! node: Order }
  type OrderPage { edges: [OrderEdge!]! }
  input Line { sku: String! count: Int = 1 more: Line }
  input NewOrder { customerId: ID! lines: [Line!]! note: String status: Status }
  type Query {
    "One order."
    order(id: ID!): Order
    orders(first: Int = 10, status: Status): OrderPage!
  }
  type Mutation { createOrder(order: NewOrder!): Order! }
  type Subscription { orderChanged: Order }
`;
const inputs = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });
const byId = inputs({ id: { type: 'string' } }, ['id']);
const problems = async (document: string, more: object = {}) =>
  (await readDocument({ document, inputSchema: byId, schema, ...more })).issues.map(
    ({ path, message }) => `${path} ${message}`,
  );

describe('a GraphQL document', () => {
  test('that fits its schema and its inputs has no problem, and says of which kind it is', async () => {
    const query = 'query ($id: ID!) { order(id: $id) { id } }';
    expect(await readDocument({ document: query, inputSchema: byId, schema })).toEqual({
      issues: [],
      operation: 'query',
    });
    const { operation } = await readDocument({
      document: 'mutation M($order: NewOrder!) { createOrder(order: $order) { id } }',
      inputSchema: inputs({ order: { type: 'object' } }, ['order']),
      schema,
    });
    expect(operation).toBe('mutation');
  });

  test('has its problems at line and column', async () => {
    expect(await problems('query {\n  order(id: 1) { id ')).toEqual([
      expect.stringMatching(/^\/config\/document Line 2, column \d+: Syntax Error/),
    ]);
    expect(await problems('query ($id: ID!) {\n  order(id: $id) { nothing }\n}')).toEqual([
      '/config/document Line 2, column 20: Cannot query field "nothing" on type "Order".',
    ]);
    expect(await problems('query ($id: Strang!) { order(id: $id) { id } }')).toContainEqual(
      expect.stringContaining('Unknown type "Strang"'),
    );
  });

  test('of several operations names the one that is called', async () => {
    const two = 'query A($id: ID!) { order(id: $id) { id } } query B($id: ID!) { order(id: $id) { total } }';
    expect(await problems(two)).toEqual(['/config/operationName Name the operation to call: A, B']);
    expect(await problems(two, { operationName: 'C' })).toEqual([
      '/config/operationName The document has no operation "C" (it has A, B)',
    ]);
    expect(await problems(two, { operationName: 'B' })).toEqual([]);
  });

  test('is no subscription', async () => {
    const document = 'subscription { orderChanged { id } }';
    expect(await problems(document, { inputSchema: inputs({}) })).toEqual([
      '/config/document Subscriptions cannot be called: use a query or a mutation',
    ]);
  });

  test('gets its variables from inputs of the same names and types', async () => {
    const document =
      'query ($id: ID!, $first: Int) { order(id: $id) { id } orders(first: $first) { edges { cursor } } }';
    const check = (inputSchema: object) => problems(document, { inputSchema });
    expect(await check(inputs({}))).toEqual(['/inputSchema Add the input id: the operation needs $id: ID!']);
    expect(await check(inputs({ id: { type: 'integer' } }))).toEqual([
      '/inputSchema/properties/id The input id must be required: the operation needs $id: ID!',
    ]);
    expect(
      await check(inputs({ id: { type: 'boolean' }, first: { type: 'string' }, x: {} }, ['id'])),
    ).toEqual([
      '/inputSchema/properties/x The operation has no variable $x',
      '/inputSchema/properties/id An input of type boolean does not fit: the variable is $id: ID!',
      '/inputSchema/properties/first An input of type string does not fit: the variable is $first: Int',
    ]);
  });

  test('that is hostile is refused, and takes no time', async () => {
    const deep = `query ${'{ a '.repeat(60)}${'}'.repeat(60)}`;
    expect(await problems(deep, { schema: undefined, inputSchema: inputs({}) })).toEqual([
      '/config/document The document is nested more than 40 deep',
    ]);
    const deepest = `query ${'{a'.repeat(15_000)}`;
    expect(await problems(deepest, { inputSchema: inputs({}) })).toHaveLength(1);
    const aliases = `query { ${Array.from({ length: 10_000 }, (_, at) => `a${at}: x`).join(' ')} }`;
    expect(await problems(aliases, { inputSchema: inputs({}) })).toEqual([
      expect.stringContaining('Document contains more than 20000 tokens'),
    ]);
  });
});

describe('a GraphQL schema', () => {
  test('is read as SDL and as the result of an introspection query', async () => {
    const read = await readSchema(schema);
    if ('problem' in read) throw new Error(read.problem);
    const { introspectionFromSchema } = await import('graphql');
    const body = Buffer.from(JSON.stringify({ data: introspectionFromSchema(read.schema) }));
    const again = await sdlOfResponse(body);
    expect(again).toMatchObject({ sdl: expect.stringContaining('input NewOrder {') });
    expect(
      await problems('query ($id: ID!) { order(id: $id) { nothing } }', { schema: body.toString() }),
    ).toHaveLength(1);
  });

  test('that cannot be read says why', async () => {
    expect(await sdlOfResponse(Buffer.from('{"errors":[{"message":"not here"}]}'))).toEqual({
      problem: 'It is not the result of an introspection query: not here',
    });
    expect(await readSchema('type Query { a: Nothing }')).toEqual({
      problem: expect.stringContaining('Unknown type "Nothing"'),
    });
    expect(await readSchema('<html>')).toMatchObject({ problem: expect.stringContaining('Syntax Error') });
  });

  const offered = async () => {
    const read = await operationsOf(schema);
    if ('problem' in read) throw new Error(read.problem);
    return JSON.parse(read.operations.text) as OfferedOperation[];
  };

  test('offers every query and mutation as a draft that passes the checks', async () => {
    const operations = await offered();
    expect(operations.map(({ key, tool }) => `${key} ${tool?.name ?? 'none'}`)).toEqual([
      'query.order order',
      'query.orders orders',
      'mutation.createOrder create_order',
      'subscription.orderChanged none',
    ]);
    for (const { tool } of operations) {
      if (!tool) continue;
      const { config, inputSchema } = tool as { config: { document: string }; inputSchema: object };
      expect(await problems(config.document, { inputSchema })).toEqual([]);
    }
  });

  const documentOf = (operation: OfferedOperation | undefined) =>
    (operation?.tool?.config as { document: string } | undefined)?.document;

  test('a draft asks for two levels, and for what lists wrap their objects in', async () => {
    const [order, orders, create] = await offered();
    expect(documentOf(order)).toBe(
      [
        'query Order($id: ID!) {',
        '  order(id: $id) {',
        '    id',
        '    status',
        '    total',
        '    customer {',
        '      id',
        '      name',
        '    }',
        '  }',
        '}',
      ].join('\n'),
    );
    expect(order?.reason).toContain('a part of the fields');
    expect(documentOf(orders)).toContain('edges {');
    expect(create?.tool?.inputSchema).toMatchObject({
      required: ['order'],
      properties: {
        order: {
          required: ['customerId', 'lines'],
          properties: { status: { enum: ['OPEN', 'SHIPPED'] }, lines: { items: { required: ['sku'] } } },
        },
      },
    });
  });

  test('inputs derived from a document are those of its variables', () => {
    const document =
      'mutation ($order: NewOrder!, $silent: Boolean = false) { createOrder(order: $order) { id } }';
    expect(deriveInputs(document, undefined, schema)).toMatchObject({
      inputSchema: {
        required: ['order'],
        properties: { silent: { type: 'boolean' }, order: { properties: { note: { type: 'string' } } } },
      },
    });
    expect(deriveInputs('query {', undefined, undefined)).toMatchObject({ problem: expect.any(String) });
  });
});
