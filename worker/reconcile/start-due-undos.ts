import { inSweep } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import { listDueSeries, postponeSeries, undoSweep } from '../../shared/undo/db/undo-sweep.ts';
import { startDueSeries } from '../../shared/undo/server/start-undo-workflow.ts';

const everyMs = 4_000;
/** A workflow that is at work takes no harm from another start. */
const againMs = 15_000;
const limit = 100;

/**
 * Starts the series of undos that are at work and whose start was lost, and stops those whose workflow someone has closed.
 * Any number of processes may run it: one small statement a round.
 */
export function startDueUndos(services: ExecutionServices): Loop {
  return startLoop('start undos', everyMs, services.log, (signal) =>
    services.db.system((connection) =>
      inSweep(connection, undoSweep, false, async () => {
        const seen: string[] = [];
        for (const series of await listDueSeries(connection, limit)) {
          if (signal.aborted) break;
          try {
            await startDueSeries(services, series);
            seen.push(series.id);
          } catch (error) {
            services.log.warn({ err: error }, 'undos could not be started; they will be');
            break;
          }
        }
        await postponeSeries(connection, seen, againMs);
      }),
    ),
  );
}
