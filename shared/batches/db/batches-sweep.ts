import type { Sweep } from '../../executions/db/executions-sweep.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

export const batchSweep: Sweep = {
  name: 'batches',
  due: `EXISTS (SELECT FROM batch WHERE status IN ('running', 'cancelling') AND start_at <= now())`,
};

/** A batch whose workflow has to be there. */
export interface DueBatch {
  id: string;
  tenantId: string;
  round: number;
  total: number;
}

export function listDueBatches(connection: SystemConnection, limit: number): Promise<DueBatch[]> {
  return connection.query<DueBatch & Record<string, unknown>>({
    name: 'batches_due',
    text: `SELECT id, tenant_id AS "tenantId", round, total FROM batch
      WHERE status IN ('running', 'cancelling') AND start_at <= now() ORDER BY start_at LIMIT $1`,
    values: [limit],
  });
}

/** They have been started: they are looked at again after this time. */
export async function postponeBatches(
  connection: SystemConnection,
  ids: readonly string[],
  againMs: number,
): Promise<void> {
  if (ids.length === 0) return;
  await connection.query({
    name: 'batches_postpone',
    text: `UPDATE batch SET start_at = now() + make_interval(secs => $2) WHERE id = ANY ($1::uuid[])`,
    values: [ids, againMs / 1000],
  });
}

/** A week after its end, a batch can no longer be retried: what it was asked for is removed. */
export async function forgetOldBatches(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'batches_forget',
    text: `UPDATE batch SET definition_sealed = NULL
      WHERE definition_sealed IS NOT NULL AND ended_at < now() - interval '7 days'`,
  });
}
