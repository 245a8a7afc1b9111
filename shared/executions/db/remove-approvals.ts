import type { SystemConnection } from '../../platform/db/database.ts';

const batch = 500;

/**
 * What people were asked about executions whose months are no longer part of the table, and their votes. These tables are not
 * partitioned: few executions need an approval.
 * @returns how many approvals
 */
export async function removeApprovals(connection: SystemConnection): Promise<number> {
  for (let removed = 0; ; ) {
    const rows = await connection.query({
      text: `WITH oldest AS (
          SELECT min(to_date(right(c.relname, 7), 'YYYY_MM'))::timestamp AT TIME ZONE 'UTC' AS month
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
          WHERE i.inhparent = 'tool_execution'::regclass AND c.relname ~ '_\\d{4}_\\d{2}$'
        ), gone AS (
          SELECT execution_id FROM execution_approval
          WHERE execution_id < (SELECT interlock_uuid_floor(month) FROM oldest) ORDER BY execution_id LIMIT $1
        ), votes AS (
          DELETE FROM execution_vote USING gone WHERE execution_vote.execution_id = gone.execution_id
        )
        DELETE FROM execution_approval USING gone WHERE execution_approval.execution_id = gone.execution_id RETURNING 1`,
      values: [batch],
    });
    removed += rows.length;
    if (rows.length < batch) return removed;
  }
}
