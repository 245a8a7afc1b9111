import { inSweep } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import {
  listDueSchedules,
  listEndedRuns,
  postponeSync,
  scheduleSweep,
  takeDueRuns,
} from '../../shared/schedules/db/schedules-sweep.ts';
import { endScheduledRun } from '../../shared/schedules/server/end-runs.ts';
import { startScheduledRun } from '../../shared/schedules/server/start-scheduled-run.ts';
import { syncSchedule } from '../../shared/schedules/server/sync-schedule.ts';

const everyMs = 2_000;
/** A workflow that is at work takes no harm from another start. */
const againMs = 60_000;
const failedAgainMs = 5_000;
const limit = 100;

/**
 * Makes Temporal's Schedules agree with the rows, starts runs whose start was lost, and tells runs that what they have
 * started has ended. Any number of processes may run it: few small statements a round.
 */
export function followSchedules(services: ExecutionServices): Loop {
  return startLoop('schedules', everyMs, services.log, (signal) =>
    services.db.system((connection) =>
      inSweep(connection, scheduleSweep, false, async () => {
        try {
          await round(services, connection, signal);
        } catch (error) {
          services.log.warn({ err: error }, 'schedules could not be compared with Temporal; they will be');
        }
      }),
    ),
  );
}

async function round(
  services: ExecutionServices,
  connection: SystemConnection,
  signal: AbortSignal,
): Promise<void> {
  for (const run of await listEndedRuns(connection, limit)) {
    if (signal.aborted) return;
    await endScheduledRun(services, run);
  }
  for (const run of await takeDueRuns(connection, againMs, limit)) await startScheduledRun(services, run);
  for (const schedule of await listDueSchedules(connection, limit)) {
    if (signal.aborted) return;
    try {
      await syncSchedule(services, schedule);
    } catch (error) {
      // One that Temporal does not take must not hold up the others.
      await postponeSync(connection, schedule.id, failedAgainMs);
      throw error;
    }
  }
}
