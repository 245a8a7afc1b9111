import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { ExecutionRow } from './executions-row.ts';
import { toolExecution } from './tables.ts';

/**
 * The oldest executions of each tenant in turn whose workflow no one has started, as far as is recorded: those that have
 * waited for it for `waitedMs`, and those whose first attempt went ahead `owedMs` ago. Those of playbook steps are left
 * out: the workflow of the run starts them. Those whose approval was asked for are owed a start, whatever they wait for.
 */
export function listForgottenExecutions(
  connection: SystemConnection,
  { waitedMs, owedMs, limit, except }: Forgotten,
): Promise<ExecutionRow[]> {
  // Row by row: the size of `owed_start` is guessed too high, and a plan for that reads the whole table.
  return connection.query<ExecutionRow>({
    name: 'execution_forgotten',
    text: `WITH forgotten AS (
        SELECT id, tenant_id FROM tool_execution
        WHERE status = 'requested' AND playbook_step_run_id IS NULL AND approval_status IS NULL
          AND created_at < now() - make_interval(secs => $1)
        UNION SELECT execution_id, tenant_id FROM owed_start WHERE created_at < now() - make_interval(secs => $4)
      ), turn AS (
        SELECT id, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS number FROM forgotten
        WHERE id <> ALL ($3::uuid[])
        ORDER BY number, id LIMIT $2
      )
      SELECT ${columnsOf(toolExecution, 'e')} FROM turn
        CROSS JOIN LATERAL (SELECT * FROM tool_execution WHERE id = turn.id OFFSET 0) e
      ORDER BY turn.number, e.id`,
    values: [waitedMs / 1000, limit, except, owedMs / 1000],
  });
}

interface Forgotten {
  waitedMs: number;
  owedMs: number;
  limit: number;
  /** Not these. */
  except: string[];
}

/**
 * Running executions that should have ended: past their deadline, or asked to stop. Not those whose workflow has not
 * started: it will see to that. In random order, so that those which still run for a good reason never block the others.
 */
export function listOverdueExecutions(
  connection: SystemConnection,
  { graceMs, limit }: { graceMs: number; limit: number },
): Promise<ExecutionRow[]> {
  return connection.query<ExecutionRow>({
    name: 'execution_overdue',
    text: `SELECT ${columnsOf(toolExecution, 'e')} FROM tool_execution e
      WHERE status = 'running'
        AND least(deadline_at, cancel_requested_at) < now() - make_interval(secs => $1)
        AND NOT EXISTS (SELECT FROM owed_start o WHERE o.execution_id = e.id)
      ORDER BY random() LIMIT $2`,
    values: [graceMs / 1000, limit],
  });
}

/** Which of these are still open. */
export async function listOpenExecutions(
  connection: SystemConnection,
  ids: string[],
): Promise<ExecutionRow[]> {
  if (ids.length === 0) return [];
  return connection.query<ExecutionRow>({
    name: 'execution_open',
    text: `SELECT ${columnsOf(toolExecution, 'e')} FROM tool_execution e WHERE id = ANY($1::uuid[]) AND status IN ('requested', 'running')`,
    values: [ids],
  });
}

/**
 * Open executions by id, those of steps too. One that is `running` had a workflow; of one that is `requested` it may be
 * on its way for a while.
 */
export function listExecutionsAfter(
  connection: SystemConnection,
  { after, runningMs, requestedMs, limit }: ExecutionsAfter,
): Promise<ExecutionRow[]> {
  return connection.query<ExecutionRow>({
    text: `SELECT * FROM tool_execution WHERE status IN ('requested', 'running') AND id > $1
        AND updated_at < now() - make_interval(secs => CASE status WHEN 'running' THEN $2::float8 ELSE $3 END)
      ORDER BY id LIMIT $4`,
    values: [after, runningMs / 1000, requestedMs / 1000, limit],
  });
}

interface ExecutionsAfter {
  after: string;
  /** How long they have not changed. */
  runningMs: number;
  requestedMs: number;
  limit: number;
}

