import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, type Respond, sendJson, startProvider } from '../support/provider-server.ts';
import { dumpDatabase, dumpWorkflow, findSecret, secretForms } from '../support/secret-scan.ts';

const keySecret = 'key/+&"<é 8314462618';
const inputSecret = 'pin/+&"<é 6626070150';

/** Forms in which a provider may return a secret: inside other text, and encoded. */
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

describe('the secrets of an execution', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  const logs: string[] = [];
  const executions: Execution[] = [];

  /** Returns everything it received, in every encoding. */
  const echo: Respond = (request, response) => {
    const received = {
      url: request.url,
      headers: request.headers,
      body: request.body,
      encodings: [keySecret, inputSecret].flatMap(encodings),
      [keySecret]: inputSecret,
    };
    const status = Number(/status=(\d+)/.exec(request.url)?.[1] ?? 200);
    if (status === 0) return;
    sendJson(response, status, received, {
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
          url: `${provider.url}/pins/{+pin}`,
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

  /** Stores a schema that the API refuses: then the response cannot be processed, which is logged. */
  async function breakOutputSchema(toolId: string): Promise<void> {
    const admin = await connectAdmin();
    await admin.query(
      `UPDATE tool_version SET definition = jsonb_set(definition::jsonb, '{outputSchema,type}', '"nonsense"')
       WHERE tool_id = $1`,
      [toolId],
    );
    await admin.end();
  }

  const expectNoSecret = (places: Record<string, string>) => {
    expect(findSecret(places, keySecret)).toEqual([]);
    expect(findSecret(places, inputSecret)).toEqual([]);
  };

  test('the provider gets both secrets of an execution', () => {
    expect(executions.map((execution) => execution.failure?.code ?? execution.status)).toEqual([
      'succeeded',
      'provider_error',
      'provider_error',
      'provider_error',
      'succeeded',
      'outcome_unknown',
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

  test('no response contains a secret', () => expectNoSecret({ responses: JSON.stringify(executions) }));

  test('no table contains a secret, in any encoding', async () => {
    expectNoSecret(await dumpDatabase(inject('servers').adminUrl));
  });

  test('no Temporal history, description or search attribute contains a secret or a payload', async () => {
    const places: Record<string, string> = {};
    for (const { workflowId } of executions)
      places[workflowId] = await dumpWorkflow(stack.temporal.client, workflowId);
    expectNoSecret(places);
    expect(Object.values(places).join('\n')).not.toMatch(/contains|x-echo/);
  });

  test('no log line contains a secret', () => {
    // A response that cannot be processed is logged with its error, so there is something to search.
    expectNoSecret({ logs: logs.join('\n') });
  });

  test('no preview contains a secret', async () => {
    const preview = await stack.executor.preview({
      identity: stack.identity,
      toolId: executions[0]!.toolId,
      payload: { pin: inputSecret, note: keySecret, status: 200 },
    });
    expectNoSecret({ preview: JSON.stringify(preview) });
  });

  test('the sealed input is deleted when the execution ends', async () => {
    const rows = await stack.services.db.tenant(stack.identity.tenantId, (c) =>
      c.query<{ kept: string }>({
        text: 'SELECT count(input_sealed) AS kept FROM tool_execution WHERE tenant_id = $1',
        values: [c.tenantId],
      }),
    );
    expect(rows[0]!.kept).toBe('0');
  });
});
