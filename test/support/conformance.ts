import { Ajv2020 } from 'ajv/dist/2020.js';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { createValues, randomFrom } from './random-values.ts';
import { requestOf } from './rest-requests.ts';

type Json = Record<string, unknown>;
interface Operation {
  parameters?: { name: string; in: string; schema: Json }[];
  requestBody?: { content: { 'application/json': { schema: Json } } };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Json }> }>;
}

/** What `GET /api/openapi.json` returns. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

interface Answer {
  status: number;
  headers?: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: operations respond with many shapes
  body: any;
}

export interface ConformanceOptions {
  document: ApiDocument;
  /** As someone who may do everything in the tenant. */
  call: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Of things in the tenant: each is tried in every path. */
  ids: readonly string[];
}

/** Compares the responses of every operation with the OpenAPI document. Each function returns what is wrong. */
export function createConformance({ document, call, ids }: ConformanceOptions) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'api:', components: document.components });

  /** What is wrong with a response; null when it is declared and as declared. */
  function problemOf(operation: Operation, { status, body, headers }: Answer): string | null {
    if (status >= 500) return `status ${status}: ${JSON.stringify(body).slice(0, 300)}`;
    const declared = operation.responses[status];
    if (!declared) return `status ${status} is not declared: ${JSON.stringify(body).slice(0, 300)}`;
    const { responses } = document.components as { responses: Record<string, typeof declared> };
    const { content } = declared.$ref ? responses[declared.$ref.split('/').at(-1)!]! : declared;
    const isCsv = headers?.get('content-type')?.startsWith('text/csv');
    if (isCsv && !content?.['text/csv']) return `${status} as CSV is not declared`;
    const schema = content?.[isCsv ? 'text/csv' : 'application/json']?.schema;
    if (!schema) return null;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"api:#/components/');
    const validate = ajv.compile(JSON.parse(text));
    return validate(body) ? null : `${status} ${ajv.errorsText(validate.errors).slice(0, 400)}`;
  }

  const operationOf = (path: string, method: string) => document.paths[path]![method.toLowerCase()]!;

  return {
    async validRequests(): Promise<string[]> {
      const problems: string[] = [];
      // What removes things comes last.
      const ordered = restOperations.toSorted((a, b) => weight(a.rest) - weight(b.rest));
      for (const each of ordered)
        for (const id of ids) {
          const [method, path, body] = requestOf(each, { id });
          const problem = problemOf(operationOf(each.rest.path, method), await call(method, path, body));
          if (problem) problems.push(`${method} ${path}: ${problem}`);
        }
      return problems;
    },

    async randomRequests(seed: number, perOperation: number, tenantId: string): Promise<string[]> {
      const { schemas } = document.components as { schemas: Record<string, Json> };
      const { valueFor, pick, chance } = createValues(randomFrom(seed), schemas, [...ids, tenantId]);
      const problems: string[] = [];
      for (const { rest } of restOperations) {
        const operation = operationOf(rest.path, rest.method);
        for (let count = 0; count < perOperation; count++) {
          const path = rest.path.replace(/\{(\w+)\}/g, (_, name: string) =>
            encodeURIComponent(name === 'id' ? pick(ids) : pick(['check', '1', '0', '\u0000', '..x'])),
          );
          const query = new URLSearchParams();
          for (const parameter of operation.parameters ?? [])
            if (parameter.in === 'query' && chance(0.4))
              query.append(parameter.name, String(valueFor(parameter.schema)));
          const schema = operation.requestBody?.content['application/json'].schema;
          const body = schema && valueFor(schema);
          const url = query.size > 0 ? `${path}?${query}` : path;
          const problem = problemOf(operation, await call(rest.method, url, withoutWaiting(body)));
          if (problem)
            problems.push(`${rest.method} ${url} ${JSON.stringify(body)?.slice(0, 400)}: ${problem}`);
        }
      }
      return problems;
    },
  };
}

const weight = ({ method, path }: { method: string; path: string }): number =>
  method === 'GET' ? 0 : method === 'DELETE' || /cancel|archive/.test(path) ? 2 : 1;

/** A random wait would hold the test up. */
function withoutWaiting(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('waitMs' in body)) return body;
  return { ...body, waitMs: typeof body.waitMs === 'number' ? Math.min(body.waitMs, 500) : body.waitMs };
}
