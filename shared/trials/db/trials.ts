import { and, desc, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { notice } from '../../events/db/tables.ts';
import { permissionRole } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { OutcomeCount } from '../compare.ts';
import { toolTrial } from './tables.ts';

export type TrialRow = typeof toolTrial.$inferSelect;

const own = ({ tenantId }: TenantConnection) => eq(toolTrial.tenant_id, tenantId);

export async function insertTrial(
  connection: TenantConnection,
  trial: Omit<typeof toolTrial.$inferInsert, 'tenant_id'>,
): Promise<void> {
  await connection.orm.insert(toolTrial).values({ ...trial, tenant_id: connection.tenantId });
}

export async function updateTrial(
  connection: TenantConnection,
  id: string,
  change: Partial<TrialRow>,
): Promise<void> {
  await connection.orm
    .update(toolTrial)
    .set(change)
    .where(and(own(connection), eq(toolTrial.id, id)));
}

export async function readTrial(connection: TenantConnection, id: string): Promise<TrialRow | null> {
  const [row] = await connection.orm
    .select()
    .from(toolTrial)
    .where(and(own(connection), eq(toolTrial.id, id)));
  return row ?? null;
}

/** The trials of a tool, newest first. */
export async function listTrials(
  connection: TenantConnection,
  toolId: string,
  limit: number,
): Promise<TrialRow[]> {
  return connection.orm
    .select()
    .from(toolTrial)
    .where(and(own(connection), eq(toolTrial.tool_id, toolId)))
    .orderBy(desc(toolTrial.id))
    .limit(limit);
}

/** Row by row: the executions of a trial are a few of those in each partition. */
const newest = `SELECT execution_id FROM tool_trial_call
  WHERE trial_id = $2 AND tenant_id = $1 AND candidate = $3 ORDER BY execution_id DESC LIMIT $4`;

/** What has become of the newest calls that a trial gave to one of its versions. */
export async function countOutcomes(
  connection: TenantConnection,
  trialId: string,
  candidate: boolean,
  limit: number,
): Promise<OutcomeCount[]> {
  return connection.query<OutcomeCount & Record<string, unknown>>({
    name: 'trial_outcomes',
    text: `SELECT e.status, e.failure_code AS code, e.approval_status AS approval, count(*)::int AS count
      FROM (${newest}) c CROSS JOIN LATERAL (
        SELECT status, failure_code, approval_status FROM tool_execution
        WHERE id = c.execution_id AND tenant_id = $1 OFFSET 0) e
      GROUP BY 1, 2, 3`,
    values: [connection.tenantId, trialId, candidate, limit],
  });
}

/** How long the newest of them took that succeeded, in milliseconds, without what they waited for. */
export async function readLatencies(
  connection: TenantConnection,
  trialId: string,
  candidate: boolean,
  limit: number,
): Promise<number[]> {
  const [row] = await connection.query<{ ms: number[] | null }>({
    name: 'trial_latencies',
    text: `SELECT array_agg(extract(epoch FROM e.completed_at - e.started_at)::float8 * 1000) AS ms
      FROM (${newest}) c CROSS JOIN LATERAL (
        SELECT started_at, completed_at FROM tool_execution
        WHERE id = c.execution_id AND tenant_id = $1 AND status = 'succeeded' OFFSET 0) e`,
    values: [connection.tenantId, trialId, candidate, limit],
  });
  return row?.ms ?? [];
}

/** Tells whoever started a trial, or those who may start one. */
export async function noticeOfTrial(
  connection: TenantConnection,
  { toolId, person, text }: { toolId: string; person: string | null; text: string },
): Promise<void> {
  await connection.orm.insert(notice).values({
    id: uuidv7(),
    tenant_id: connection.tenantId,
    kind: 'notify',
    to_user: person,
    to_role: person === null ? permissionRole['tools.write'] : null,
    text,
    tool_id: toolId,
  });
}
