import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import type { UndoSeriesArgs } from '../undo-contract.ts';
import { driveSeries } from './drive-series.ts';
import { stopSeries } from './end-series.ts';
import { previewSeries, startSeries } from './start-series.ts';
import type { ReadSource, UndoServices } from './undo-context.ts';

/** Undoing what batches and runs have done, for every door and for the worker. */
export function createUndoService(services: UndoServices) {
  return {
    preview: ({ identity }: ReadContext, read: ReadSource) => previewSeries({ services, identity }, read),
    start: (
      { identity, requestId }: ChangeContext,
      read: ReadSource,
      input: Parameters<typeof startSeries>[2],
    ) => startSeries({ services, identity, requestId }, read, input),
    /** The worker's side. */
    drive: (args: UndoSeriesArgs, signal: AbortSignal) => driveSeries(services, args, signal),
    stop: ({ tenantId, seriesId: id, round }: UndoSeriesArgs) =>
      stopSeries(services, { id, tenantId, round }, 'Its workflow was cancelled in Temporal.'),
  };
}

export type UndoService = ReturnType<typeof createUndoService>;
