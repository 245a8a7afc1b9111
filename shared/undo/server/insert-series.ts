import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../events/server/tell.ts';
import { listUndone, type UndoneRow } from '../../executions/db/executions-undo.ts';
import { readAllUndoRules } from '../../executions/server/plan-undo.ts';
import type { NotUndone } from '../../executions/server/undo-rules.ts';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { insertSeriesRow } from '../db/undo-series.ts';
import type { DueSeries } from '../db/undo-sweep.ts';
import { startAfterMs } from './start-undo-workflow.ts';
import type { SourceExecution, UndoSource } from './undo-context.ts';

interface NewSeries {
  source: UndoSource;
  /** Why it is undone. */
  reason: string | null;
  /** Whose calls these are. */
  actor: Actor;
  requestId: string;
  /** By execution: of the calls that were previewed. */
  digests?: ReadonlyMap<string, string>;
}

/** An execution of a source that has done something which is not undone yet. */
export interface ListedUndo {
  row: UndoneRow;
  label: string;
  /** Why it cannot be undone; null: it can, as far as it is known without its values. */
  cannot: string | null;
}

/** They have nothing to undo. */
const leftOut: ReadonlySet<NotUndone['kind']> = new Set(['nothing', 'done']);

/** They are waited for. */
const waited: ReadonlySet<NotUndone['kind']> = new Set(['going', 'open']);

/** What is undone of a source, in this order: the last that ended comes first. */
export async function listUndoable(
  connection: TenantConnection,
  { executions }: UndoSource,
): Promise<ListedUndo[]> {
  const byId = new Map<string, SourceExecution>(executions.map((each) => [each.id, each]));
  const rows = await listUndone(connection, [...byId.keys()]);
  const rules = await readAllUndoRules(connection, rows);
  return rows.flatMap((row, index) => {
    const { label, cannot = null } = byId.get(row.id)!;
    const { not } = rules[index]!;
    if (not && leftOut.has(not.kind)) return [];
    const own = not && !waited.has(not.kind) ? not.reason : null;
    return [{ row, label, cannot: cannot ?? own }];
  });
}

/**
 * Writes a series, in the transaction of the change that it follows. Start its workflow when that is committed: if it is
 * not, the sweep does.
 * @returns null when there is nothing that can be undone: then nothing was written
 */
export async function insertSeries(
  connection: TenantConnection,
  { source, reason, actor, requestId, digests }: NewSeries,
): Promise<DueSeries | null> {
  const listed = await listUndoable(connection, source);
  if (listed.every(({ cannot }) => cannot !== null)) return null;
  const id = uuidv7();
  const now = new Date();
  await insertSeriesRow(
    connection,
    {
      id,
      source_type: source.type,
      source_id: source.id,
      exception_id: source.exceptionId,
      reason,
      run_by_type: actor.type,
      run_by_id: actor.id,
      run_by_name: actor.name,
      ...createdByOf(actor),
      start_at: new Date(now.getTime() + startAfterMs),
    },
    listed.map(({ row, label, cannot }) => ({
      execution_id: row.id,
      label,
      tool_name: row.tool_name,
      status: cannot === null ? ('pending' as const) : ('cannot' as const),
      reason: cannot,
      preview_digest: digests?.get(row.id) ?? null,
      ended_at: cannot === null ? null : now,
    })),
  );
  const { tenantId } = connection;
  const possible = listed.filter(({ cannot }) => cannot === null).length;
  await tell(
    connection,
    { identity: { tenantId, actor }, requestId },
    {
      type: 'UndoStarted',
      subjectType: 'undo',
      subjectId: id,
      exceptionId: source.exceptionId,
      data: {
        of: source.type,
        ofId: source.id,
        total: listed.length,
        possible,
        ...(reason !== null && { reason }),
      },
    },
  );
  return { id, tenantId, round: 0 };
}
