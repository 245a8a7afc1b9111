import type { Sweep } from '../../executions/db/executions-sweep.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { RunRow } from './playbook-runs.ts';
import { playbookRun } from './tables.ts';

export const runSweep: Sweep = {
  name: 'runs',
  due: `EXISTS (SELECT FROM stalled_workflow WHERE subject_type = 'run')
    OR (SELECT id FROM playbook_run WHERE status IN ('running', 'waiting') ORDER BY id LIMIT 1) IS NOT NULL`,
};

/** Open runs that still have no workflow `olderThanMs` after they were written. */
export function listForgottenRuns(
  connection: SystemConnection,
  { olderThanMs, limit, except }: { olderThanMs: number; limit: number; except: string[] },
): Promise<RunRow[]> {
  return connection.query<RunRow>({
    name: 'run_forgotten',
    text: `SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r
      WHERE workflow_started_at IS NULL AND quarantined_at IS NULL AND status IN ('running', 'waiting')
        AND created_at < now() - make_interval(secs => $1) AND id <> ALL ($3::uuid[])
        -- The parent run starts a sub-playbook, as its child.
        AND (parent_run_id IS NULL OR created_at < now() - interval '1 minute')
      ORDER BY id LIMIT $2`,
    values: [olderThanMs / 1000, limit, except],
  });
}

/** Which of these are still open. */
export async function listOpenRuns(connection: SystemConnection, ids: string[]): Promise<RunRow[]> {
  if (ids.length === 0) return [];
  return connection.query<RunRow>({
    name: 'run_open',
    text: `SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r WHERE id = ANY($1::uuid[]) AND status IN ('running', 'waiting')`,
    values: [ids],
  });
}

/** Open runs whose cancel was requested longer ago than this, the longest ago first. */
export function listUncancelledRuns(connection: SystemConnection, olderThanMs: number): Promise<RunRow[]> {
  return connection.query<RunRow>({
    name: 'run_uncancelled',
    text: `SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r WHERE status IN ('running', 'waiting')
        AND cancel_requested_at < now() - make_interval(secs => $1) ORDER BY cancel_requested_at LIMIT 50`,
    values: [olderThanMs / 1000],
  });
}

/** Open runs whose workflow has begun, by id. */
export function listRunsAfter(
  connection: SystemConnection,
  { after, limit }: { after: string; limit: number },
): Promise<RunRow[]> {
  return connection.query<RunRow>({
    text: `SELECT * FROM playbook_run WHERE status IN ('running', 'waiting')
        AND workflow_started_at IS NOT NULL AND id > $1 ORDER BY id LIMIT $2`,
    values: [after, limit],
  });
}

/** When these runs ended; null while one is open. An id without a row is not in the map. */
export async function listRunEnds(
  connection: SystemConnection,
  ids: string[],
): Promise<Map<string, Date | null>> {
  if (ids.length === 0) return new Map();
  const rows = await connection.query<{ id: string; completed_at: Date | null }>({
    text: 'SELECT id, completed_at FROM playbook_run WHERE id = ANY($1::uuid[])',
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row.completed_at]));
}

/** The runs of these steps, by the id of the step's row. */
export async function listRunsOfSteps(
  connection: SystemConnection,
  stepRunIds: string[],
): Promise<Map<string, Pick<RunRow, 'status' | 'quarantined_at'>>> {
  if (stepRunIds.length === 0) return new Map();
  const rows = await connection.query<Pick<RunRow, 'status' | 'quarantined_at'> & { step_run_id: string }>({
    text: `SELECT s.id AS step_run_id, r.status, r.quarantined_at
      FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id WHERE s.id = ANY($1::uuid[])`,
    values: [stepRunIds],
  });
  return new Map(rows.map((row) => [row.step_run_id, row]));
}
