import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { executeToolWorkflowName } from '../../shared/executions/execution-contract.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, stackEnvironment, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

const [taskQueue, otherQueue] = [`frozen-${randomUUID()}`, `other-${randomUUID()}`];
/** Executions of each tool; each claim needs a connection of the worker's own. */
const each = 3;

let gate: TcpGate;
let stack: ExecutionStack;
let provider: ProviderServer;
let frozen: WorkerProcess;
let other: WorkerProcess;

beforeAll(async () => {
  provider = await startProvider((_request, response) => sendJson(response, 200, {}));
  stack = await startExecutionStack({ taskQueue, worker: false });
  await stack.allowHosts(provider.host);
  const gated = new URL(inject('servers').databaseUrl);
  const port = await freePort('PostgreSQL', 0);
  gate = createTcpGate(port, { host: gated.hostname, port: Number(gated.port) });
  await gate.open();
  [gated.hostname, gated.port] = ['127.0.0.1', String(port)];
  [frozen, other] = await Promise.all([
    startWorkerProcess(stackEnvironment({ taskQueue, databaseUrl: gated.href })),
    startWorkerProcess(stackEnvironment({ taskQueue: otherQueue })),
  ]);
});
afterAll(async () => {
  for (const worker of [frozen, other]) worker?.kill('SIGKILL');
  await stack?.close();
  await gate?.shut();
  await provider?.close();
});

test('a worker that was frozen between claim and call sends nothing after another has taken over', async () => {
  const { tenantId } = stack.identity;
  const admin = await connectAdmin();
  const idle = await stack.createTool({ name: 'idle', type: 'dummy', config: { delayMs: 100 } });
  const make = (name: string, method: 'GET' | 'POST') =>
    stack.createTool({
      name,
      type: 'http',
      timeoutMs: 1000,
      config: { method, url: `${provider.url}/${name}` },
    });
  const tools = [await make('look', 'GET'), await make('act', 'POST')];
  const calls = () =>
    ['/look', '/act'].map((path) => provider.requests.filter(({ url }) => url === path).length);
  // Opens every connection of the worker.
  await Promise.all(Array.from({ length: 24 }, () => stack.execute(idle, {})));

  // PostgreSQL commits the claims, and their worker does not get to know it.
  gate.hold();
  const requested = Array.from({ length: tools.length * each }, (_, n) => tools[n % tools.length]!);
  const ids = await Promise.all(
    requested.map(async (tool) => (await stack.execute(tool, {}, { waitMs: 0 })).id),
  );
  await eventually(async () => {
    const { rows } = await admin.query(
      `SELECT DISTINCT e.tool_id FROM execution_attempt a JOIN tool_execution e ON e.id = a.execution_id
       WHERE e.id = ANY($1::uuid[])`,
      [ids],
    );
    return rows.length === tools.length;
  });
  await admin.end();
  frozen.kill('SIGSTOP');
  gate.release();
  expect(calls()).toEqual([0, 0]);

  // Temporal does this when the task of the frozen worker is overdue.
  for (const id of ids)
    await stack.temporal.client.workflow.start(executeToolWorkflowName, {
      workflowId: `again-${id}`,
      taskQueue: otherQueue,
      args: [{ tenantId, executionId: id, label: 'again' }],
    });
  const readAll = () => Promise.all(ids.map((id) => stack.read(id)));
  await eventually(async () => (await readAll()).every(({ completedAt }) => completedAt !== null), {
    timeoutMs: 45_000,
    everyMs: 100,
  });
  const settled = await readAll();
  const [looks, acts] = calls() as [number, number];
  expect([looks, acts < each]).toEqual([each, true]);

  frozen.kill('SIGCONT');
  await stack.execute(idle, {});
  // It first finishes its running work.
  frozen.kill('SIGTERM');
  await frozen.exited;
  expect(calls()).toEqual([looks, acts]);
  expect(await readAll()).toEqual(settled);
});
