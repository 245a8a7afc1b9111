import { ensurePartitions, withSweepLock } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-tool.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import { closeLeftovers } from './close-leftovers.ts';
import { startForgotten } from './start-forgotten.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Keeps rows and workflows in agreement: nothing that was accepted stays without a workflow, and no row stays open
 * behind a closed one. Any number of processes may run it; one at a time works, and every write is guarded.
 */
export function startReconciler(services: ExecutionServices, context: ExecutionContext): Loop {
  const started = new Map<string, number>();
  let closedUntil = Date.now() - 60 * 60_000;
  let partitionsAt = 0;
  return startLoop('reconcile executions', 1000, context.log, async (signal) => {
    await context.db.system(async (connection) => {
      if (Date.now() - partitionsAt > dayMs) {
        await ensurePartitions(connection);
        partitionsAt = Date.now();
      }
      await withSweepLock(connection, 'executions', async () => {
        await startForgotten(services, context, connection, started, signal);
        closedUntil = await closeLeftovers(services, context, connection, closedUntil, signal);
      });
    });
  });
}
