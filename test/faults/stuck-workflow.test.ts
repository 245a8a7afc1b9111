import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connectTemporal, type TemporalConnection } from '../../shared/temporal/connect.ts';
import { withWatchedThreads } from '../../worker/watched-threads.ts';

const code = `
export async function loopWorkflow() { for (;;); }
export async function quickWorkflow() { return 'done'; }
`;

let temporal: TemporalConnection;
let bundle: { code: string };

beforeAll(async () => {
  process.env.TEMPORAL_ADDRESS = inject('servers').temporalAddress;
  temporal = await connectTemporal();
  const folder = mkdtempSync(join(import.meta.dirname, '.stuck-'));
  writeFileSync(join(folder, 'workflows.ts'), code);
  bundle = await bundleWorkflowCode({
    workflowsPath: join(folder, 'workflows.ts'),
    logger: new DefaultLogger('ERROR'),
  }).finally(() => rmSync(folder, { recursive: true }));
});
afterAll(() => temporal?.native.close());

const startWorker = (taskQueue: string) =>
  withWatchedThreads(
    () => Worker.create({ connection: temporal.native, taskQueue, workflowBundle: bundle }),
    pino({ level: 'silent' }),
    { stuckAfterMs: 1500 },
  );

test('the watched thread runs workflows without a timeout at every entry', async () => {
  const taskQueue = randomUUID();
  const worker = await startWorker(taskQueue);
  const result = await worker.runUntil(
    temporal.client.workflow.execute('quickWorkflow', { taskQueue, workflowId: randomUUID() }),
  );
  expect(result).toBe('done');
});

test('a workflow that loops is caught: its thread is ended and the worker says so', async () => {
  const taskQueue = randomUUID();
  const worker = await startWorker(taskQueue);
  const handle = await temporal.client.workflow.start('loopWorkflow', {
    taskQueue,
    workflowId: randomUUID(),
  });
  await expect(worker.run()).rejects.toThrow(/Workflow Worker Thread exited/);
  await handle.terminate();
});
