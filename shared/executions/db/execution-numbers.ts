import type { SystemConnection } from '../../platform/db/database.ts';
import type { StallCause } from '../../platform/stall-causes.ts';

/** What is open of all tenants. Ages are seconds; null: nothing is open. */
export interface ExecutionNumbers {
  requested: number;
  running: number;
  waiting: number;
  oldest: number | null;
  unknown: number;
  owed: number;
  oldestOwed: number | null;
  stalled: Partial<Record<StallCause, number>>;
}

/** One statement, which reads open rows only; beyond so many of a kind it does not count. */
export async function readExecutionNumbers(connection: SystemConnection): Promise<ExecutionNumbers> {
  const [row] = await connection.query<ExecutionNumbers>({
    name: 'execution_numbers',
    text: `WITH open AS MATERIALIZED (
        SELECT status, created_at, approval_status IS NOT DISTINCT FROM 'waiting' AS waiting
        FROM tool_execution WHERE status IN ('requested', 'running') LIMIT 100000),
      unknown AS MATERIALIZED (
        SELECT id FROM tool_execution
        WHERE failure_code = 'outcome_unknown' AND NOT failure_retryable LIMIT 100000),
      owed AS MATERIALIZED (SELECT created_at FROM owed_start LIMIT 100000),
      stalled AS MATERIALIZED (SELECT cause, count(*) AS workflows FROM stalled_workflow GROUP BY cause)
      SELECT (count(*) FILTER (WHERE status = 'requested' AND NOT waiting))::int AS requested,
        (count(*) FILTER (WHERE status = 'running'))::int AS running,
        (count(*) FILTER (WHERE waiting))::int AS waiting,
        extract(epoch FROM now() - min(created_at) FILTER (WHERE NOT waiting))::float8 AS oldest,
        (SELECT count(*) FROM unknown)::int AS unknown,
        (SELECT count(*) FROM owed)::int AS owed,
        (SELECT extract(epoch FROM now() - min(created_at)) FROM owed)::float8 AS "oldestOwed",
        (SELECT coalesce(json_object_agg(cause, workflows), '{}') FROM stalled) AS stalled
      FROM open`,
  });
  return row!;
}
