import { inSweep } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import {
  listOldTrials,
  listRunningTrials,
  type RunningTrial,
  trialSweep,
} from '../../shared/trials/db/trials-sweep.ts';
import { endStale, forgetTrial, stopFailing } from '../../shared/trials/server/watch-trial.ts';

const everyMs = 3_000;
const limit = 100;

/**
 * Stops the trials whose candidate fails too often, and keeps what came of those that ended a day ago instead of their
 * calls. Any number of processes may run it: one works at a time.
 */
export function watchTrials(services: ExecutionServices): Loop {
  return startLoop('watch trials', everyMs, services.log, (signal) =>
    services.db.system((connection) =>
      inSweep(connection, trialSweep, false, async () => {
        for (let after: string | null = null; !signal.aborted; ) {
          const page: RunningTrial[] = await listRunningTrials(connection, { after, limit });
          for (const trial of page) {
            if (signal.aborted) return;
            const stopped = await (trial.stands ? stopFailing(services, trial) : endStale(services, trial));
            if (stopped) services.log.info({ trialId: trial.id }, 'a trial was stopped');
          }
          if (page.length < limit) break;
          after = page.at(-1)!.id;
        }
        for (const trial of await listOldTrials(connection, limit)) {
          if (signal.aborted) return;
          await forgetTrial(services, trial);
        }
      }),
    ),
  );
}
