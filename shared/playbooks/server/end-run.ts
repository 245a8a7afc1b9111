import type { BatchRow } from '../../batches/db/batches.ts';
import { cancelBatchOn } from '../../batches/server/control-batch.ts';
import { wakeBatch } from '../../batches/server/wake-batch.ts';
import type { EventType } from '../../events/event-types.ts';
import { requestCancel } from '../../executions/db/executions-cancel.ts';
import { readExecution } from '../../executions/db/executions-read.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { DueSeries } from '../../undo/db/undo-sweep.ts';
import { insertSeries } from '../../undo/server/insert-series.ts';
import { startSeriesSoon } from '../../undo/server/start-undo-workflow.ts';
import { deleteKeptEvents } from '../db/kept-events.ts';
import {
  endRun,
  listChildRuns,
  type RunRow,
  readRun,
  requestRunCancel,
  setPaused,
} from '../db/playbook-runs.ts';
import { deleteTasks } from '../db/playbook-tasks.ts';
import { isStepFinal, listStepRuns, type StepChange, type StepRow } from '../db/step-runs.ts';
import { followRun } from './follow-run.ts';
import { type PlaybookContext, playbookActor, temporalActor } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { runningExecution } from './running-execution.ts';
import { runnerOf } from './step-runners.ts';
import { writeStep } from './step-transitions.ts';
import { tellRun } from './tell.ts';
import { endedBy, sourceOfRun } from './undo-run.ts';

export type RunEnding = 'completed' | 'failed' | 'cancelled';
const endingEvents: Record<RunEnding, EventType> = {
  completed: 'PlaybookRunCompleted',
  failed: 'PlaybookRunFailed',
  cancelled: 'PlaybookRunCancelled',
};

/**
 * Ends a run and its open steps, and requests a cancel of the runs that it started. Unless it is completed, the steps that
 * say so are undone. Ending it again changes nothing.
 * @returns the parent run, which waits for this one
 */
export async function endOpenRun(
  services: Pick<PlaybookContext, 'db' | 'temporal' | 'environment' | 'log'>,
  { tenantId, runId }: { tenantId: string; runId: string },
  status: RunEnding,
  reason: string | null = null,
  actor: Actor = playbookActor,
): Promise<RunRow | null> {
  const batches: BatchRow[] = [];
  const { parent, undo } = await services.db.tenantTransaction(tenantId, async (connection) => {
    batches.length = 0;
    const before = await readRun(connection, runId, 'lock');
    if (!before) return { parent: null, undo: null };
    let undo: DueSeries | null = null;
    const steps = await listStepRuns(connection, [runId]);
    const run = await endRun(connection, runId, status, reason ?? reasonOf(status, steps));
    if (run) {
      await deleteTasks(connection, runId);
      await deleteKeptEvents(connection, runId);
      for (const step of steps.filter((each) => !isStepFinal(each))) {
        const batch = await leaveBatch(connection, run, step);
        if (batch) batches.push(batch);
        await writeStep(connection, run, step, {
          change: await leftOpen(connection, run, step),
          by: { actor: playbookActor },
          // The event of the run is enough.
          events: [],
        });
      }
      for (const child of await listChildRuns(connection, runId))
        await requestRunCancel(
          connection,
          child.id,
          `The run that started it was ${status}.`,
          endedBy(run, steps),
        );
      await tellRun(
        connection,
        run,
        endingEvents[status],
        { actor },
        run.reason ? { reason: run.reason } : {},
      );
      await followRun(connection, run, await loadDocument(connection, run), status, { actor });
      if (status !== 'completed')
        undo = await insertSeries(connection, {
          source: await sourceOfRun(connection, run, 'on abort'),
          reason: run.reason,
          actor: endedBy(run, steps),
          requestId: runId,
        });
    }
    return { parent: before.parent_run_id ? await readRun(connection, before.parent_run_id) : null, undo };
  });
  if (undo) await startSeriesSoon(services, undo);
  for (const batch of batches)
    await wakeBatch(services, batch).catch((error: unknown) =>
      services.log.warn({ err: error, batchId: batch.id }, 'a batch could not be told; it will be'),
    );
  return parent;
}

/** No one waits for the batch of the step any more: no further call begins. */
async function leaveBatch(
  connection: TenantConnection,
  run: RunRow,
  { status, batch_id: batchId }: StepRow,
): Promise<BatchRow | null> {
  if (status !== 'running' || !batchId) return null;
  const teller = { identity: { tenantId: run.tenant_id, actor: playbookActor }, requestId: null };
  return cancelBatchOn(connection, teller, batchId, `Its playbook run was ${run.status}.`);
}

/** The reason of the step that failed. */
function reasonOf(status: RunEnding, steps: StepRow[]): string | null {
  if (status !== 'failed') return status === 'cancelled' ? 'Cancelled.' : null;
  const failed = steps.findLast((step) => step.status === 'failed');
  return failed ? `${failed.title}: ${failed.reason ?? failed.failure_message ?? 'failed.'}` : null;
}

const leftBatch: StepChange = {
  status: 'failed',
  failure_code: 'terminated',
  failure_message: 'The run ended while the batch was running. See the batch for its result.',
};

/** The change of a step that was open when its run ended. */
async function leftOpen(connection: TenantConnection, run: RunRow, step: StepRow): Promise<StepChange> {
  if (step.status === 'running' && step.batch_id) return leftBatch;
  const executionId = step.status === 'running' ? runningExecution(step) : undefined;
  const read = () => executionId && readExecution(connection, run.tenant_id, executionId);
  let execution = await read();
  // No one waits for it any more, so no one may approve it.
  if (execution && execution.approval_status === 'waiting') {
    await requestCancel(connection, { executionId: execution.id, actor: playbookActor, requestId: null });
    execution = await read();
  }
  const left = execution && runnerOf(step).leftRunning?.(execution);
  return left || { status: 'skipped', reason: `The run was ${run.status}.` };
}

/** Pauses a run, or resumes it. Doing it again changes nothing. */
export async function holdRun(
  { db }: Pick<PlaybookContext, 'db'>,
  { tenantId, runId }: { tenantId: string; runId: string },
  paused: { by: string | null; reason: string | null } | null,
): Promise<{ paused: boolean }> {
  return db.tenantTransaction(tenantId, async (connection) => {
    const changed = await setPaused(connection, runId, paused);
    if (changed) {
      const actor = { ...temporalActor, name: changed.paused_by ?? paused?.by ?? temporalActor.name };
      const type = paused ? 'PlaybookRunPaused' : 'PlaybookRunResumed';
      await tellRun(connection, changed, type, { actor }, paused ? { reason: changed.pause_reason } : {});
    }
    return { paused: paused !== null };
  });
}
