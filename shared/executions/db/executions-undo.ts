import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { ExecutionRow } from './executions-row.ts';
import { executionUndo } from './tables.ts';

/** How the idempotency keys of undos begin. */
export const undoKeys = 'undo/';

/** What the rules of undo need to know of an execution. */
export type UndoneRow = Pick<
  ExecutionRow,
  | 'id'
  | 'tool_id'
  | 'tool_name'
  | 'tool_title'
  | 'tool_version'
  | 'connector_revision'
  | 'status'
  | 'failure_code'
  | 'created_at'
  | 'completed_at'
  | 'payloads_removed_at'
> & {
  /** A request was sent that was not refused with a 4xx. */
  may_have_acted: boolean;
};

/** Executions in the order in which they are undone: the last that ended comes first. */
export function listUndone(connection: TenantConnection, ids: readonly string[]): Promise<UndoneRow[]> {
  return connection.query<UndoneRow & Record<string, unknown>>({
    name: 'executions_undone',
    text: `SELECT e.id, e.tool_id, e.tool_name, e.tool_title, e.tool_version, e.connector_revision, e.status,
        e.failure_code, e.created_at, e.completed_at, e.payloads_removed_at,
        EXISTS (SELECT FROM execution_attempt a WHERE a.execution_id = e.id AND a.tenant_id = e.tenant_id
          AND CASE WHEN a.http_status IS NULL THEN a.request IS NOT NULL
            ELSE a.http_status NOT BETWEEN 400 AND 499 END) AS may_have_acted
      FROM unnest($2::uuid[]) AS each(id) JOIN tool_execution e ON e.id = each.id AND e.tenant_id = $1
      ORDER BY e.completed_at DESC NULLS FIRST, e.id DESC`,
    values: [connection.tenantId, ids],
  });
}

/** The last attempt to undo an execution. */
export interface UndoAttempt {
  /** What is undone. */
  undone_id: string;
  attempt: number;
  key: string;
  /** The execution that undoes it; null: it has not been written, and may never be. */
  id: string | null;
  status: ExecutionRow['status'] | null;
  failure_code: ExecutionRow['failure_code'];
  failure_retryable: boolean | null;
  error_message: string | null;
  failure_reason: string | null;
  approval_status: ExecutionRow['approval_status'];
}

/** The last attempts to undo these executions, by their ids. */
export async function readUndoAttempts(
  connection: TenantConnection,
  executionIds: readonly string[],
): Promise<Map<string, UndoAttempt>> {
  const rows = await connection.query<UndoAttempt & Record<string, unknown>>({
    name: 'execution_undo_attempts',
    text: `SELECT u.execution_id AS undone_id, u.attempt, u.key, e.id, e.status, e.failure_code, e.failure_retryable,
        e.error_message, e.failure_reason, e.approval_status
      FROM (SELECT DISTINCT ON (execution_id) execution_id, attempt, key, tenant_id FROM execution_undo
        WHERE tenant_id = $1 AND execution_id = ANY ($2::uuid[]) ORDER BY execution_id, attempt DESC) u
      LEFT JOIN idempotency_key k ON k.tenant_id = u.tenant_id AND k.key = u.key
      LEFT JOIN tool_execution e ON e.id = k.execution_id AND e.tenant_id = u.tenant_id`,
    values: [connection.tenantId, executionIds],
  });
  return new Map(rows.map((row) => [row.undone_id, row]));
}

/**
 * Begins an attempt, or finds it: of several requests for the same attempt, all get its key.
 * @returns `begun`: this call was the first
 */
export async function beginUndoAttempt(
  connection: TenantConnection,
  { executionId, attempt, reason, actor }: NewUndoAttempt,
): Promise<{ begun: boolean; key: string }> {
  const key = undoKeys + randomUUID();
  const begun = await connection.orm
    .insert(executionUndo)
    .values({
      execution_id: executionId,
      attempt,
      tenant_id: connection.tenantId,
      key,
      reason,
      ...createdByOf(actor),
    })
    .onConflictDoNothing()
    .returning({ key: executionUndo.key });
  if (begun.length > 0) return { begun: true, key };
  const [found] = await connection.orm
    .select({ key: executionUndo.key })
    .from(executionUndo)
    .where(
      and(
        eq(executionUndo.tenant_id, connection.tenantId),
        eq(executionUndo.execution_id, executionId),
        eq(executionUndo.attempt, attempt),
      ),
    );
  return { begun: false, key: found!.key };
}

interface NewUndoAttempt {
  executionId: string;
  attempt: number;
  reason: string | null;
  actor: Actor;
}
