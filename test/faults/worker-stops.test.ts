import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('a worker that is stopped during a call', () => {
  let provider: ProviderServer;
  const stacks: ExecutionStack[] = [];

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      const first = provider.requests.filter((each) => each.url === request.url).length === 1;
      const delay = request.url.startsWith('/short') ? 300 : first ? 60_000 : 0;
      setTimeout(() => sendJson(response, 200, { ok: true }), delay).unref();
    });
  });
  afterAll(async () => {
    for (const stack of stacks) await stack.close();
    await provider?.close();
  });

  /** The stack's worker has 500 ms to drain. */
  async function stopDuring(name: string, method: 'GET' | 'POST', path: string) {
    const stack = await startExecutionStack();
    stacks.push(stack);
    await stack.allowHosts(provider.host);
    const tool = await stack.createTool({ name, type: 'http', config: { method, url: provider.url + path } });
    const { id } = await stack.execute(tool, {}, { waitMs: 0 });
    await eventually(() => provider.requests.some((request) => request.url === path));
    const at = performance.now();
    await stack.worker!.stop();
    expect(performance.now() - at).toBeLessThan(8000);
    return { stack, read: () => stack.read(id) };
  }

  test('a worker that stops records a call that ends in time', async () => {
    const { read } = await stopDuring('short', 'POST', '/short');
    expect(await read()).toMatchObject({
      status: 'succeeded',
      attempts: [{ number: 1, status: 'succeeded' }],
    });
  });

  test('a worker that stops leaves a call that is safe to retry to another worker', async () => {
    const { stack, read } = await stopDuring('long', 'GET', '/long-get');
    expect(await read()).toMatchObject({ status: 'running', attempts: [{ number: 1, status: 'failed' }] });
    await stack.startWorker();
    await eventually(async () => (await read()).status === 'succeeded', { timeoutMs: 20_000 });
    expect((await read()).attempts).toHaveLength(2);
  });

  test('a worker that stops records an unknown outcome for a call that is not safe to retry', async () => {
    const { read } = await stopDuring('act', 'POST', '/long-post');
    expect(await read()).toMatchObject({ status: 'failed', failure: { code: 'outcome_unknown' } });
  });
});