/** When the newest execution of all was requested; null: there is none. */
export async function newestExecutionTime(connection: SystemConnection): Promise<Date | null> {
  const [row] = await connection.query<{ created_at: Date }>({
    text: 'SELECT created_at FROM tool_execution ORDER BY id DESC LIMIT 1',
  });
  return row?.created_at ?? null;
}

/** When these executions ended; null while one is open. An id without a row is not in the map. */
export async function listExecutionEnds(
  connection: SystemConnection,
  ids: string[],
): Promise<Map<string, Date | null>> {
  if (ids.length === 0) return new Map();
  const rows = await connection.query<{ id: string; completed_at: Date | null }>({
    text: 'SELECT id, completed_at FROM tool_execution WHERE id = ANY($1::uuid[])',
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row.completed_at]));
}

/** Whether any execution is open for longer than this; reads a small index only. */
export async function hasOpenExecutions(connection: SystemConnection, olderThanMs: number): Promise<boolean> {
  const rows = await connection.query<{ found: boolean }>({
    name: 'execution_any_open',
    text: `SELECT EXISTS (SELECT FROM tool_execution
      WHERE status IN ('requested', 'running') AND updated_at < now() - make_interval(secs => $1)) AS found`,
    values: [olderThanMs / 1000],
  });
  return rows[0]?.found ?? false;
}

/** Of the executions that run in a process, those that were cancelled or settled elsewhere. */
export async function listStoppedExecutions(connection: SystemConnection, ids: string[]): Promise<string[]> {
  const rows = await connection.query<{ id: string }>({
    name: 'execution_stopped',
    text: `SELECT id FROM tool_execution WHERE id = ANY($1::uuid[])
      AND (cancel_requested_at IS NOT NULL OR status IN ('succeeded', 'failed'))`,
    values: [ids],
  });
  return rows.map((row) => row.id);
}

/** One kind of sweep, of which one process at a time makes a round. */
export interface Sweep {
  name:
    | 'executions'
    | 'runs'
    | 'retention'
    | 'inbound'
    | 'erasure'
    | 'batches'
    | 'trials'
    | 'undo'
    | 'schedules';
  /** A condition in SQL: there may be work. It reads small indexes only, because every process asks it all the time. */
  due: string;
}

/** In the order of a small index, so that no plan reads the table. */
export const executionSweep: Sweep = {
  name: 'executions',
  due: `EXISTS (SELECT FROM stalled_workflow WHERE subject_type = 'execution') OR EXISTS (SELECT FROM owed_start)
    OR EXISTS (SELECT FROM execution_approval WHERE ended_at IS NOT NULL AND told_at IS NULL)
    OR (SELECT id FROM tool_execution WHERE status IN ('requested', 'running') ORDER BY id LIMIT 1) IS NOT NULL`,
};

/**
 * Runs `work` when there is some, unless another process does: an idle system costs one statement. The connection holds
 * the lock, so a dead process holds none.
 * @param always even if nothing is due
 */
export async function inSweep(
  connection: SystemConnection,
  { name, due }: Sweep,
  always: boolean,
  work: () => Promise<void>,
): Promise<void> {
  const lock = `interlock/sweep/${name}`;
  const [turn] = await connection.query<{ taken: boolean }>({
    name: `sweep_${name}`,
    text: `SELECT CASE WHEN $2 OR ${due} THEN pg_try_advisory_lock(hashtextextended($1, 0)) ELSE false END AS taken`,
    values: [lock, always],
  });
  if (!turn?.taken) return;
  try {
    await work();
  } finally {
    await connection.query({
      name: 'sweep_end',
      text: 'SELECT pg_advisory_unlock(hashtextextended($1, 0))',
      values: [lock],
    });
  }
}

export async function ensurePartitions(connection: SystemConnection): Promise<void> {
  // A new partition locks its table; while it waits for that, every query of the table waits behind it.
  await connection.query({
    text: `SELECT set_config('lock_timeout', '3s', true), interlock_ensure_partitions()`,
  });
}
