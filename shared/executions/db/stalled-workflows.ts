import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { StallCause } from '../../platform/stall-causes.ts';
import type { stalledWorkflow } from './tables.ts';

type StalledRow = typeof stalledWorkflow.$inferSelect;
export type Stalled = Pick<StalledRow, 'cause' | 'since'>;
export type StalledSubject = StalledRow['subject_type'];

/** Records that the workflow of an execution or a run cannot go on. `since` stays that of the first time. */
export async function noteStalled(
  connection: SystemConnection,
  subject: { id: string; tenantId: string; type: StalledSubject },
  { cause, since }: { cause: StallCause; since: Date },
): Promise<void> {
  await connection.query({
    text: `INSERT INTO stalled_workflow (subject_id, tenant_id, subject_type, cause, since) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (subject_id) DO UPDATE SET cause = excluded.cause, seen_at = now()`,
    values: [subject.id, subject.tenantId, subject.type, cause, since],
  });
}

export async function forgetStalled(connection: SystemConnection, subjectId: string): Promise<void> {
  await connection.query({ text: 'DELETE FROM stalled_workflow WHERE subject_id = $1', values: [subjectId] });
}

/** The ids that were looked at longest ago. */
export async function listStalled(
  connection: SystemConnection,
  type: StalledSubject,
  limit: number,
): Promise<string[]> {
  const rows = await connection.query<{ subject_id: string }>({
    text: 'SELECT subject_id FROM stalled_workflow WHERE subject_type = $1 ORDER BY seen_at LIMIT $2',
    values: [type, limit],
  });
  return rows.map((row) => row.subject_id);
}

/** How many workflows cannot go on, of all tenants. */
export async function countStalled(connection: SystemConnection): Promise<number> {
  const [row] = await connection.query<{ stalled: number }>({
    text: 'SELECT count(*)::int AS stalled FROM stalled_workflow',
  });
  return row?.stalled ?? 0;
}

/** Of these executions and runs, the one that has not gone on for longest. */
export async function readStalled(
  connection: TenantConnection,
  subjectIds: string[],
): Promise<Stalled | null> {
  const [row] = await connection.query<Stalled>({
    text: `SELECT cause, since FROM stalled_workflow WHERE tenant_id = $1 AND subject_id = ANY($2::uuid[])
      ORDER BY since LIMIT 1`,
    values: [connection.tenantId, subjectIds],
  });
  return row ?? null;
}
