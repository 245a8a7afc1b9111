import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { RunRow } from './playbook-runs.ts';

/** An exception as expressions see it; null when it is not found. */
export async function readExceptionScope(
  connection: TenantConnection,
  exceptionId: string,
): Promise<JsonObject | null> {
  const [row] = await connection.query<{ scope: JsonObject }>({
    name: 'exception_scope',
    text: `SELECT json_build_object('id', id, 'number', number, 'title', title, 'description', description,
        'domain', domain, 'severity', severity, 'status', status, 'assignee', assignee_name, 'source', source,
        'dueAt', due_at, 'createdAt', created_at, 'attributes', attributes) AS scope
      FROM exception WHERE id = $2 AND tenant_id = $1`,
    values: [connection.tenantId, exceptionId],
  });
  return row?.scope ?? null;
}

export type ExceptionStatus = 'open' | 'in_progress' | 'resolved';

/** The status of an exception, locked until the transaction ends. */
export async function lockExceptionStatus(
  connection: TenantConnection,
  exceptionId: string,
): Promise<{ status: ExceptionStatus; statusAt: Date | null; byRun: boolean } | null> {
  const [row] = await connection.query<{ status: ExceptionStatus; statusAt: Date | null; byRun: boolean }>({
    name: 'exception_status_lock',
    text: `SELECT status, status_at AS "statusAt", status_run_id IS NOT NULL AS "byRun"
      FROM exception WHERE id = $2 AND tenant_id = $1 FOR NO KEY UPDATE`,
    values: [connection.tenantId, exceptionId],
  });
  return row ?? null;
}

/** Has the exception an open run beside this one and the runs that runs have started? */
export async function hasOtherOpenRun(
  connection: TenantConnection,
  { exceptionId, runId }: { exceptionId: string; runId: string },
): Promise<boolean> {
  const [row] = await connection.query<{ other: boolean }>({
    name: 'exception_other_run',
    text: `SELECT EXISTS (SELECT FROM playbook_run WHERE tenant_id = $1 AND exception_id = $2 AND id <> $3
      AND parent_run_id IS NULL AND status IN ('running', 'waiting')) AS other`,
    values: [connection.tenantId, exceptionId, runId],
  });
  return row!.other;
}

/** A run as the cause of a status. */
export type CausingRun = Pick<
  RunRow,
  'id' | 'playbook_name' | 'playbook_title' | 'playbook_version' | 'created_at'
>;

/** The latest run of the exception that has completed while this one was open, and whose playbook resolves it. */
export async function readResolvingRun(
  connection: TenantConnection,
  { exceptionId, runId }: { exceptionId: string; runId: string },
): Promise<CausingRun | null> {
  const [row] = await connection.query<CausingRun>({
    name: 'exception_resolving_run',
    text: `SELECT r.id, r.playbook_name, r.playbook_title, r.playbook_version, r.created_at
      FROM playbook_run r
        JOIN playbook_version v ON v.tenant_id = r.tenant_id AND v.playbook_id = r.playbook_id AND v.version = r.playbook_version
      WHERE r.tenant_id = $1 AND r.exception_id = $2 AND r.id <> $3 AND r.parent_run_id IS NULL AND r.status = 'completed'
        AND r.completed_at >= (SELECT created_at FROM playbook_run WHERE tenant_id = $1 AND id = $3)
        AND v.document ->> 'resolves' = 'true'
      ORDER BY r.completed_at DESC LIMIT 1`,
    values: [connection.tenantId, exceptionId, runId],
  });
  return row ?? null;
}

/** Changes the status of a locked exception, as its next revision. */
export async function writeExceptionStatus(
  connection: TenantConnection,
  { exceptionId, runId, status }: { exceptionId: string; runId: string; status: ExceptionStatus },
): Promise<void> {
  await connection.query({
    name: 'exception_status_write',
    text: `UPDATE exception SET status = $3, status_at = now(), status_run_id = $4,
        resolution_code = CASE WHEN $3 = 'resolved' THEN 'fixed' END, resolution_note = NULL,
        resolved_at = CASE WHEN $3 = 'resolved' THEN now() END, revision = revision + 1, updated_at = now()
      WHERE id = $2 AND tenant_id = $1`,
    values: [connection.tenantId, exceptionId, status, runId],
  });
}

/** An exception as lists of runs and the inbox show it. */
export interface ExceptionRef {
  id: string;
  number: number;
  title: string;
  severity: string;
  domain: string;
}

export function listExceptionRefs(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<ExceptionRef[]> {
  return connection.query<ExceptionRef & Record<string, unknown>>({
    name: 'exception_refs',
    text: 'SELECT id, number, title, severity, domain FROM exception WHERE tenant_id = $1 AND id = ANY($2::uuid[])',
    values: [connection.tenantId, ids],
  });
}
