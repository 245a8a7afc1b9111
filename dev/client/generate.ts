import './typescript-api.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../../api/rest/open-api.ts';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { projectRoot } from '../paths.ts';

// Writes the types and routes of the client from the OpenAPI document; with `--print`, to the standard output.

interface Operation {
  operationId: string;
  responses: Record<string, { content?: object }>;
}

const { default: openapiTS, astToString } = await import('openapi-typescript');

const document = openApiDocument('https://interlock.example');
const types = await openapiTS(JSON.stringify(document), {
  // A field with a default may be left out of a request.
  defaultNonNullable: false,
});
const routes = restOperations.map(({ name, rest, input }) => [
  name,
  {
    method: rest.method,
    path: rest.path,
    ...(rest.bodyField ? { body: rest.bodyField } : {}),
    ...(rest.query ? { query: rest.query } : {}),
    ...(rest.headers ? { headers: rest.headers } : {}),
    ...keyOf(rest.headers, Object.keys(input?.shape ?? {})),
  },
]);
const known = new Set(restOperations.map(({ name }) => name.replace('.', '_')));
const text = [
  '// Written by `npm run client:types` from the OpenAPI document. Do not edit.',
  '',
  astToString(types),
  '/** Where the fields of the input of each operation go. */',
  `export const routes = ${JSON.stringify(Object.fromEntries(routes), null, 2)} as const;`,
  '/** What is read as a file, by its name here. */',
  `export const downloads = ${JSON.stringify(Object.fromEntries(downloads()), null, 2)} as const;`,
  '',
].join('\n');
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(projectRoot, 'shared/client/api-types.ts'), text);

/** Operations that respond with a file, such as `executions_csv`: `executions.csv` of the client. */
function downloads(): [string, { operation: string; path: string }][] {
  return Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, { get }]) => {
      if (!path.startsWith('/api/') || !get || known.has(get.operationId)) return [];
      if ('text/event-stream' in (get.responses['200']?.content ?? {})) return [];
      const [router, ...words] = get.operationId.split('_');
      const name = words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1)));
      return [[`${router}.${name.join('')}`, { operation: get.operationId, path }]];
    },
  );
}

/** The field that makes a second request of a write harmless. */
function keyOf(headers: Record<string, string> = {}, fields: string[]): { key?: string } {
  if ('idempotency-key' in headers) return { key: headers['idempotency-key'] };
  return fields.includes('requestId') ? { key: 'requestId' } : {};
}
