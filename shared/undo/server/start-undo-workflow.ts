import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { within } from '../../platform/server/temporal/within.ts';
import type { DueSeries } from '../db/undo-sweep.ts';
import { undoSeriesWorkflowName, undoWorkflow } from '../undo-contract.ts';
import { stopSeries } from './end-series.ts';

const deadlineMs = 2000;
/** The sweep starts what has not been started by then. */
export const startAfterMs = 5_000;

type Services = Pick<ExecutionServices, 'environment' | 'temporal' | 'db' | 'log'>;

/**
 * Starts the workflow of a series. Starting it again changes nothing. If one of its round has closed before the series has
 * ended, someone closed it: the series is stopped.
 * @throws within about two seconds when Temporal is unreachable
 */
export async function startDueSeries(services: Services, { id, tenantId, round }: DueSeries): Promise<void> {
  const {
    environment,
    temporal: { client },
  } = services;
  const { INTERLOCK_TASK_QUEUE: taskQueue, INTERLOCK_RUN_HISTORY_LIMIT: historyLimit } = environment;
  try {
    await within(client, deadlineMs, () =>
      client.workflow.start(undoSeriesWorkflowName, {
        ...undoWorkflow({ tenantId, seriesId: id, round, historyLimit }),
        taskQueue,
        requestEagerStart: true,
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: 'Undo',
        priority: { fairnessKey: tenantId },
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await stopSeries(services, { id, tenantId, round }, 'Its workflow was closed in Temporal.');
  }
}

/** The same after a change: what cannot be started now is started later. */
export async function startSeriesSoon(services: Services, series: DueSeries): Promise<void> {
  await startDueSeries(services, series).catch((error: unknown) =>
    services.log.warn({ err: error, seriesId: series.id }, 'an undo could not be started; it will be'),
  );
}
