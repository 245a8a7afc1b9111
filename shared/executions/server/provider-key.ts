import { withDatabaseRetry } from '../../platform/server/with-database-retry.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import { readProviderKey } from '../db/provider-key.ts';
import type { ExecutionContext } from './execution-context.ts';

/** The Idempotency-Key of a call for the provider; null: the tool takes none. */
export async function providerKey(
  { db }: Pick<ExecutionContext, 'db'>,
  { definition }: Pick<LoadedTool, 'definition'>,
  row: ExecutionRow,
): Promise<string | null> {
  if (!definition.idempotent) return null;
  // All but those that repeat something: the hot path asks nothing.
  if (row.rerun_of === null && row.playbook_step_run_id === null) return row.id;
  return withDatabaseRetry(() =>
    db.tenant(row.tenant_id, (connection) => readProviderKey(connection, row.id)),
  );
}
