import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { RunRow } from './playbook-runs.ts';
import { playbookRun } from './tables.ts';

interface PastPage {
  from: string | null;
  to: string | null;
  /** The id of the last one of the page before. */
  before: string | null;
  limit: number;
}

/** Runs of a playbook that have ended, newest first, before this id. */
export function listPastRuns(
  connection: TenantConnection,
  { playbookId, from, to, before, limit }: PastPage & { playbookId: string },
): Promise<RunRow[]> {
  return connection.query<RunRow>({
    name: 'runs_past',
    text: `SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r
      WHERE r.tenant_id = $1 AND r.playbook_id = $2 AND r.status IN ('completed', 'failed', 'cancelled')
        AND ($3::timestamptz IS NULL OR r.id >= interlock_uuid_floor($3)) AND ($4::timestamptz IS NULL OR r.id < interlock_uuid_floor($4))
        AND ($5::uuid IS NULL OR r.id < $5)
      ORDER BY r.id DESC LIMIT $6`,
    values: [connection.tenantId, playbookId, from, to, before, limit],
  });
}

export async function hasRun(connection: TenantConnection, playbookId: string): Promise<boolean> {
  const rows = await connection.query({
    name: 'playbook_has_run',
    text: `SELECT FROM playbook_run WHERE tenant_id = $1 AND playbook_id = $2 LIMIT 1`,
    values: [connection.tenantId, playbookId],
  });
  return rows.length > 0;
}

/** Exceptions by the time they were opened, newest first, before this id. */
export function listPastExceptions(
  connection: TenantConnection,
  { from, to, before, limit }: PastPage,
): Promise<{ id: string }[]> {
  return connection.query<{ id: string } & JsonObject>({
    name: 'exceptions_past',
    text: `SELECT id FROM exception
      WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR id >= interlock_uuid_floor($2))
        AND ($3::timestamptz IS NULL OR id < interlock_uuid_floor($3)) AND ($4::uuid IS NULL OR id < $4)
      ORDER BY id DESC LIMIT $5`,
    values: [connection.tenantId, from, to, before, limit],
  });
}
