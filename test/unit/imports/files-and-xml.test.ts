import { expect, test } from 'vitest';
import { readOpenApi } from '../../../shared/imports/server/formats/openapi/read-openapi.ts';

/** The tool of an operation. */
function toolOf(operation: Record<string, unknown>, more: Record<string, unknown> = { openapi: '3.1.0' }) {
  const root = { ...more, info: { title: 'Shop' }, paths: { '/x': { post: operation } } };
  const [first] = readOpenApi(root, 'https://a.example/openapi.json', null).operations;
  return first!.tool as {
    config: Record<string, unknown>;
    inputSchema: { properties: Record<string, unknown> };
  };
}
const responding = (...types: string[]) => ({
  responses: {
    200: { content: Object.fromEntries(types.map((type) => [type, {}])) },
    400: { content: { 'application/json': {} } },
  },
});

test.each([
  [['application/xml'], 'xml'],
  [['text/xml; charset=utf-8', 'application/atom+xml'], 'xml'],
  [['application/xml', 'application/json'], undefined],
  [['application/pdf'], 'file'],
  [['image/png', 'image/jpeg'], 'file'],
  [['image/svg+xml'], undefined],
  [['text/plain'], undefined],
  [[], undefined],
])('a success of %j is read as %s', (types, responseType) => {
  expect(toolOf(responding(...types)).config.responseType).toBe(responseType);
  const swagger = { swagger: '2.0', host: 'a.example', produces: types };
  expect(toolOf({ responses: { 200: {} } }, swagger).config.responseType).toBe(responseType);
});

test('a file to upload may be a stored one, or base64', () => {
  const stored = expect.objectContaining({ 'x-file': true });
  const binary = toolOf({ requestBody: { content: { 'application/pdf': {} } } });
  expect(binary.inputSchema.properties.body).toMatchObject({ anyOf: [stored, { type: 'string' }] });
  const properties = {
    report: { type: 'string', format: 'binary', description: 'June' },
    note: { type: 'string' },
  };
  const form = { schema: { type: 'object', properties } };
  expect(
    toolOf({ requestBody: { content: { 'multipart/form-data': form } } }).inputSchema.properties,
  ).toMatchObject({
    report: { description: 'June', anyOf: [stored, { required: ['data'] }] },
    note: { type: 'string' },
  });
});
