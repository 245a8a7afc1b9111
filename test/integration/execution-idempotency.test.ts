import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('the idempotency key of an execution', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let tool: string;

  beforeAll(async () => {
    stack = await startExecutionStack();
    provider = await startProvider((_request, response) =>
      setTimeout(() => sendJson(response, 201, { number: provider.requests.length }), 50),
    );
    await stack.allowHosts(provider.host);
    tool = await stack.createTool({
      name: 'charge',
      type: 'http',
      config: { method: 'POST', url: provider.url },
    });
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  test('twenty concurrent callers with the same key and payload share one execution and one call', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => stack.execute(tool, { amount: 1, to: 'x' }, { idempotencyKey: 'k1' })),
    );
    expect(new Set(all.map((execution) => execution.id)).size).toBe(1);
    expect(all.map((execution) => execution.status)).toEqual(Array(20).fill('succeeded'));
    expect(provider.requests).toHaveLength(1);
  });

  test('the order of the properties in a payload does not matter', async () => {
    const first = await stack.execute(tool, { amount: 1, to: 'x' }, { idempotencyKey: 'k2' });
    const second = await stack.execute(tool, { to: 'x', amount: 1 }, { idempotencyKey: 'k2' });
    expect(second.id).toBe(first.id);
    expect(provider.requests).toHaveLength(1);
  });

  test('another payload with the same key is refused and changes nothing', async () => {
    await stack.execute(tool, { amount: 1 }, { idempotencyKey: 'k3' });
    await expect(stack.execute(tool, { amount: 2 }, { idempotencyKey: 'k3' })).rejects.toMatchObject({
      code: 'idempotency_conflict',
    });
    expect(provider.requests).toHaveLength(1);
  });

  test('two tenants can use the same key', async () => {
    const other = await startExecutionStack();
    try {
      await other.allowHosts(provider.host);
      const theirs = await other.createTool({
        name: 'charge',
        type: 'http',
        config: { method: 'POST', url: provider.url },
      });
      const mine = await stack.execute(tool, {}, { idempotencyKey: 'k4' });
      const their = await other.execute(theirs, {}, { idempotencyKey: 'k4' });
      expect(their.id).not.toBe(mine.id);
      expect(provider.requests).toHaveLength(2);
    } finally {
      await other.close();
    }
  });

  test('a retry after the tool was disabled still returns the first execution', async () => {
    const { services, identity } = stack;
    const once = await stack.createTool({
      name: 'charge_once',
      type: 'http',
      config: { method: 'POST', url: provider.url },
    });
    const first = await stack.execute(once, {}, { idempotencyKey: 'k5' });
    const { setToolEnabled } = await import('../../shared/tools/db/tools.ts');
    await services.db.tenant(identity.tenantId, (c) => setToolEnabled(c, once, false, identity.actor));
    expect((await stack.execute(once, {}, { idempotencyKey: 'k5' })).id).toBe(first.id);
    await expect(stack.execute(once, {}, { idempotencyKey: 'k6' })).rejects.toMatchObject({
      code: 'disabled',
    });
  });
});
