import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { createValues, randomFrom } from '../support/random-values.ts';
import { requestOf } from '../support/rest-requests.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

type Json = Record<string, unknown>;
interface Operation {
  parameters?: { name: string; in: string; schema: Json }[];
  requestBody?: { content: { 'application/json': { schema: Json } } };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Json }> }>;
}

/** Another seed finds other requests: set it to repeat a run that failed. */
const seed = Number(process.env.CONFORMANCE_SEED ?? 20_261_121);
const perOperation = Number(process.env.CONFORMANCE_REQUESTS ?? 12);

describe('the API and its OpenAPI document', () => {
  let api: TestApi;
  let acme: TestTenant;
  let document: { paths: Record<string, Record<string, Operation>>; components: Json };
  let ids: string[];
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    document = (await api.call(null)('GET', '/api/openapi.json')).body;
    ajv.addSchema({ $id: 'api:', components: document.components });
    const { tool_admin: admin, operator } = acme.as;
    const tool = await admin('POST', '/api/tools', { name: 'example', type: 'dummy' });
    await admin('POST', '/api/connectors', { name: 'example', baseUrl: 'https://example.test' });
    const exception = await operator('POST', '/api/exceptions', { title: 'Example', domain: 'payments' });
    const execution = await operator('POST', `/api/tools/${tool.body.id}/execute`, {
      payload: {},
      exceptionId: exception.body.id,
    });
    const playbook = await publishPlaybook(admin, {
      name: 'example',
      steps: [
        { id: 'check', type: 'manual', title: 'Check' },
        { id: 'call', type: 'call_tool', title: 'Call', tool: 'example' },
      ],
    });
    const run = await startRun(operator, playbook, { exceptionId: exception.body.id });
    await stepWhen(operator, run, 'check', 'waiting');
    const webhook = await acme.as.tenant_admin('POST', '/api/webhooks', { url: 'https://hooks.example/' });
    ids = [tool.body.id, exception.body.id, execution.body.id, playbook, run, webhook.body.id];
  });
  afterAll(() => api?.close());

  /** What is wrong with a response; null when it is declared and as declared. */
  function problemOf(operation: Operation, { status, body }: ApiResponse): string | null {
    if (status >= 500) return `status ${status}: ${JSON.stringify(body).slice(0, 300)}`;
    const declared = operation.responses[status];
    if (!declared) return `status ${status} is not declared: ${JSON.stringify(body).slice(0, 300)}`;
    const { responses } = document.components as { responses: Record<string, typeof declared> };
    const { content } = declared.$ref ? responses[declared.$ref.split('/').at(-1)!]! : declared;
    const schema = content?.['application/json']?.schema;
    if (!schema) return null;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"api:#/components/');
    const validate = ajv.compile(JSON.parse(text));
    return validate(body) ? null : `${status} ${ajv.errorsText(validate.errors).slice(0, 400)}`;
  }

  const operationOf = (path: string, method: string) => document.paths[path]![method.toLowerCase()]!;

  test('valid requests of every operation get a declared response', async () => {
    const problems: string[] = [];
    // What removes things comes last.
    const ordered = restOperations.toSorted((a, b) => weight(a.rest) - weight(b.rest));
    for (const each of ordered)
      for (const id of ids) {
        const [method, path, body] = requestOf(each, { id });
        const response = await acme.as.tenant_admin(method, path, body);
        const problem = problemOf(operationOf(each.rest.path, method), response);
        if (problem) problems.push(`${method} ${path}: ${problem}`);
      }
    expect(problems).toEqual([]);
  });

  test(`random requests (seed ${seed}) get no 5xx and no undeclared response`, async () => {
    const random = randomFrom(seed);
    const { schemas } = document.components as { schemas: Record<string, Json> };
    const { valueFor, pick, chance } = createValues(random, schemas, [...ids, acme.id]);
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
        const response = await acme.as.tenant_admin(rest.method, url, withoutWaiting(body));
        const problem = problemOf(operation, response);
        if (problem)
          problems.push(`${rest.method} ${url} ${JSON.stringify(body)?.slice(0, 400)}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
  }, 240_000);
});

const weight = ({ method, path }: { method: string; path: string }): number =>
  method === 'GET' ? 0 : method === 'DELETE' || /cancel|archive/.test(path) ? 2 : 1;

/** A random wait would hold the test up. */
function withoutWaiting(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('waitMs' in body)) return body;
  return { ...body, waitMs: typeof body.waitMs === 'number' ? Math.min(body.waitMs, 500) : body.waitMs };
}
