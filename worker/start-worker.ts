import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { FileContents } from '../shared/artifacts/server/file-contents.ts';
import type { BatchService } from '../shared/batches/server/batch-service.ts';
import { startErasure } from '../shared/erasure/server/work-requests.ts';
import { startSealing } from '../shared/events/server/audit/start-sealing.ts';
import type { ExecutionContext } from '../shared/executions/server/execution-context.ts';
import { createFairPlaces } from '../shared/executions/server/fair-places.ts';
import type { InboundServices } from '../shared/inbound/server/inbound-services.ts';
import type { PushKeys } from '../shared/notifications/server/push/push-keys.ts';
import { startNotifying } from '../shared/notifications/server/start-notifying.ts';
import type { Mailer } from '../shared/people/server/mailer.ts';
import { startRewrap } from '../shared/platform/server/vault-keys.ts';
import { startRetention } from '../shared/retention/server/sweep-retention.ts';
import type { ScheduleService } from '../shared/schedules/server/schedule-service.ts';
import { startIndexing } from '../shared/search/server/start-indexing.ts';
import { startCredentialSweep } from '../shared/tools/server/credential-sweep.ts';
import { createCredentialVerdicts } from '../shared/tools/server/credential-verdicts.ts';
import type { Providers } from '../shared/tools/server/providers.ts';
import type { UndoService } from '../shared/undo/server/undo-service.ts';
import { startCounting } from '../shared/usage/server/start-counting.ts';
import { startWebhooks } from '../shared/webhooks/server/start-webhooks.ts';
import { createBatchActivities } from './activities/batch-activities.ts';
import { createExecutionActivities, offerAttempts } from './activities/execution-activities.ts';
import type { ExecutionWorkerContext } from './activities/execution-worker-context.ts';
import { createInboundActivities } from './activities/inbound-activities.ts';
import { createLane } from './activities/lane.ts';
import { createPlaybookActivities } from './activities/playbook-activities.ts';
import { createScheduleActivities } from './activities/schedule-activities.ts';
import { createUndoActivities } from './activities/undo-activities.ts';
import { followSchedules } from './reconcile/follow-schedules.ts';
import { keepLeases } from './reconcile/keep-leases.ts';
import { startRunReconciler } from './reconcile/reconcile-runs.ts';
import { startDueWorkflows } from './reconcile/start-due.ts';
import { startReconciler } from './reconcile/start-reconciler.ts';
import { watchRunning } from './reconcile/watch-running.ts';
import { watchTrials } from './reconcile/watch-trials.ts';
import { traceActivity, traceSinks } from './trace-activities.ts';
import { becomeCurrent } from './worker-deployment.ts';
import { buildIdOf, workflowBundle } from './workflow-bundle.ts';
import { workflowLimits } from './workflow-limits.ts';
import { useOneWatchdog } from './workflow-threads/one-watchdog.ts';

export interface ExecutionWorker {
  /** Ends polling, lets calls in progress finish for `drainMs`, then interrupts the rest. */
  stop(): Promise<void>;
  /** Rejects when the worker ends without `stop`. */
  finished: Promise<void>;
}

export interface ExecutionWorkerOptions {
  drainMs?: number;
  /** False in processes that only execute. */
  reconcile?: boolean;
  /** Workflow code other than that of this version. */
  workflowBundle?: WorkflowBundleOption;
}

/** How long interrupted calls may take to record their outcome before the worker ends without them. */
const forceMs = 10_000;

/**
 * Starts an execution worker in this process. With the connection of the client of `services`, and the same `services`
 * as the executor's, an execution starts here without a poll and ends without a round trip.
 */
