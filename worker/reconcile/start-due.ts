import { dueBatches } from '../../shared/batches/db/batches-sweep.ts';
import { startDueBatch } from '../../shared/batches/server/wake-batch.ts';
import type { DueRows } from '../../shared/executions/db/due-rows.ts';
import { inSweep } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { dueDeliveries } from '../../shared/inbound/db/inbound-sweep.ts';
import { startProcessing } from '../../shared/inbound/server/start-processing.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import { dueSeries } from '../../shared/undo/db/undo-sweep.ts';
import { startDueSeries } from '../../shared/undo/server/start-undo-workflow.ts';

/** An accepted row is started within ten seconds, whatever was lost. */
const everyMs = 4_000;
const lanes = 8;

/**
 * Starts what has not ended and whose start was lost, or whose workflow someone has closed: inbound deliveries, batches and
 * undos. Any number of processes may run it: one small statement a round.
 */
export function startDueWorkflows(services: ExecutionServices): Loop[] {
  return [
    startDue(services, {
      what: 'inbound deliveries',
      rows: dueDeliveries,
      start: ({ id: deliveryId, tenantId, round }) =>
        startProcessing(services, { tenantId, deliveryId, round }),
      againMs: 60_000,
      limit: 200,
    }),
    startDue(services, {
      what: 'batches',
      rows: dueBatches,
      start: (batch) => startDueBatch(services, batch),
      againMs: 15_000,
      limit: 100,
    }),
    startDue(services, {
      what: 'undos',
      rows: dueSeries,
      start: (series) => startDueSeries(services, series),
      againMs: 15_000,
      limit: 100,
    }),
  ];
}

interface Due<Row extends { id: string }> {
  /** What they are, in the plural. */
  what: string;
  rows: DueRows<Row>;
  /** Starts its workflow. Starting it again changes nothing. @throws when Temporal is unreachable */
  start: (row: Row) => Promise<void>;
  /** After this time it is looked at again. A workflow that is at work takes no harm from another start. */
  againMs: number;
  limit: number;
}

function startDue<Row extends { id: string }>(
  { db, log }: ExecutionServices,
  { what, rows, start, againMs, limit }: Due<Row>,
): Loop {
  let away = false;
  return startLoop(`start ${what}`, everyMs, log, (signal) =>
    db.system((connection) =>
      inSweep(connection, rows.sweep, false, async () => {
        const due = await rows.list(connection, limit);
        const started: string[] = [];
        let reason: unknown = null;
        const lane = async () => {
          for (let next = due.shift(); next && !signal.aborted; next = due.shift()) {
            try {
              await start(next);
              started.push(next.id);
            } catch (error) {
              // The next round goes on.
              reason ??= error;
              return;
            }
          }
        };
        await Promise.all(Array.from({ length: lanes }, lane));
        await rows.postpone(connection, started, againMs);
        // Said once, until one can be started again: the next round is soon, so that all of them start when Temporal is back.
        if (started.length > 0) away = false;
        else if (reason !== null && !away) {
          away = true;
          log.warn({ err: reason }, `${what} could not be started; they will be`);
        }
      }),
    ),
  );
}
