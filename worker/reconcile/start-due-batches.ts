import { batchSweep, listDueBatches, postponeBatches } from '../../shared/batches/db/batches-sweep.ts';
import { startDueBatch } from '../../shared/batches/server/wake-batch.ts';
import { inSweep } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';

const everyMs = 4_000;
/** A workflow that is at work takes no harm from another start. */
const againMs = 15_000;
const limit = 100;

/**
 * Starts the batches that are at work and whose start was lost, and pauses those whose workflow someone has closed. Any
 * number of processes may run it: one small statement a round.
 */
export function startDueBatches(services: ExecutionServices): Loop {
  return startLoop('start batches', everyMs, services.log, (signal) =>
    services.db.system((connection) =>
      inSweep(connection, batchSweep, false, async () => {
        const seen: string[] = [];
        for (const batch of await listDueBatches(connection, limit)) {
          if (signal.aborted) break;
          try {
            await startDueBatch(services, batch);
            seen.push(batch.id);
          } catch (error) {
            services.log.warn({ err: error }, 'batches could not be started; they will be');
            break;
          }
        }
        await postponeBatches(connection, seen, againMs);
      }),
    ),
  );
}
