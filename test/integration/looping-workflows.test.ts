import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { TemporalConnection } from '../../shared/platform/server/temporal/connect.ts';
import { useOneWatchdog } from '../../worker/workflow-threads/one-watchdog.ts';
import { connectTestTemporal } from '../support/connect-test-temporal.ts';
import { eventually } from '../support/eventually.ts';

const taskQueue = `test-${randomUUID()}`;
let temporal: TemporalConnection;
beforeAll(async () => {
  temporal = await connectTestTemporal(inject('servers').temporalAddress);
});
afterAll(() => temporal?.native.close());

async function withWorker<T>(code: string, work: () => Promise<T>): Promise<T> {
  const options = {
    connection: temporal.native,
    taskQueue,
    workflowBundle: { code },
    workflowThreadPoolSize: 1,
    // Not in the SDK's types. The default is 5 s.
    isolateExecutionTimeout: '300ms',
  };
  const worker = await Worker.create(options);
  return await worker.runUntil(work);
}

const start = (type: string) =>
  temporal.client.workflow.start(type, { taskQueue, workflowId: `${type}-${randomUUID()}` });

test('a workflow that loops is stopped wherever it loops: others on its thread go on, and so does it once it is mended', async () => {
  const warn = vi.fn();
  // False: the SDK has another version. Compare its lib/workflow/{threaded-vm,vm-shared,reusable-vm}.js with before.
  expect(useOneWatchdog({ warn }), JSON.stringify(warn.mock.calls)).toBe(true);
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../support/looping-workflows.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  const looping = await withWorker(code, async () => {
    const types = ['loopAtOnce', 'loopInCallback', 'loopAfterTimer', 'loopInMicrotasks'];
    const started = await Promise.all(types.map(start));
    for (const handle of started) {
      await eventually(async () => {
        const { events } = await handle.fetchHistory();
        const failure = events?.find((event) => event.workflowTaskFailedEventAttributes);
        return failure?.workflowTaskFailedEventAttributes?.failure?.message?.includes(
          'timed out after 300ms',
        );
      });
    }
    expect(await (await start('end')).result()).toBe('ended');
    return started;
  });
  const mended = code.replaceAll('broken-forever', 'mended');
  expect(mended).not.toBe(code);
  const results = await withWorker(mended, () => Promise.all(looping.map((handle) => handle.result())));
  expect(results).toEqual(looping.map(() => 'mended'));
});
