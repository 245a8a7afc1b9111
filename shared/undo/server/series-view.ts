import { readUndoAttempts, type UndoAttempt } from '../../executions/db/executions-undo.ts';
import type { Actor } from '../../identity/roles.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type ItemRow, listSeries, readItems, type SeriesRow } from '../db/undo-series.ts';
import type { UndoSeries, UndoSourceType } from '../undo-schemas.ts';

export const runByOf = (row: Pick<SeriesRow, 'run_by_type' | 'run_by_id' | 'run_by_name'>): Actor => ({
  type: row.run_by_type,
  id: row.run_by_id,
  name: row.run_by_name,
});

/** What has been or is being undone of a batch or a run, newest first. */
export async function readSeriesOf(
  connection: TenantConnection,
  type: UndoSourceType,
  sourceId: string,
): Promise<UndoSeries[]> {
  const rows = await listSeries(connection, type, sourceId);
  if (rows.length === 0) return [];
  const items = await readItems(
    connection,
    rows.map(({ id }) => id),
  );
  const attempts = await readUndoAttempts(connection, [...new Set(items.map((item) => item.execution_id))]);
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    reason: row.reason,
    items: items
      .filter(({ series_id }) => series_id === row.id)
      .map((item) => itemView(item, attempts.get(item.execution_id))),
    actor: creatorOf(row),
    runBy: runByOf(row),
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }));
}

const itemView = (item: ItemRow, last: UndoAttempt | undefined): UndoSeries['items'][number] => ({
  executionId: item.execution_id,
  label: item.label,
  toolName: item.tool_name,
  status: item.status,
  reason: item.reason,
  undoneBy:
    last?.id && last.status
      ? { id: last.id, status: last.status, needsApproval: last.approval_status === 'waiting' }
      : null,
  endedAt: item.ended_at?.toISOString() ?? null,
});
