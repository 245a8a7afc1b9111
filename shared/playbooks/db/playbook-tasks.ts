import type { TenantConnection } from '../../platform/db/database.ts';

/**
 * Records that a worker begins a task of a run. A task that another worker began and did not end was lost with it.
 * @returns how many workers were lost during this task
 */
export async function beginTask(
  connection: TenantConnection,
  { runId, task, worker }: { runId: string; task: string; worker: string },
): Promise<number> {
  const [row] = await connection.query<{ lost: number }>({
    name: 'playbook_task_begin',
    text: `INSERT INTO playbook_task AS t (tenant_id, run_id, task, worker) VALUES ($1, $2, $3, $4)
      ON CONFLICT (run_id, task) DO UPDATE SET worker = excluded.worker, started_at = now(),
        lost = t.lost + CASE WHEN t.worker IN ('', excluded.worker) THEN 0 ELSE 1 END
      RETURNING lost`,
    values: [connection.tenantId, runId, task, worker],
  });
  return row?.lost ?? 0;
}

export async function endTask(
  connection: TenantConnection,
  { runId, task }: { runId: string; task: string },
): Promise<void> {
  await connection.query({
    name: 'playbook_task_end',
    text: 'DELETE FROM playbook_task WHERE tenant_id = $1 AND run_id = $2 AND task = $3',
    values: [connection.tenantId, runId, task],
  });
}

/** No worker has these tasks any more, and losing one more is too many. */
export async function forgiveTasks(connection: TenantConnection, runId: string, lost: number): Promise<void> {
  await connection.query({
    name: 'playbook_task_forgive',
    text: `UPDATE playbook_task SET worker = '', lost = least(lost, $3) WHERE tenant_id = $1 AND run_id = $2`,
    values: [connection.tenantId, runId, lost],
  });
}

export async function deleteTasks(connection: TenantConnection, runId: string): Promise<void> {
  await connection.query({
    name: 'playbook_task_delete',
    text: 'DELETE FROM playbook_task WHERE tenant_id = $1 AND run_id = $2',
    values: [connection.tenantId, runId],
  });
}
