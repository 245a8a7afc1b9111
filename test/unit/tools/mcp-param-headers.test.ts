import { describe, expect, test } from 'vitest';
import { ExactNumber } from '../../../shared/platform/exact-number.ts';
import { mcpOffers } from '../../../shared/tools/connectors/mcp/offers.ts';
import { connectorDefinitionSchema } from '../../../shared/tools/connectors/registry.ts';
import { paramHeaders } from '../../../shared/tools/providers/mcp/param-headers.ts';
import { checkParamHeaders } from '../../../shared/tools/server/mcp/check-param-headers.ts';

const text = (name: unknown, type: unknown = 'string') => ({ type, 'x-mcp-header': name });
const schema = (properties: object) => ({ type: 'object', properties });

describe('arguments that an MCP server wants in headers', () => {
  test.each([
    ['plain text', 'eu-west 1', 'eu-west 1'],
    ['an empty text', '', ''],
    ['a space at its end', 'a ', '=?base64?YSA=?='],
    ['letters beyond ASCII', 'ü', '=?base64?w7w=?='],
    ['a line break', 'a\r\nx: y', '=?base64?YQ0KeDogeQ==?='],
    ['what looks encoded', '=?base64?YQ==?=', '=?base64?PT9iYXNlNjQ/WVE9PT89?='],
    ['a number', 42, '42'],
    ['a number with many digits', new ExactNumber('9007199254740993'), '9007199254740993'],
    ['true', true, 'true'],
  ])('%s', (_name, value, header) => {
    expect(paramHeaders(schema({ a: text('Region') }), { a: value })).toEqual({ 'mcp-param-region': header });
  });

  test('what is not there, null, or asked for in a way that the protocol does not have, is in no header', () => {
    const properties = { a: text('A'), b: text('B'), c: text('no name'), d: text('D', 'number'), e: {} };
    expect(paramHeaders(schema(properties), { b: null, c: 'x', d: 1.5, e: 'x' })).toEqual({});
    expect(paramHeaders(schema({ constructor: text('C') }), {})).toEqual({});
  });

  test('a schema that asks for headers in another way is refused at its place', () => {
    const good = schema({ a: text('A'), in: schema({ b: text('B', 'integer') }) });
    expect(checkParamHeaders(good, '/inputSchema')).toEqual([]);
    const bad = {
      ...schema({ a: text('A'), b: text('a'), c: text('no name'), d: text('D', 'number') }),
      anyOf: [schema({ e: text('E') })],
      items: text('F'),
      'x-mcp-header': 'G',
      type: 'string',
    };
    expect(
      checkParamHeaders(bad, '/inputSchema')
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([
      '/inputSchema/anyOf/0/properties/e/x-mcp-header',
      '/inputSchema/items/x-mcp-header',
      '/inputSchema/properties/b/x-mcp-header',
      '/inputSchema/properties/c/x-mcp-header',
      '/inputSchema/properties/d/x-mcp-header',
      '/inputSchema/x-mcp-header',
    ]);
  });

  test('a tool with such a schema is listed with the reason, and cannot be chosen', async () => {
    const connector = connectorDefinitionSchema.parse({
      kind: 'mcp',
      name: 'desk',
      url: 'https://desk.example/mcp',
      serverTools: [{ name: 'find', inputSchema: schema({ a: text('no name') }) }],
    });
    if (connector.kind !== 'mcp') throw new Error('another kind');
    expect(await mcpOffers.operations(connector, 'test')).toMatchObject([
      { key: 'find', tool: null, reason: 'The header "no name" of x-mcp-header is no name of a header' },
    ]);
  });
});
