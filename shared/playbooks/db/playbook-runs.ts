import type { Actor } from '../../identity/roles.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { RunStatus } from '../playbook-schemas.ts';

export interface RunRow {
  id: string;
  tenant_id: string;
  playbook_id: string;
  playbook_version: number;
  playbook_name: string;
  playbook_title: string;
  exception_id: string | null;
  parent_run_id: string | null;
  parent_step_run_id: string | null;
  status: RunStatus;
  input: JsonValue;
  reason: string | null;
  paused_at: Date | null;
  paused_by: string | null;
  pause_reason: string | null;
  cancel_requested_at: Date | null;
  started_by_type: Actor['type'];
  started_by_id: string;
  started_by_name: string;
  started_by_person: string | null;
  workflow_started_at: Date | null;
  created_at: Date;
  completed_at: Date | null;
  updated_at: Date;
}

export const isRunOpen = (run: Pick<RunRow, 'status'>): boolean =>
  run.status === 'running' || run.status === 'waiting';

export interface NewRun {
  /** uuid v7. */
  id: string;
  playbook: { id: string; version: number; name: string; title: string };
  exceptionId: string | null;
  parent: { runId: string; stepRunId: string } | null;
  /** Redacted. */
  input: JsonValue;
  actor: Actor;
  person: string | null;
}

/** @returns the row; the one that is there when it was inserted before */
export async function insertRun(connection: TenantConnection, run: NewRun): Promise<RunRow> {
  const { playbook, parent, actor } = run;
  const [row] = await connection.query<RunRow & Record<string, unknown>>({
    name: 'run_insert',
    text: `INSERT INTO playbook_run (id, tenant_id, playbook_id, playbook_version, playbook_name, playbook_title,
        exception_id, parent_run_id, parent_step_run_id, status, input,
        started_by_type, started_by_id, started_by_name, started_by_person)
      VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9, 'running', $10, $11, $12, $13, $14)
      RETURNING *`,
    values: [
      connection.tenantId,
      run.id,
      playbook.id,
      playbook.version,
      playbook.name,
      playbook.title,
      run.exceptionId,
      parent?.runId ?? null,
      parent?.stepRunId ?? null,
      JSON.stringify(run.input),
      actor.type,
      actor.id,
      actor.name,
      run.person,
    ],
  });
  return row!;
}

