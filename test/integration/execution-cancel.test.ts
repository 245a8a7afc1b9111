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

  test('an execution that is cancelled before its first attempt sends nothing', async () => {
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

  test('cancelling stops a call that is safe to retry within a second', async () => {
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

  test('a POST that is cancelled after it was sent has an unknown outcome', async () => {
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

  test('cancelling stops a long call', async () => {
    const { id, workflowId } = await inFlight(tools.long!);
    expect(await cancel(id)).toMatchObject({ status: 'failed', failure: { code: 'cancelled' } });
    await eventually(async () => (await workflowStatus(workflowId)) === 'CANCELLED');
  });

  test('cancelling in one process stops a call that another process makes', async () => {
    const other = await startExecutionStack({ worker: false });
    try {
      const { id } = await inFlight(tools.get!);
      await cancel(id, other);
      await eventually(async () => (await stack.read(id)).failure?.code === 'cancelled');
    } finally {
      await other.close();
    }
  });

  test('an execution that is cancelled between two attempts makes no further one', async () => {
    provider.respond = (_request, response) => sendJson(response, 503, {}, { 'retry-after': '30' });
    const { id, workflowId } = await inFlight(tools.get!);
    await eventually(async () => (await stack.read(id)).attempts[0]?.status === 'failed');
    expect(await cancel(id)).toMatchObject({ status: 'failed', failure: { code: 'cancelled' } });
    expect(provider.requests).toHaveLength(1);
    await eventually(async () => (await workflowStatus(workflowId)) === 'CANCELLED');
  });

  test('a workflow that is cancelled in Temporal Web cancels its execution', async () => {
    const { id, workflowId } = await inFlight(tools.long!);
    await stack.temporal.client.workflow.getHandle(workflowId).cancel();
    await eventually(async () => (await stack.read(id)).failure?.code === 'cancelled', {
      timeoutMs: 8000,
    });
  });

  test('an execution that has ended cannot be cancelled', async () => {
    provider.respond = (_request, response) => sendJson(response, 200, {});
    const { id } = await stack.execute(tools.get!, {});
    await expect(cancel(id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('two concurrent cancels have the same result', async () => {
    const { id } = await inFlight(tools.get!);
    const [one, two] = await Promise.all([cancel(id), cancel(id)]);
    expect([one.failure?.code, two.failure?.code]).toEqual(['cancelled', 'cancelled']);
  });
});
