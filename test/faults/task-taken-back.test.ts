import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { type NetworkGate, openNetworkGate } from '../campaign/network-gate.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, stackEnvironment, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

let stack: ExecutionStack;
let provider: ProviderServer;
let worker: WorkerProcess;
/** The worker's ways to PostgreSQL and to Temporal. */
let toDatabase: NetworkGate;
let toTemporal: NetworkGate;
const waiting: ServerResponse[] = [];

beforeAll(async () => {
  const servers = inject('servers');
  const taskQueue = `taken-${randomUUID()}`;
  const database = new URL(servers.databaseUrl);
  toDatabase = await openNetworkGate(await freePort('gate', 0), Number(database.port));
  toTemporal = await openNetworkGate(
    await freePort('gate', 0),
    Number(servers.temporalAddress.split(':').at(-1)),
  );
  database.port = String(toDatabase.port);
  stack = await startExecutionStack({ worker: false, taskQueue });
  worker = await startWorkerProcess({
    ...stackEnvironment({ taskQueue, databaseUrl: database.href }),
    TEMPORAL_ADDRESS: `127.0.0.1:${toTemporal.port}`,
  });
  provider = await startProvider((_request, response) => waiting.push(response));
  await stack.allowHosts(provider.host);
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  await stack?.close();
  await provider?.close();
  await Promise.all([toDatabase?.close(), toTemporal?.close()]);
});

/** How often the workflow task was started and has timed out. */
async function tasksOf(workflowId: string): Promise<{ started: number; timedOut: number }> {
  const { events } = await stack.temporal.client.workflow.getHandle(workflowId).fetchHistory();
  const count = (kind: 'workflowTaskStartedEventAttributes' | 'workflowTaskTimedOutEventAttributes') =>
    (events ?? []).filter((event) => event[kind]).length;
  return {
    started: count('workflowTaskStartedEventAttributes'),
    timedOut: count('workflowTaskTimedOutEventAttributes'),
  };
}

test('when Temporal takes the task of a call back, the call goes on, and its response is the outcome', async () => {
  const tool = await stack.createTool({
    name: 'refund',
    type: 'http',
    // The longest call that begins as a local activity.
    timeoutMs: 10_000,
    config: { method: 'POST', url: provider.url },
  });
  toDatabase.stall();
  const began = performance.now();
  const { id, workflowId } = await stack.execute(tool, {}, { waitMs: 0 });
  // The worker has the task, and wants to claim the attempt.
  await eventually(() => toDatabase.held() > 0);
  toTemporal.stall();
  // The call begins late, so that it outlasts the ten seconds that Temporal gives to the task.
  await eventually(() => performance.now() - began > 8000);
  await toDatabase.heal();
  await eventually(() => waiting.length === 1);
  await eventually(async () => (await tasksOf(workflowId)).timedOut > 0);
  await toTemporal.heal();
  // The worker learns it now. The next task may wait until the call has ended.
  const healed = performance.now();
  await eventually(async () => (await tasksOf(workflowId)).started > 1 || performance.now() - healed > 3000);
  sendJson(waiting[0]!, 200, { refundId: 're_1' });
  const ended = ['succeeded', 'failed'];
  await eventually(async () => ended.includes((await stack.read(id)).status));
  const execution = await stack.read(id);
  expect(execution.failure).toBeUndefined();
  expect(execution.output).toEqual({ refundId: 're_1' });
  expect(waiting).toHaveLength(1);
}, 90_000);