/** @param lock waits for whoever is changing the run or one of its steps */
export async function readRun(
  connection: TenantConnection,
  runId: string,
  lock: 'lock' | null = null,
): Promise<RunRow | null> {
  const [row] = await connection.query<RunRow & Record<string, unknown>>({
    name: lock ? 'run_lock' : 'run_read',
    text: `SELECT * FROM playbook_run WHERE id = $2 AND tenant_id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    values: [connection.tenantId, runId],
  });
  return row ?? null;
}

export interface RunFilter {
  playbookId?: string | undefined;
  exceptionId?: string | undefined;
  status?: RunStatus | 'open' | undefined;
  q?: string | undefined;
  /** Only runs older than this id. */
  cursor?: string | undefined;
  limit: number;
}

/** A page by key, newest first. */
export async function listRuns(connection: TenantConnection, filter: RunFilter): Promise<RunRow[]> {
  const values: unknown[] = [connection.tenantId];
  const conditions = ['tenant_id = $1'];
  const where = (value: unknown, condition: (placeholder: string) => string) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where(filter.cursor, (p) => `id < ${p}::uuid`);
  where(filter.playbookId, (p) => `playbook_id = ${p}::uuid`);
  where(filter.exceptionId, (p) => `exception_id = ${p}::uuid`);
  if (filter.status === 'open') conditions.push(`status IN ('running', 'waiting')`);
  else where(filter.status, (p) => `status = ${p}`);
  where(
    filter.q,
    (p) => `(strpos(lower(playbook_title), lower(${p})) > 0 OR playbook_name = ${p} OR id::text = ${p})`,
  );
  values.push(filter.limit);
  return connection.query<RunRow & Record<string, unknown>>({
    text: `SELECT * FROM playbook_run WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $${values.length}`,
    values,
  });
}

/** A run waits as soon as one of its steps does. Call it after every change of a step, in its transaction. */
export async function touchRun(connection: TenantConnection, runId: string): Promise<void> {
  await connection.query({
    name: 'run_touch',
    text: `UPDATE playbook_run SET updated_at = now(), status = CASE WHEN EXISTS (
          SELECT FROM playbook_step_run s WHERE s.run_id = $2 AND s.status IN ('waiting', 'outcome_unknown'))
        THEN 'waiting' ELSE 'running' END
      WHERE id = $2 AND tenant_id = $1 AND status IN ('running', 'waiting')`,
    values: [connection.tenantId, runId],
  });
}

export async function markWorkflowStarted(connection: TenantConnection, runId: string): Promise<void> {
  await connection.query({
    name: 'run_started',
    text: `UPDATE playbook_run SET workflow_started_at = now()
      WHERE id = $2 AND tenant_id = $1 AND workflow_started_at IS NULL`,
    values: [connection.tenantId, runId],
  });
}

/** @returns the row when this call ended the run; null when it had ended */
export async function endRun(
  connection: TenantConnection,
  runId: string,
  status: 'completed' | 'failed' | 'cancelled',
  reason: string | null,
): Promise<RunRow | null> {
  const [row] = await connection.query<RunRow & Record<string, unknown>>({
    name: 'run_end',
    text: `UPDATE playbook_run SET status = $3, reason = coalesce(reason, $4), completed_at = now(), updated_at = now(),
        paused_at = NULL, paused_by = NULL, pause_reason = NULL
      WHERE id = $2 AND tenant_id = $1 AND status IN ('running', 'waiting') RETURNING *`,
    values: [connection.tenantId, runId, status, reason],
  });
  return row ?? null;
}

/** Notes who wants the run held and why; it is held once the workflow says so. */
export async function notePause(
  connection: TenantConnection,
  runId: string,
  by: string,
  reason: string | null,
): Promise<void> {
  await connection.query({
    text: `UPDATE playbook_run SET paused_by = $3, pause_reason = $4
      WHERE id = $2 AND tenant_id = $1 AND paused_at IS NULL AND status IN ('running', 'waiting')`,
    values: [connection.tenantId, runId, by, reason],
  });
}

/** @returns whether this call changed it */
export async function setPaused(
  connection: TenantConnection,
  runId: string,
  paused: { by: string | null; reason: string | null } | null,
): Promise<RunRow | null> {
  const [row] = await connection.query<RunRow & Record<string, unknown>>(
    paused
      ? {
          text: `UPDATE playbook_run SET paused_at = now(), paused_by = coalesce($3, paused_by, 'Temporal operator'),
              pause_reason = coalesce($4, pause_reason), updated_at = now()
            WHERE id = $2 AND tenant_id = $1 AND paused_at IS NULL AND status IN ('running', 'waiting') RETURNING *`,
          values: [connection.tenantId, runId, paused.by, paused.reason],
        }
      : {
          text: `UPDATE playbook_run SET paused_at = NULL, paused_by = NULL, pause_reason = NULL, updated_at = now()
            WHERE id = $2 AND tenant_id = $1 AND paused_at IS NOT NULL RETURNING *`,
          values: [connection.tenantId, runId],
        },
  );
  return row ?? null;
}

/** @returns the row when this call was the first to ask */
export async function requestRunCancel(
  connection: TenantConnection,
  runId: string,
  reason: string,
): Promise<RunRow | null> {
  const [row] = await connection.query<RunRow & Record<string, unknown>>({
    text: `UPDATE playbook_run SET cancel_requested_at = now(), reason = $3, updated_at = now()
      WHERE id = $2 AND tenant_id = $1 AND cancel_requested_at IS NULL AND status IN ('running', 'waiting') RETURNING *`,
    values: [connection.tenantId, runId, reason],
  });
  return row ?? null;
}

/** Open runs whose workflow nobody has started, `olderThanMs` after they were written. */
export function listForgottenRuns(
  connection: SystemConnection,
  { olderThanMs, limit }: { olderThanMs: number; limit: number },
): Promise<RunRow[]> {
  return connection.query<RunRow & Record<string, unknown>>({
    name: 'run_forgotten',
    text: `SELECT * FROM playbook_run
      WHERE workflow_started_at IS NULL AND status IN ('running', 'waiting')
        AND created_at < now() - make_interval(secs => $1)
        -- A sub-playbook is started by the run it belongs to, as its child.
        AND (parent_run_id IS NULL OR created_at < now() - interval '1 minute')
      ORDER BY id LIMIT $2`,
    values: [olderThanMs / 1000, limit],
  });
}

/** Which of these are still open. */
export function listOpenRuns(connection: SystemConnection, ids: string[]): Promise<RunRow[]> {
  return connection.query<RunRow & Record<string, unknown>>({
    name: 'run_open',
    text: `SELECT * FROM playbook_run WHERE id = ANY($1::uuid[]) AND status IN ('running', 'waiting')`,
    values: [ids],
  });
}

/** Open runs that were asked to stop longer ago than this. */
export function listUncancelledRuns(connection: SystemConnection, olderThanMs: number): Promise<RunRow[]> {
  return connection.query<RunRow & Record<string, unknown>>({
    name: 'run_uncancelled',
    text: `SELECT * FROM playbook_run WHERE status IN ('running', 'waiting')
        AND cancel_requested_at < now() - make_interval(secs => $1) ORDER BY id LIMIT 50`,
    values: [olderThanMs / 1000],
  });
}

/** Open runs of sub-playbooks. */
export function listChildRuns(connection: TenantConnection, runId: string): Promise<RunRow[]> {
  return connection.query<RunRow & Record<string, unknown>>({
    name: 'run_children',
    text: `SELECT * FROM playbook_run
      WHERE parent_run_id = $2 AND tenant_id = $1 AND status IN ('running', 'waiting')`,
    values: [connection.tenantId, runId],
  });
}
