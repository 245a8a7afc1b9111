import type { SystemConnection } from '../../platform/db/database.ts';

/** Beyond so many it does not count. */
export async function readStepNumbers(
  connection: SystemConnection,
): Promise<{ waiting: number; overdue: number }> {
  const [row] = await connection.query<{ waiting: number; overdue: number }>({
    name: 'step_numbers',
    text: `SELECT count(*)::int AS waiting, (count(*) FILTER (WHERE due_at < now()))::int AS overdue
      FROM (SELECT due_at FROM playbook_step_run WHERE status IN ('waiting', 'outcome_unknown') LIMIT 100000) open`,
  });
  return row!;
}
