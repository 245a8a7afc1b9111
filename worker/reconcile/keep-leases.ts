import { leaseMs, renewLeases } from '../../shared/executions/db/executions-lease.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import { attemptKey } from '../activities/claim-next.ts';
import type { ExecutionWorkerContext } from '../activities/execution-worker-context.ts';
import { momentNow } from '../activities/lease.ts';

const everyMs = leaseMs / 4;

/** Keeps the attempts that take longer than their lease, all with one statement. Costs nothing while no call is slow. */
export function keepLeases({ db, log, gate, leases, workerId }: ExecutionWorkerContext): Loop {
  return startLoop('keep leases', everyMs, log, async () => {
    await gate.keep();
    const due = [...leases].filter((lease) => lease.age() > everyMs);
    if (due.length === 0) return;
    const asked = momentNow();
    const renewed = await db.system((connection) => renewLeases(connection, workerId, due));
    const own = new Set(renewed.map(({ executionId, number }) => attemptKey(executionId, number)));
    for (const lease of due) if (own.has(attemptKey(lease.executionId, lease.number))) lease.renewed(asked);
  });
}
