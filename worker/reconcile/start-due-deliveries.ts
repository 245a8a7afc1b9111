import { inSweep } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { inboundSweep, listDueDeliveries, postponeStarts } from '../../shared/inbound/db/inbound-sweep.ts';
import { startProcessing } from '../../shared/inbound/server/start-processing.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';

/** An accepted delivery is started within ten seconds, whatever was lost. */
const everyMs = 4_000;
/** A workflow that is at work takes no harm from another start. */
const againMs = 60_000;
const limit = 200;
const lanes = 8;

/**
 * Starts the deliveries that were accepted and have not ended: their start was lost, or someone closed their workflow. Any
 * number of processes may run it: one small statement a round.
 */
export function startDueDeliveries(services: ExecutionServices): Loop {
  let away = false;
  return startLoop('start inbound deliveries', everyMs, services.log, (signal) =>
    services.db.system((connection) =>
      inSweep(connection, inboundSweep, false, async () => {
        const due = await listDueDeliveries(connection, limit);
        const started: string[] = [];
        let reason: unknown = null;
        const lane = async () => {
          for (let next = due.pop(); next && !signal.aborted; next = due.pop()) {
            const { id: deliveryId, tenantId, round } = next;
            try {
              await startProcessing(services, { tenantId, deliveryId, round });
              started.push(deliveryId);
            } catch (error) {
              // The next round goes on.
              reason ??= error;
              return;
            }
          }
        };
        await Promise.all(Array.from({ length: lanes }, lane));
        await postponeStarts(connection, started, againMs);
        // Said once, until one can be started again: the next round is soon, so that all of them start when Temporal is back.
        if (started.length > 0) away = false;
        else if (reason !== null && !away) {
          away = true;
          services.log.warn({ err: reason }, 'inbound deliveries could not be started; they will be retried');
        }
      }),
    ),
  );
}
