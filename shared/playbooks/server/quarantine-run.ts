import type { Actor } from '../../identity/roles.ts';
import { quarantineRow } from '../db/playbook-runs.ts';
import { beginTask, endTask } from '../db/playbook-tasks.ts';
import type { PlaybookContext } from './run-context.ts';
import { tellRun } from './tell.ts';

export interface RunTask {
  tenantId: string;
  runId: string;
  /** Unique in the run. */
  task: string;
  worker: string;
}

/** After so many lost workers a task is not begun again. */
export const tooManyLost = 2;

const interlock: Actor = { type: 'system', id: 'worker', name: 'Interlock' };
const reason =
  'Its worker process ended twice during the same work, so it is quarantined; release it to try once more';

/**
 * Does the work of a run, and remembers while it lasts that this worker does it.
 * @returns null when the work has ended two workers: the run is quarantined then, and paused until someone releases it
 */
export async function guardTask<Result>(
  { db }: Pick<PlaybookContext, 'db'>,
  { tenantId, ...task }: RunTask,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const lost = await db.tenant(tenantId, (connection) => beginTask(connection, task));
  if (lost >= tooManyLost) {
    await quarantineRun({ db }, tenantId, task.runId);
    return null;
  }
  try {
    return await work();
  } finally {
    // No one waits for it: at worst the task counts as lost once.
    void db.tenant(tenantId, (connection) => endTask(connection, task)).catch(() => {});
  }
}

async function quarantineRun(
  { db }: Pick<PlaybookContext, 'db'>,
  tenantId: string,
  runId: string,
): Promise<void> {
  await db.tenantTransaction(tenantId, async (connection) => {
    const run = await quarantineRow(connection, runId, { by: interlock.name, reason });
    if (run) await tellRun(connection, run, 'PlaybookRunQuarantined', { actor: interlock }, { reason });
  });
}
