import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../shared/events/db/events.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('cancelling an execution', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  const tools: Record<string, string> = {};

  beforeAll(async () => {
    stack = await startExecutionStack();
    provider = await startProvider();
    await stack.allowHosts(provider.host);
    const make = (name: string, method: 'GET' | 'POST', timeoutMs: number) =>
      stack.createTool({ name, type: 'http', timeoutMs, config: { method, url: provider.url } });
    tools.get = await make('look', 'GET', 9000);
    tools.post = await make('act', 'POST', 9000);
    tools.long = await make('look_long', 'GET', 30_000);
  });
  beforeEach(() => {
    provider.requests.length = 0;
    provider.respond = () => {};
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  const cancel = (executionId: string, from = stack) =>
    from.executor.cancel({ identity: stack.identity, executionId, requestId: 'test' });
  const inFlight = async (tool: string) => {
    const execution = await stack.execute(tool, {}, { waitMs: 0 });
    await eventually(() => provider.requests.length === 1);
    return execution;
  };
  const workflowStatus = async (workflowId: string) =>
    (await stack.temporal.client.workflow.getHandle(workflowId).describe()).status.name;

  test('before its first attempt sends nothing', async () => {
    const idle = await startExecutionStack({ worker: false });
    try {
      const tool = await idle.createTool({
        name: 'look',
        type: 'http',
        config: { method: 'GET', url: provider.url },
      });
      const execution = await idle.execute(tool, {}, { waitMs: 0 });
      const cancelled = await idle.executor.cancel({
        identity: idle.identity,
        executionId: execution.id,
        requestId: 't',
      });
      expect(cancelled).toMatchObject({
        status: 'failed',
        failure: { code: 'cancelled', retryable: true },
        attempts: [],
      });
      await idle.startWorker();
      await eventually(async () => (await workflowStatus(execution.workflowId)) !== 'RUNNING');
      expect(provider.requests).toHaveLength(0);
    } finally {
      await idle.close();
    }
  });

  test('during a call that is safe to retry stops it within a second', async () => {
    const { id, workflowId } = await inFlight(tools.get!);
    const at = performance.now();
    expect(await cancel(id)).toMatchObject({
      status: 'failed',
      failure: { code: 'cancelled', retryable: true },
      cancelRequestedAt: expect.any(String),
    });
    expect(performance.now() - at).toBeLessThan(1000);
    await eventually(async () => (await workflowStatus(workflowId)) === 'CANCELLED');
    const events = await stack.services.db.tenant(stack.identity.tenantId, (c) =>
      listEvents(c, { subjectId: id, limit: 10 }),
    );
    expect(events.map((event) => event.type).reverse()).toEqual([
      'ToolExecutionRequested',
      'ToolExecutionStarted',
      'ToolExecutionCancelRequested',
      'ToolExecutionAttempted',
      'ToolExecutionFailed',
    ]);
  });

  test('during a POST leaves its outcome unknown', async () => {
    const { id } = await inFlight(tools.post!);
    expect(await cancel(id)).toMatchObject({
      status: 'failed',
      failure: {
        code: 'outcome_unknown',
        retryable: false,
        message: expect.stringMatching(/^Cancelled during the call/),
      },
    });
  });

  test('during a long call stops it', async () => {
    const { id, workflowId } = await inFlight(tools.long!);
    expect(await cancel(id)).toMatchObject({ status: 'failed', failure: { code: 'cancelled' } });
    await eventually(async () => (await workflowStatus(workflowId)) === 'CANCELLED');
  });

  test('in one process stops a call that another process makes', async () => {
    const other = await startExecutionStack({ worker: false });
    try {
      const { id } = await inFlight(tools.get!);
      await cancel(id, other);
      await eventually(async () => (await stack.read(id)).failure?.code === 'cancelled');
    } finally {
      await other.close();
    }
  });

  test('between two attempts makes no further one', async () => {
    provider.respond = (_request, response) => sendJson(response, 503, {}, { 'retry-after': '30' });
    const { id, workflowId } = await inFlight(tools.get!);
    await eventually(async () => (await stack.read(id)).attempts[0]?.status === 'failed');
    expect(await cancel(id)).toMatchObject({ status: 'failed', failure: { code: 'cancelled' } });
    expect(provider.requests).toHaveLength(1);
    await eventually(async () => (await workflowStatus(workflowId)) === 'CANCELLED');
  });

  test('in Temporal Web cancels the row too', async () => {
    const { id, workflowId } = await inFlight(tools.long!);
    await stack.temporal.client.workflow.getHandle(workflowId).cancel();
    await eventually(async () => (await stack.read(id)).failure?.code === 'cancelled', {
      timeoutMs: 8000,
    });
  });

  test('is a conflict once it has ended', async () => {
    provider.respond = (_request, response) => sendJson(response, 200, {});
    const { id } = await stack.execute(tools.get!, {});
    await expect(cancel(id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('twice at once has the same result as once', async () => {
    const { id } = await inFlight(tools.get!);
    const [one, two] = await Promise.all([cancel(id), cancel(id)]);
    expect([one.failure?.code, two.failure?.code]).toEqual(['cancelled', 'cancelled']);
  });
});
