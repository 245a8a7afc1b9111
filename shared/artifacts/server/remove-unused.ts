import type { Database } from '../../platform/db/database.ts';
import { lockArtifacts, removeUnused, tenantsWithUnused } from '../db/artifacts.ts';

const keptDays = 30;

/**
 * Removes the files whose executions have lost their payloads, and what was uploaded and not used for 30 days: an execution
 * may wait for its approval, and a run for its people.
 */
export async function removeUnusedArtifacts(db: Database, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000);
  for (const tenantId of await db.system((connection) => tenantsWithUnused(connection, before)))
    await db.systemTransaction(async (connection) => {
      await lockArtifacts(connection, tenantId);
      await removeUnused(connection, tenantId, before);
    });
}
