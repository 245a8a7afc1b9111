import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { RunRow } from './playbook-runs.ts';
import { playbookRun } from './tables.ts';

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
export function listOpenRuns(connection: SystemConnection, ids: string[]): Promise<RunRow[]> {
  return connection.query<RunRow>({
    name: 'run_open',
    text: `SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r WHERE id = ANY($1::uuid[]) AND status IN ('running', 'waiting')`,
    values: [ids],
  });
}

/** Open runs whose cancel was requested longer ago than this. */
export function listUncancelledRuns(connection: SystemConnection, olderThanMs: number): Promise<RunRow[]> {
  return connection.query<RunRow>({
    name: 'run_uncancelled',
    text: `SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r WHERE status IN ('running', 'waiting')
        AND cancel_requested_at < now() - make_interval(secs => $1) ORDER BY id LIMIT 50`,
    values: [olderThanMs / 1000],
  });
}
