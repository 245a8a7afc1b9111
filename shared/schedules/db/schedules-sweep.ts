import type { Sweep } from '../../executions/db/executions-sweep.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { ScheduleRunStatus } from '../schedule-schemas.ts';

export const scheduleSweep: Sweep = {
  name: 'schedules',
  due: `EXISTS (SELECT FROM schedule WHERE sync_at <= now())
    OR EXISTS (SELECT FROM schedule_run WHERE status IN ('starting', 'running'))`,
};

/** A schedule that is to be compared with Temporal's. */
export interface DueSchedule {
  id: string;
  tenantId: string;
}

export function listDueSchedules(connection: SystemConnection, limit: number): Promise<DueSchedule[]> {
  return connection.query<DueSchedule & Record<string, unknown>>({
    name: 'schedules_due',
    text: `SELECT id, tenant_id AS "tenantId" FROM schedule WHERE sync_at <= now() ORDER BY sync_at LIMIT $1`,
    values: [limit],
  });
}

/** A run whose workflow has not started anything in time. */
export interface DueRun {
  id: string;
  tenantId: string;
  scheduleId: string;
  revision: number;
}

/** They are looked at again after `againMs`. */
export function takeDueRuns(connection: SystemConnection, againMs: number, limit: number): Promise<DueRun[]> {
  return connection.query<DueRun & Record<string, unknown>>({
    name: 'schedule_runs_due',
    text: `UPDATE schedule_run r SET start_at = now() + make_interval(secs => $1)
      FROM schedule s
      WHERE s.id = r.schedule_id AND r.id IN (
        SELECT id FROM schedule_run WHERE status = 'starting' AND start_at <= now() ORDER BY start_at LIMIT $2)
      RETURNING r.id, r.tenant_id AS "tenantId", r.schedule_id AS "scheduleId", s.revision`,
    values: [againMs / 1000, limit],
  });
}

/** A run, and how what it has started has ended. */
export interface EndedRun {
  id: string;
  tenantId: string;
  scheduleId: string;
  workflowId: string;
  status: Extract<ScheduleRunStatus, 'succeeded' | 'failed' | 'cancelled'>;
  reason: string | null;
}

/** Of which the reason is a code, or null: what has failed says more. */
export function listEndedRuns(connection: SystemConnection, limit: number): Promise<EndedRun[]> {
  return connection.query<EndedRun & Record<string, unknown>>({
    name: 'schedule_runs_ended',
    text: `SELECT r.id, r.tenant_id AS "tenantId", r.schedule_id AS "scheduleId", r.workflow_id AS "workflowId",
        CASE WHEN e.failure_code = 'cancelled' THEN 'cancelled'
          WHEN coalesce(e.status, b.status, p.status) IN ('succeeded', 'completed') THEN 'succeeded'
          WHEN coalesce(b.status, p.status) = 'cancelled' THEN 'cancelled' ELSE 'failed' END AS status,
        e.failure_code AS reason
      FROM schedule_run r
      LEFT JOIN tool_execution e ON r.started_type = 'execution' AND e.id = r.started_id AND e.tenant_id = r.tenant_id
      LEFT JOIN batch b ON r.started_type = 'batch' AND b.id = r.started_id AND b.tenant_id = r.tenant_id
      LEFT JOIN playbook_run p ON r.started_type = 'run' AND p.id = r.started_id AND p.tenant_id = r.tenant_id
      WHERE r.status = 'running'
        AND coalesce(e.status, CASE WHEN b.ended_at IS NULL THEN NULL ELSE b.status END, p.status)
          IN ('succeeded', 'failed', 'cancelled', 'completed')
      ORDER BY r.id LIMIT $1`,
    values: [limit],
  });
}

/** Runs that ended 90 days ago. A fire that is younger is known, so that it never happens twice. */
export async function removeOldRuns(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'schedule_runs_remove',
    text: `DELETE FROM schedule_run WHERE id IN (
      SELECT id FROM schedule_run WHERE ended_at < now() - interval '90 days' LIMIT 5000)`,
  });
}

/** What a schedule starts, a month after it was archived: until then it can be restored. */
export async function forgetArchived(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'schedules_forget',
    text: `UPDATE schedule SET target_sealed = NULL WHERE id IN (
      SELECT id FROM schedule WHERE status = 'archived' AND target_sealed IS NOT NULL
        AND updated_at < now() - interval '30 days' LIMIT 5000)`,
  });
}

/** It could not be compared: it is after this time, when it has not been changed until then. */
export async function postponeSync(connection: SystemConnection, id: string, againMs: number): Promise<void> {
  await connection.query({
    name: 'schedule_postpone',
    text: `UPDATE schedule SET sync_at = now() + make_interval(secs => $2) WHERE id = $1 AND sync_at <= now()`,
    values: [id, againMs / 1000],
  });
}
