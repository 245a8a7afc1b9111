import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../shared/events/db/events.ts';
import { eventually } from '../support/eventually.ts';
import {
  type ExecutionStack,
  type ExecutionStackOptions,
  stackEnvironment,
  startExecutionStack,
} from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

/** Temporal gives the task of a lost worker to another one after ten seconds. */
const takeoverMs = 60_000;

describe('a worker that is lost during a call', { timeout: 120_000 }, () => {
  let provider: ProviderServer;
  const stacks: ExecutionStack[] = [];
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      const first = provider.requests.filter((each) => each.url === request.url).length === 1;
      // The first call of each hangs long enough for its worker to be lost.
      setTimeout(() => sendJson(response, 200, {}), first ? 2500 : 0);
    });
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    for (const stack of stacks) await stack.close();
    await provider?.close();
  });

  async function loseWorker(
    tool: { name: string; method: 'GET' | 'POST'; path: string; idempotent?: boolean; timeoutMs?: number },
    signal: NodeJS.Signals,
  ) {
    const options: ExecutionStackOptions = { taskQueue: `lost-${tool.name}`, worker: false };
    const stack = await startExecutionStack(options);
    stacks.push(stack);
    await stack.allowHosts(provider.host);
    const toolId = await stack.createTool({
      name: tool.name,
      type: 'http',
      idempotent: tool.idempotent ?? false,
      timeoutMs: tool.timeoutMs ?? 5000,
      config: { method: tool.method, url: provider.url + tool.path },
    });
    const worker = await startWorkerProcess(stackEnvironment(options));
    workers.push(worker);
    const { id } = await stack.execute(toolId, {}, { waitMs: 0 });
    await eventually(() => provider.requests.some((request) => request.url === tool.path));
    worker.kill(signal);
    await stack.startWorker();
    const settled = () =>
      eventually(
        async () => {
          const execution = await stack.read(id);
          return execution.completedAt !== null && execution;
        },
        { timeoutMs: takeoverMs, everyMs: 100 },
      );
    return {
      stack,
      worker,
      id,
      settled,
      calls: () => provider.requests.filter((request) => request.url === tool.path),
    };
  }

  test.concurrent('when a worker is lost, an idempotent tool is called again with the same key', async () => {
    const lost = await loseWorker({ name: 'pay', method: 'POST', path: '/pay', idempotent: true }, 'SIGKILL');
    expect(await lost.settled()).toMatchObject({
      status: 'succeeded',
      attempts: [
        { number: 1, status: 'unknown', error: { code: 'worker_lost' } },
        { number: 2, status: 'succeeded' },
      ],
    });
    const keys = lost.calls().map((request) => request.headers['idempotency-key']);
    expect(keys).toEqual([lost.id, lost.id]);
  });

  test.concurrent('when a worker is lost, a tool that is not safe to retry is not called again, and its outcome is unknown', async () => {
    const lost = await loseWorker({ name: 'act', method: 'POST', path: '/act' }, 'SIGKILL');
    expect(await lost.settled()).toMatchObject({
      status: 'failed',
      failure: { code: 'outcome_unknown', retryable: false },
      // A person has to find out whether this happened.
      attempts: [{ number: 1, status: 'unknown', request: { method: 'POST', url: `${provider.url}/act` } }],
    });
    expect(lost.calls()).toHaveLength(1);
  });

  test.concurrent('when a worker is lost, a long call that is not safe to retry is not made again either', async () => {
    const lost = await loseWorker(
      { name: 'act_long', method: 'POST', path: '/act-long', timeoutMs: 11_000 },
      'SIGKILL',
    );
    expect(await lost.settled()).toMatchObject({ status: 'failed', failure: { code: 'outcome_unknown' } });
    expect(lost.calls()).toHaveLength(1);
  });

  test.concurrent('a frozen worker that continues later changes nothing', async () => {
    const lost = await loseWorker({ name: 'look', method: 'GET', path: '/look' }, 'SIGSTOP');
    const before = await lost.settled();
    expect(before).toMatchObject({
      status: 'succeeded',
      attempts: [{ status: 'unknown' }, { status: 'succeeded' }],
    });
    lost.worker.kill('SIGCONT');
    // The response arrived while the worker was frozen. Now it tries to record it.
    const { workflowId } = before as { workflowId: string };
    await lost.stack.temporal.client.workflow.getHandle(workflowId).result();
    // On SIGTERM it first finishes its running work.
    lost.worker.kill('SIGTERM');
    await lost.worker.exited;
    expect(await lost.stack.read(lost.id)).toEqual(before);
    const { tenantId } = lost.stack.identity;
    const events = await lost.stack.services.db.tenant(tenantId, (c) =>
      listEvents(c, { subjectId: lost.id, limit: 20 }),
    );
    expect(events.filter((event) => event.type === 'ToolExecutionCompleted')).toHaveLength(1);
  });
});
