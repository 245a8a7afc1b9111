import type { SystemConnection } from '../../platform/db/database.ts';

/** Ids of one page, oldest first. */
export interface PagePart extends Record<string, unknown> {
  id: string;
  /** It is open or held, so it stays for now. */
  kept: boolean;
}

export interface PageOf {
  tenantId: string;
  after: string;
  before: Date;
  limit: number;
}

/** The next executions that were requested before a time. */
export function pageOfExecutions(
  connection: SystemConnection,
  { tenantId, after, before, limit }: PageOf,
): Promise<(PagePart & { removed: boolean })[]> {
  return connection.query<PagePart & { removed: boolean }>({
    name: 'retention_executions',
    text: `SELECT id, payloads_removed_at IS NOT NULL AS removed, payloads_removed_at IS NULL AND (
          status NOT IN ('succeeded', 'failed') OR coalesce(failure_code = 'outcome_unknown', false)
          OR interlock_must_stay(tenant_id, exception_id, tool_id, created_at)
          OR EXISTS (SELECT FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id
            WHERE s.id = e.playbook_step_run_id AND r.status IN ('running', 'waiting'))) AS kept
      FROM tool_execution e
      WHERE tenant_id = $1 AND id > $2 AND id < interlock_uuid_floor($3) ORDER BY id LIMIT $4`,
    values: [tenantId, after, before, limit],
  });
}

/** Empties what these executions received, sent and returned; search no longer finds them by it. */
export async function emptyExecutions(
  connection: SystemConnection,
  tenantId: string,
  ids: string[],
): Promise<void> {
  await connection.query({
    name: 'retention_empty_executions',
    text: `WITH executions AS (
        UPDATE tool_execution SET input_payload = NULL, input_sealed = NULL, output_payload = NULL, issues = NULL,
          failure_reason = NULL, payloads_removed_at = now()
        WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
      ), attempts AS (
        UPDATE execution_attempt SET request = NULL, response = NULL, error_reason = NULL
        WHERE tenant_id = $1 AND execution_id = ANY ($2::uuid[])
      ), approvals AS (
        UPDATE execution_approval SET request = jsonb_set(request, '{request}',
          jsonb_build_object('method', request #> '{request,method}', 'url', '[removed]', 'headers', '{}'::jsonb))
        WHERE tenant_id = $1 AND execution_id = ANY ($2::uuid[])
      )
      DELETE FROM search_document
      WHERE tenant_id = $1 AND subject_type = 'execution' AND subject_id = ANY ($2::uuid[])`,
    values: [tenantId, ids],
  });
}

/** The next runs that were started before a time. */
export function pageOfRuns(
  connection: SystemConnection,
  { tenantId, after, before, limit }: PageOf,
): Promise<(PagePart & { removed: boolean })[]> {
  return connection.query<PagePart & { removed: boolean }>({
    name: 'retention_runs',
    text: `SELECT id, payloads_removed_at IS NOT NULL AS removed, payloads_removed_at IS NULL AND (
          status IN ('running', 'waiting') OR interlock_must_stay(tenant_id, exception_id::text, NULL, created_at)
          OR EXISTS (SELECT FROM playbook_step_run s CROSS JOIN unnest(s.execution_ids) AS of(execution_id)
            JOIN tool_execution e ON e.id = of.execution_id
            WHERE s.run_id = r.id AND (coalesce(e.failure_code = 'outcome_unknown', false)
              OR interlock_must_stay(e.tenant_id, e.exception_id, e.tool_id, e.created_at)))) AS kept
      FROM playbook_run r
      WHERE tenant_id = $1 AND id > $2 AND id < interlock_uuid_floor($3) ORDER BY id LIMIT $4`,
    values: [tenantId, after, before, limit],
  });
}

/** Empties what these runs and their steps took and gave. */
export async function emptyRuns(
  connection: SystemConnection,
  tenantId: string,
  ids: string[],
): Promise<void> {
  await connection.query({
    name: 'retention_empty_runs',
    text: `WITH runs AS (
        UPDATE playbook_run SET input = '{}', payloads_removed_at = now() WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
      ), steps AS (
        UPDATE playbook_step_run SET input = NULL, input_sealed = NULL, output = NULL, issues = NULL,
          covers = CASE WHEN covers IS NOT NULL THEN jsonb_set(covers, '{calls}', coalesce((
            SELECT jsonb_agg(call || '{"preview": null, "base": null, "issues": [], "changes": [],
              "problem": "The request was removed, because it was older than the organization keeps payloads."}')
            FROM jsonb_array_elements(covers -> 'calls') AS of(call)), '[]')) END
        WHERE tenant_id = $1 AND run_id = ANY ($2::uuid[])
      ), completions AS (
        UPDATE step_completion SET input = NULL, input_sealed = NULL WHERE tenant_id = $1 AND run_id = ANY ($2::uuid[])
      )
      DELETE FROM search_document WHERE tenant_id = $1 AND subject_type = 'run' AND subject_id = ANY ($2::uuid[])`,
    values: [tenantId, ids],
  });
}
