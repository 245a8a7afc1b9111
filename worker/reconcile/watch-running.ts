import { listStoppedExecutions } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';

/**
 * Stops calls of this process whose execution another process has cancelled or closed. Temporal would stop a local
 * activity only at the next workflow task. Costs nothing while no call is slow.
 */
export function watchRunning({ db, log, running }: ExecutionContext): Loop {
  return startLoop('watch running executions', 500, log, async () => {
    const ids = running.olderThan(400);
    if (ids.length === 0) return;
    const stopped = await db.system((connection) => listStoppedExecutions(connection, ids));
    for (const id of stopped) running.abort(id, 'cancelled');
  });
}
