import { listStoppedExecutions } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-tool.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';

/**
 * Stops calls of this process whose execution was cancelled, or closed, by another one. Temporal would tell a local
 * activity only at the next workflow task. Costs nothing while no call takes long.
 */
export function watchRunning({ db, log, outcomes }: ExecutionContext): Loop {
  return startLoop('watch running executions', 500, log, async () => {
    const ids = outcomes.runningLongerThan(400);
    if (ids.length === 0) return;
    const stopped = await db.system((connection) => listStoppedExecutions(connection, ids));
    for (const id of stopped) outcomes.abort(id, 'cancelled');
  });
}
