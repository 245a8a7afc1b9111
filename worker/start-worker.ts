import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type NativeConnection, Worker } from '@temporalio/worker';

import type { ExecutionServices } from '../shared/executions/server/execution-services.ts';
import { createExecutionContext } from '../shared/executions/server/execution-tool.ts';
import type { Outcomes } from '../shared/executions/server/outcomes.ts';
import { createEgress } from '../shared/platform/server/egress/egress.ts';
import { createProviders } from '../shared/tools/server/providers.ts';
import { startWebhooks } from '../shared/webhooks/server/start-webhooks.ts';
import { beginAttempt, createExecutionActivities } from './activities/execution-activities.ts';
import type { ExecutionWorkerContext } from './activities/execution-worker-context.ts';
import { createPlaybookActivities } from './activities/playbook-activities.ts';
import { startRunReconciler } from './reconcile/reconcile-runs.ts';
import { startReconciler } from './reconcile/start-reconciler.ts';
import { watchRunning } from './reconcile/watch-running.ts';
import { workflowBundle } from './workflow-bundle.ts';

export interface ExecutionWorker {
  /** Ends polling, lets calls under way finish for `drainMs`, then interrupts what is left. */
  stop(): Promise<void>;
  /** Rejects when the worker died without being asked to. */
  finished: Promise<void>;
}

export interface ExecutionWorkerOptions {
  drainMs?: number;
  /** Off in processes that only execute. */
  reconcile?: boolean;
}

/**
 * An execution worker in this process. The connection is the one the client of `services` uses: with it, and the
 * same `outcomes` as the executor's, an execution starts here without a poll and answers without a round trip.
 */
export async function startExecutionWorker(
  services: ExecutionServices,
  connection: NativeConnection,
  outcomes: Outcomes,
  { drainMs = 15_000, reconcile = true }: ExecutionWorkerOptions = {},
): Promise<ExecutionWorker> {
  const workerId = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const context: ExecutionWorkerContext = {
    ...createExecutionContext(services, outcomes),
    providers: createProviders(createEgress()),
    workerId,
    sent: new Set(),
  };
  const worker = await Worker.create({
    connection,
    namespace: services.temporal.client.options.namespace,
    taskQueue: services.environment.INTERLOCK_TASK_QUEUE,
    identity: workerId,
    workflowBundle: await workflowBundle(),
    activities: {
      ...createExecutionActivities(context),
      ...createPlaybookActivities({ ...context, environment: services.environment }),
    },
    // Fixed slots: the resource-based tuner hands them out by the tens of milliseconds.
    maxConcurrentLocalActivityExecutions: 200,
    maxConcurrentActivityTaskExecutions: 200,
    maxConcurrentWorkflowTaskExecutions: 200,
    maxConcurrentWorkflowTaskPolls: 8,
    maxConcurrentActivityTaskPolls: 8,
    maxCachedWorkflows: 500,
    // A cancel in Temporal Web reaches a running call with the answer to a heartbeat.
    maxHeartbeatThrottleInterval: '2s',
    shutdownGraceTime: drainMs,
    shutdownForceTime: drainMs + 10_000,
  });
  const finished = worker.run();
  finished.catch((error) => services.log.error({ err: error }, 'the execution worker ended'));
  outcomes.onBegin((ids, prepared) => beginAttempt(context, ids, prepared));
  const loops = [
    watchRunning(context),
    ...(reconcile
      ? [startReconciler(services, context), startRunReconciler(services), startWebhooks(services)]
      : []),
  ];

  return {
    finished,
    async stop() {
      outcomes.onBegin(null);
      await Promise.all(loops.map((loop) => loop.stop()));
      if (worker.getState() === 'RUNNING') worker.shutdown();
      // The SDK interrupts activities after the grace time, but waits for local ones however long they take.
      const overdue = setTimeout(() => outcomes.abortAll('shutdown'), drainMs);
      await finished.catch(() => {});
      clearTimeout(overdue);
    },
  };
}