export async function startExecutionWorker(
  services: ExecutionContext,
  connection: NativeConnection,
  {
    providers,
    files,
    batches,
    schedules,
    undo,
    mailer,
    pushKeys,
    ...inbound
  }: InboundServices & {
    providers: Providers;
    files: FileContents;
    batches: BatchService;
    schedules: ScheduleService;
    undo: UndoService;
    mailer: Mailer;
    pushKeys: PushKeys;
  },
  { drainMs = 15_000, reconcile = true, workflowBundle: given }: ExecutionWorkerOptions = {},
): Promise<ExecutionWorker> {
  const workerId = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const { INTERLOCK_WORKER_CALLS: calls, INTERLOCK_TASK_QUEUE: taskQueue } = services.environment;
  const places = { local: createFairPlaces(calls), watched: createFairPlaces(calls) };
  const context: ExecutionWorkerContext = {
    ...services,
    providers,
    verdicts: createCredentialVerdicts(services),
    places,
    alone: createLane(),
    workerId,
    sent: new Set(),
    leases: new Set(),
  };
  // Some are left when calls have taken every place, so that tasks without a call are never behind one.
  const slots = Math.ceil((calls * 4) / 3);
  const workflows = workflowLimits(services.environment);
  const bundle = given ?? (await workflowBundle());
  const { INTERLOCK_WORKER_DEPLOYMENT: deploymentName } = services.environment;
  const version = deploymentName === undefined ? null : { deploymentName, buildId: buildIdOf(bundle) };
  useOneWatchdog(services.log);
  const worker = await Worker.create({
    connection,
    namespace: services.temporal.client.options.namespace,
    taskQueue,
    identity: workerId,
    workflowBundle: bundle,
    // A workflow stays with the code that it began with, and so do its children.
    ...(version && {
      workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' },
    }),
    activities: {
      ...createExecutionActivities(context),
      ...createPlaybookActivities(context),
      ...createInboundActivities(inbound),
      // Their calls need slots too.
      ...createBatchActivities(services, batches, Math.ceil(slots / 4)),
      ...createUndoActivities(services, undo, Math.ceil(slots / 8)),
      ...createScheduleActivities(services, schedules),
    },
    interceptors: { activity: [(activity) => ({ inbound: traceActivity(activity) })] },
    sinks: traceSinks,
    // Fixed slots: the resource-based tuner takes tens of milliseconds to grant one.
    maxConcurrentLocalActivityExecutions: slots,
    maxConcurrentActivityTaskExecutions: slots,
    maxConcurrentWorkflowTaskExecutions: workflows.tasks,
    maxConcurrentWorkflowTaskPolls: services.environment.INTERLOCK_WORKFLOW_POLLS,
    maxConcurrentActivityTaskPolls: 8,
    maxCachedWorkflows: workflows.cached,
    // A cancel in Temporal Web reaches a running call with the response to a heartbeat.
    maxHeartbeatThrottleInterval: '2s',
    shutdownGraceTime: drainMs,
    shutdownForceTime: drainMs + forceMs,
  });
  const finished = worker.run();
  finished.catch((error) => services.log.error({ err: error }, 'the execution worker ended'));
  context.headStart.onOffer(offerAttempts(context));
  const loops = [
    watchRunning(context),
    ...(version ? [becomeCurrent(services, version)] : []),
    keepLeases(context),
    ...(reconcile
      ? [
          startReconciler(context),
          startRunReconciler(context),
          startWebhooks(context),
          ...startDueWorkflows(context),
          startNotifying({
            ...context,
            accounts: inbound.accounts,
            executor: inbound.executor,
            mailer,
            pushKeys,
          }),
          watchTrials(context),
          followSchedules(context),
          startIndexing(context),
          startCounting(context),
          startCredentialSweep(context),
          startSealing(context),
          startRewrap(context),
          startRetention({ ...context, files }),
          startErasure(context),
        ]
      : []),
  ];

  return {
    finished,
    async stop() {
      context.headStart.onOffer(null);
      await Promise.all(loops.map((loop) => loop.stop()));
      if (worker.getState() === 'RUNNING') worker.shutdown();
      // The SDK interrupts activities after the grace time, but waits for local ones however long they take.
      const overdue = setTimeout(() => context.running.abortAll('shutdown'), drainMs);
      // It does not know first attempts whose workflow has not started.
      const ended = finished
        .catch(() => {})
        .then(() => context.running.idle())
        .then(() => context.owed.idle());
      await Promise.race([ended, sleep(drainMs + forceMs, undefined, { ref: false })]);
      clearTimeout(overdue);
    },
  };
}
