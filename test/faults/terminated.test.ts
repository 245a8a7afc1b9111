import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('an execution whose workflow is ended in Temporal Web', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  const tools: Record<string, string> = {};

  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase();
    stack = await startExecutionStack({ databaseUrl, reconcile: true });
    provider = await startProvider();
    await stack.allowHosts(provider.host);
    const make = (name: string, method: 'GET' | 'POST', timeoutMs: number) =>
      stack.createTool({ name, type: 'http', timeoutMs, config: { method, url: provider.url } });
    tools.look = await make('look', 'GET', 9000);
    tools.act = await make('act', 'POST', 9000);
    tools.lookLong = await make('look_long', 'GET', 30_000);
  });
  beforeEach(() => {
    provider.requests.length = 0;
    provider.respond = () => {};
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  const handleOf = (workflowId: string) => stack.temporal.client.workflow.getHandle(workflowId);
  const inFlight = async (tool: string) => {
    const execution = await stack.execute(tool, {}, { waitMs: 0 });
    await eventually(() => provider.requests.length === 1);
    return execution;
  };
  const failure = (id: string) => eventually(async () => (await stack.read(id)).failure, { timeoutMs: 6000 });

  test('an execution that is terminated during a call that is safe to retry fails as terminated within seconds', async () => {
    const { id, workflowId } = await inFlight(tools.look!);
    await handleOf(workflowId).terminate();
    expect(await failure(id)).toMatchObject({ code: 'terminated', retryable: true });
  });

  test('an execution that is terminated during a POST has an unknown outcome', async () => {
    const { id, workflowId } = await inFlight(tools.act!);
    await handleOf(workflowId).terminate();
    expect(await failure(id)).toMatchObject({
      code: 'outcome_unknown',
      message: expect.stringMatching(/^Terminated/),
    });
  });

  test('an execution that is terminated during a long call fails as terminated', async () => {
    const { id, workflowId } = await inFlight(tools.lookLong!);
    await handleOf(workflowId).terminate();
    expect(await failure(id)).toMatchObject({ code: 'terminated' });
  });

  test('an execution that is terminated between two attempts keeps the last failure and makes no further attempt', async () => {
    provider.respond = (_request, response) => sendJson(response, 503, {}, { 'retry-after': '30' });
    const { id, workflowId } = await inFlight(tools.look!);
    await eventually(async () => (await stack.read(id)).attempts[0]?.status === 'failed');
    await handleOf(workflowId).terminate();
    expect(await failure(id)).toMatchObject({ code: 'terminated', message: expect.stringMatching(/503/) });
    expect(provider.requests).toHaveLength(1);
  });

  test('an execution whose workflow is cancelled during a call fails as cancelled', async () => {
    const { id, workflowId } = await inFlight(tools.lookLong!);
    await handleOf(workflowId).cancel();
    expect(await failure(id)).toMatchObject({ code: 'cancelled' });
  });

  test('an execution that is terminated before a worker started it fails as terminated', async () => {
    const idle = await startExecutionStack({
      databaseUrl: stack.services.environment.DATABASE_URL,
      worker: false,
    });
    try {
      const tool = await idle.createTool({
        name: 'look',
        type: 'http',
        config: { method: 'GET', url: provider.url },
      });
      const { id, workflowId } = await idle.execute(tool, {}, { waitMs: 0 });
      await handleOf(workflowId).terminate();
      const ended = await eventually(async () => (await idle.read(id)).failure, {
        timeoutMs: 8000,
      });
      expect(ended).toMatchObject({ code: 'terminated', retryable: true });
    } finally {
      await idle.close();
    }
  });
});
