import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import {
  type ProviderAnswer,
  type ProviderServer,
  sendJson,
  startProvider,
} from '../support/provider-server.ts';
import { dumpDatabase, dumpWorkflow, findSecret, secretForms } from '../support/secret-scan.ts';

const keySecret = 'key/+&"<é 8314462618';
const inputSecret = 'pin/+&"<é 6626070150';

/** As a provider may tell a secret back: whole, inside something else, and encoded. */
function encodings(secret: string): string[] {
  const inside = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret}, and more`));
  return [
    encodeURIComponent(secret),
    ...inside.flatMap((bytes) => [
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex'),
    ]),
  ];
}

describe('secrets stay where they belong', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  const logs: string[] = [];
  const executions: Execution[] = [];

  /** Tells back everything it was told, in every encoding. */
  const echo: ProviderAnswer = (request, response) => {
    const told = {
      url: request.url,
      headers: request.headers,
      body: request.body,
      encodings: [keySecret, inputSecret].flatMap(encodings),
      [keySecret]: inputSecret,
    };
    const status = Number(/status=(\d+)/.exec(request.url)?.[1] ?? 200);
    if (status === 0) return;
    sendJson(response, status, told, {
      'x-echo': encodeURIComponent(keySecret),
      ...(status === 429 ? { 'retry-after': '1' } : {}),
    });
  };

  beforeAll(async () => {
    stack = await startExecutionStack({ onLog: (line) => logs.push(line) });
    provider = await startProvider(echo);
    await stack.allowHosts(provider.host);
    const make = (name: string, method: 'GET' | 'POST', more: Record<string, unknown> = {}) =>
      stack.createTool({
        name,
        type: 'http',
        timeoutMs: 500,
        deadlineMs: 4000,
        retry: { maxAttempts: 2, initialMs: 20, factor: 1, maxMs: 50 },
        inputSchema: {
          type: 'object',
          properties: {
            pin: { type: 'string', writeOnly: true },
            note: { type: 'string' },
            status: { type: 'integer' },
          },
        },
        auth: { type: 'api_key', in: 'query', name: 'key', value: keySecret },
        ...more,
        config: {
          method,
          url: `${provider.url}/pins/{pin}`,
          headers: { 'x-pin': 'a' },
          query: { status: '{status}' },
        },
      });
    const get = await make('echo_get', 'GET');
    const post = await make('echo_post', 'POST');
    const strict = await make('echo_strict', 'GET', {
      outputSchema: { type: 'object', required: ['nothing'] },
    });
    const broken = await make('echo_broken', 'GET', { outputSchema: { type: 'object' } });
    await breakOutputSchema(broken);
    const payload = (status: number) => ({
      pin: inputSecret,
      note: `contains ${keySecret} and ${inputSecret}`,
      status,
    });
    for (const [tool, status] of [
      [get, 200],
      [get, 503],
      [get, 429],
      [get, 400],
      [post, 201],
      [post, 500],
      [post, 0],
      [strict, 200],
      [broken, 200],
    ] as const) {
      executions.push(await stack.execute(tool, payload(status)));
    }
    const { digest } = await stack.executor.preview({
      identity: stack.identity,
      toolId: get,
      payload: payload(200),
    });
    executions.push(await stack.execute(get, payload(200), { previewDigest: digest, idempotencyKey: 'k' }));
    for (const { workflowId } of executions) {
      const handle = stack.temporal.client.workflow.getHandle(workflowId);
      await eventually(async () => (await handle.describe()).status.name !== 'RUNNING');
    }
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  /** A schema that today's checks refuse: the response cannot be processed, and that is logged. */
  async function breakOutputSchema(toolId: string): Promise<void> {
    const admin = new pg.Client({ connectionString: inject('servers').adminUrl });
    await admin.connect();
    await admin.query(
      `UPDATE tool_version SET definition = jsonb_set(definition::jsonb, '{outputSchema,type}', '"nonsense"')
       WHERE tool_id = $1`,
      [toolId],
    );
    await admin.end();
  }

  const expectNothing = (places: Record<string, string>) => {
    expect(findSecret(places, keySecret)).toEqual([]);
    expect(findSecret(places, inputSecret)).toEqual([]);
  };

  test('the executions were real: the provider got both secrets', () => {
    expect(executions.map((execution) => execution.failure?.code ?? execution.status)).toEqual([
      'succeeded',
      'provider_error',
      'provider_error',
      'provider_error',
      'succeeded',
      'provider_error',
      'outcome_unknown',
      'invalid_output',
      'internal',
      'succeeded',
    ]);
    expect(provider.requests[0]!.url).toContain(encodeURIComponent(inputSecret));
    expect(new URL(provider.requests[0]!.url, provider.url).searchParams.get('key')).toBe(keySecret);
  });

  test('the scan finds a secret in every form', () => {
    for (const form of secretForms(keySecret))
      expect(findSecret({ place: `before ${form} after` }, keySecret)).not.toEqual([]);
  });

  test('neither secret is in a response', () => expectNothing({ answers: JSON.stringify(executions) }));

  test('neither secret is in any table, in any encoding', async () => {
    expectNothing(await dumpDatabase(inject('servers').adminUrl));
  });

  test('neither secret, nor any payload, is in a Temporal history, description or search attribute', async () => {
    const places: Record<string, string> = {};
    for (const { workflowId } of executions)
      places[workflowId] = await dumpWorkflow(stack.temporal.client, workflowId);
    expectNothing(places);
    expect(Object.values(places).join('\n')).not.toMatch(/contains|x-echo/);
  });

  test('neither secret is in a log line', () => {
    // What could not be processed is logged with its error, so there is something to search.
    expectNothing({ logs: logs.join('\n') });
  });

  test('neither secret is in a preview', async () => {
    const preview = await stack.executor.preview({
      identity: stack.identity,
      toolId: executions[0]!.toolId,
      payload: { pin: inputSecret, note: keySecret, status: 200 },
    });
    expectNothing({ preview: JSON.stringify(preview) });
  });

  test('the clear input is deleted once the execution has ended', async () => {
    const rows = await stack.services.db.tenant(stack.identity.tenantId, (c) =>
      c.query<{ kept: string }>({
        text: 'SELECT count(input_sealed) AS kept FROM tool_execution WHERE tenant_id = $1',
        values: [c.tenantId],
      }),
    );
    expect(rows[0]!.kept).toBe('0');
  });
});
