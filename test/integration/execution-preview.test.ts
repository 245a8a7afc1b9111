import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Services } from '../../api/services.ts';
import { updateTool } from '../../shared/tools/server/write-tool.ts';
import type { ToolDefinitionInput } from '../../shared/tools/tool-definition.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('the preview of an execution', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let definition: ToolDefinitionInput;
  let tool: string;

  beforeAll(async () => {
    stack = await startExecutionStack({ worker: false });
    provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 'r1' }));
    await stack.allowHosts(provider.host);
    definition = {
      name: 'refund',
      type: 'http',
      inputSchema: {
        type: 'object',
        required: ['paymentId', 'pin'],
        properties: {
          paymentId: { type: 'string' },
          amount: { type: 'number' },
          pin: { type: 'string', writeOnly: true },
        },
      },
      auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: 'k-31415926535' },
      config: { method: 'POST', url: `${provider.url}/payments/{paymentId}/refunds` },
    };
    tool = await stack.createTool(definition);
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  const preview = (payload: Record<string, string | number>, toolId = tool) =>
    stack.executor.preview({ identity: stack.identity, toolId, payload });

  test('a preview shows the exact request without its secrets, and makes no call', async () => {
    const shown = await preview({ paymentId: 'p 1', amount: 5, pin: '42' });
    expect(shown).toMatchObject({
      toolVersion: 1,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      request: {
        method: 'POST',
        url: `${provider.url}/payments/p%201/refunds`,
        body: { amount: 5, pin: '[redacted]' },
      },
      credential: { type: 'api_key', name: 'refund' },
      repeatPolicy: expect.stringMatching(/^Sent once/),
    });
    expect(shown.request.headers).toMatchObject({ 'x-api-key': '[redacted]' });
    expect(provider.requests).toHaveLength(0);
  });

  test('every preview has a digest of its own, so that digests of guesses cannot be compared', async () => {
    const shown = await Promise.all([
      preview({ paymentId: 'p', pin: '1' }),
      preview({ pin: '1', paymentId: 'p' }),
      preview({ paymentId: 'p', pin: '2' }),
    ]);
    expect(new Set(shown.map(({ digest }) => digest)).size).toBe(3);
  });

  test('an execution with the digest of another payload is refused and not stored', async () => {
    const { digest } = await preview({ paymentId: 'p', amount: 1, pin: '1' });
    await expect(
      stack.execute(tool, { paymentId: 'p', amount: 100, pin: '1' }, { previewDigest: digest, waitMs: 0 }),
    ).rejects.toMatchObject({ code: 'preview_changed' });
    expect((await stack.executor.list(stack.identity, { limit: 10, toolId: tool })).items).toEqual([]);
  });

  test('an execution is refused if its tool changed after the preview; one accepted before sends the previewed request', async () => {
    const { digest } = await preview({ paymentId: 'p', pin: '1' });
    const accepted = await stack.execute(
      tool,
      { paymentId: 'p', pin: '1' },
      { previewDigest: digest, waitMs: 0 },
    );
    const write = { services: stack.services as Services, identity: stack.identity, requestId: 'test' };
    const changed = { ...definition, config: { method: 'POST', url: `${provider.url}/v2/{paymentId}` } };
    await updateTool(write, tool, changed, { note: null });
    await expect(
      stack.execute(tool, { paymentId: 'p', pin: '1' }, { previewDigest: digest, waitMs: 0 }),
    ).rejects.toMatchObject({ code: 'preview_changed' });

    await stack.startWorker();
    await eventually(async () => (await stack.read(accepted.id)).status === 'succeeded');
    expect(provider.requests.map((request) => request.url)).toEqual(['/payments/p/refunds']);
  });

  test('a preview refuses input that does not match the schema, with its paths', async () => {
    await expect(preview({ amount: 5 })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: expect.arrayContaining([expect.objectContaining({ path: '/paymentId', keyword: 'required' })]),
    });
  });
});
