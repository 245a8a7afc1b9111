import type { TenantConnection } from '../../platform/db/database.ts';
import type { RunRow } from './playbook-runs.ts';
import type { CompletionRow } from './step-completions.ts';

export function readRuns(connection: TenantConnection, runIds: readonly string[]): Promise<RunRow[]> {
  return connection.query<RunRow & Record<string, unknown>>({
    name: 'runs_by_id',
    text: 'SELECT * FROM playbook_run WHERE tenant_id = $1 AND id = ANY($2::uuid[])',
    values: [connection.tenantId, runIds],
  });
}

/** Accepted completions of the steps of these runs, oldest first. */
export function listAcceptedOf(
  connection: TenantConnection,
  runIds: readonly string[],
): Promise<CompletionRow[]> {
  return connection.query<CompletionRow & Record<string, unknown>>({
    name: 'completions_accepted_of',
    text: `SELECT * FROM step_completion WHERE tenant_id = $1 AND run_id = ANY($2::uuid[]) AND status = 'accepted'
      ORDER BY decided_at, id`,
    values: [connection.tenantId, runIds],
  });
}
