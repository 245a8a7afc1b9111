import type { Sweep } from '../../executions/db/executions-sweep.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

export const undoSweep: Sweep = {
  name: 'undo',
  due: `EXISTS (SELECT FROM undo_series WHERE status = 'running' AND start_at <= now())`,
};

/** A series whose workflow has to be there. */
export interface DueSeries {
  id: string;
  tenantId: string;
  round: number;
}

export function listDueSeries(connection: SystemConnection, limit: number): Promise<DueSeries[]> {
  return connection.query<DueSeries & Record<string, unknown>>({
    name: 'undo_due',
    text: `SELECT id, tenant_id AS "tenantId", round FROM undo_series
      WHERE status = 'running' AND start_at <= now() ORDER BY start_at LIMIT $1`,
    values: [limit],
  });
}

/** They have been started: they are looked at again after this time. */
export async function postponeSeries(
  connection: SystemConnection,
  ids: readonly string[],
  againMs: number,
): Promise<void> {
  if (ids.length === 0) return;
  await connection.query({
    name: 'undo_postpone',
    text: `UPDATE undo_series SET start_at = now() + make_interval(secs => $2) WHERE id = ANY ($1::uuid[])`,
    values: [ids, againMs / 1000],
  });
}
