import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import type { UndoService } from '../../shared/undo/server/undo-service.ts';
import type { UndoReport, UndoSeriesArgs } from '../../shared/undo/undo-contract.ts';

export interface UndoActivities {
  driveUndo(series: UndoSeriesArgs): Promise<UndoReport>;
  stopUndo(series: UndoSeriesArgs): Promise<void>;
}

const heartbeatMs = 3000;

/**
 * The effects of `undoSeriesWorkflow`, each guarded by its rows: retried, it undoes nothing twice.
 * @param places for series at once: each takes a slot of the worker, and their calls need some too
 */
export function createUndoActivities(
  { log }: Pick<ExecutionServices, 'log'>,
  undo: UndoService,
  places: number,
): UndoActivities {
  let driving = 0;
  return {
    async driveUndo(args) {
      if (driving >= places) return { state: 'waiting', moved: true, message: 'Waits for its turn.' };
      const temporal = Context.current();
      const beat = setInterval(() => temporal.heartbeat(), heartbeatMs);
      driving += 1;
      try {
        const report = await withDatabaseRetry(() => undo.drive(args, temporal.cancellationSignal));
        // A worker that stops hands over; a cancel ends the workflow.
        if (temporal.cancellationDetails?.cancelRequested) temporal.cancellationSignal.throwIfAborted();
        return report;
      } catch (error) {
        if (error instanceof CancelledFailure) throw error;
        // It may quote payloads, so it goes to the log only.
        log.error({ err: error, seriesId: args.seriesId }, 'an undo failed unexpectedly');
        throw ApplicationFailure.retryable('Unexpected error. See the log of the worker.', 'internal');
      } finally {
        driving -= 1;
        clearInterval(beat);
      }
    },
    stopUndo: (args) => withDatabaseRetry(() => undo.stop(args)),
  };
}
