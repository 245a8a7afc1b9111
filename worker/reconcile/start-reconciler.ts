import { ensurePartitions, executionSweep, inSweep } from '../../shared/executions/db/executions-sweep.ts';
import { removeApprovals } from '../../shared/executions/db/remove-approvals.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import { carryDecisions, expireApprovals } from './carry-decisions.ts';
import { closeLeftovers } from './close-leftovers.ts';
import { fromStart } from './rolling-sample.ts';
import { sampleExecutions } from './sample-executions.ts';
import { startForgotten } from './start-forgotten.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Keeps rows and workflows in agreement: no accepted execution stays without a workflow, and no row stays open after
 * its workflow has closed. Any number of processes may run it; one works at a time, and every write is guarded.
 */
export function startReconciler(context: ExecutionContext): Loop {
  const later = new Map<string, number>();
  const untold = new Map<string, number>();
  let closedUntil = Date.now() - 60 * 60_000;
  let partitionsAt = 0;
  let sampled = fromStart;
  return startLoop('reconcile executions', 1000, context.log, async (signal) => {
    await context.db.system(async (connection) => {
      if (Date.now() - partitionsAt > dayMs) {
        await ensurePartitions(connection);
        await removeApprovals(connection);
        partitionsAt = Date.now();
      }
      await inSweep(connection, executionSweep, false, async () => {
        await expireApprovals(context, connection);
        await startForgotten(context, connection, later, signal);
        await carryDecisions(context, connection, untold, signal);
        closedUntil = await closeLeftovers(context, connection, closedUntil, signal);
        sampled = await sampleExecutions(context, connection, sampled, signal);
      });
    });
  });
}
