import type { Database } from '../../platform/db/database.ts';
import { lockArtifacts, removeUnused, tenantsWithUnused } from '../db/artifacts.ts';

const keptDays = 7;

/** Removes the files that no execution has used for a week: what was uploaded and never sent, too. */
export async function removeUnusedArtifacts(db: Database, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000);
  for (const tenantId of await db.system((connection) => tenantsWithUnused(connection, before)))
    await db.systemTransaction(async (connection) => {
      await lockArtifacts(connection, tenantId);
      await removeUnused(connection, tenantId, before);
    });
}
