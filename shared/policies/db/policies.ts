import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { tenantSetting } from '../../identity/db/tables.ts';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { policy, policyRevision } from './tables.ts';

export type PolicyRevisionRow = typeof policyRevision.$inferSelect;
export type PolicyRow = typeof policy.$inferSelect;

const own = (connection: TenantConnection, id: string) =>
  and(eq(policy.tenant_id, connection.tenantId), eq(policy.id, id), isNull(policy.archived_at));

/** All that are in force, and the revision that they have together: one snapshot. */
export async function readPolicySet(connection: TenantConnection): Promise<{
  revision: number;
  policies: Pick<PolicyRow, 'id' | 'format_version' | 'document'>[];
}> {
  const [row] = await connection.query<{
    revision: number;
    policies: Pick<PolicyRow, 'id' | 'format_version' | 'document'>[];
  }>({
    name: 'policy_set',
    text: `SELECT coalesce((SELECT policy_revision FROM tenant_setting WHERE tenant_id = $1), 0) AS revision,
        coalesce((SELECT json_agg(json_build_object('id', id, 'format_version', format_version, 'document', document) ORDER BY id)
          FROM policy WHERE tenant_id = $1 AND archived_at IS NULL), '[]') AS policies`,
    values: [connection.tenantId],
  });
  return row!;
}

/** All of the tenant's, oldest first. */
export async function listPolicies(connection: TenantConnection): Promise<PolicyRow[]> {
  return connection.orm
    .select()
    .from(policy)
    .where(and(eq(policy.tenant_id, connection.tenantId), isNull(policy.archived_at)))
    .orderBy(asc(policy.id));
}

export async function readPolicy(connection: TenantConnection, id: string): Promise<PolicyRow | null> {
  const [row] = await connection.orm.select().from(policy).where(own(connection, id));
  return row ?? null;
}

/** Locked until the transaction ends; null when it is archived or not this tenant's. */
export async function lockPolicy(connection: TenantConnection, id: string): Promise<PolicyRow | null> {
  const [row] = await connection.orm.select().from(policy).where(own(connection, id)).for('update');
  return row ?? null;
}

/** An archived one, locked; null when it is not archived or not this tenant's. */
export async function lockArchivedPolicy(
  connection: TenantConnection,
  id: string,
): Promise<PolicyRow | null> {
  const [row] = await connection.orm
    .select()
    .from(policy)
    .where(and(eq(policy.tenant_id, connection.tenantId), eq(policy.id, id), isNotNull(policy.archived_at)))
    .for('update');
  return row ?? null;
}

type Written = Pick<PolicyRow, 'document' | 'format_version'>;

const updatedByOf = ({ type, id, name }: Actor) => ({
  updated_by_type: type,
  updated_by_id: id,
  updated_by_name: name,
});

export async function insertPolicy(
  connection: TenantConnection,
  id: string,
  written: Written,
  actor: Actor,
): Promise<PolicyRow> {
  const [row] = await connection.orm
    .insert(policy)
    .values({ id, tenant_id: connection.tenantId, ...written, ...createdByOf(actor), ...updatedByOf(actor) })
    .returning();
  return row!;
}

/** Of a row that is locked. */
export async function updatePolicy(
  connection: TenantConnection,
  id: string,
  change: Written | { archived: boolean },
  actor: Actor,
): Promise<PolicyRow> {
  const [row] = await connection.orm
    .update(policy)
    .set({
      ...('archived' in change ? { archived_at: change.archived ? sql`now()` : null } : change),
      revision: sql`${policy.revision} + 1`,
      updated_at: sql`now()`,
      ...updatedByOf(actor),
    })
    .where(and(eq(policy.tenant_id, connection.tenantId), eq(policy.id, id)))
    .returning();
  return row!;
}

/** Keeps what a policy says now. One that has its row already keeps it. */
export async function keepPolicyRevision(
  connection: TenantConnection,
  row: PolicyRow,
  restored: number | null = null,
): Promise<void> {
  await connection.orm
    .insert(policyRevision)
    .values({ ...revisionOf(row), restored })
    .onConflictDoNothing();
}

const revisionOf = (row: PolicyRow): Omit<PolicyRevisionRow, 'restored'> => ({
  policy_id: row.id,
  tenant_id: row.tenant_id,
  revision: row.revision,
  format_version: row.format_version,
  document: row.document,
  created_by_type: row.updated_by_type,
  created_by_id: row.updated_by_id,
  created_by_name: row.updated_by_name,
  created_at: row.updated_at,
});

/** What a policy has said, newest first. One that was last written before this was kept has its current revision only. */
export async function readPolicyRevisions(
  connection: TenantConnection,
  row: PolicyRow,
): Promise<PolicyRevisionRow[]> {
  const kept = await connection.orm
    .select()
    .from(policyRevision)
    .where(and(eq(policyRevision.tenant_id, connection.tenantId), eq(policyRevision.policy_id, row.id)))
    .orderBy(desc(policyRevision.revision));
  return kept[0]?.revision === row.revision ? kept : [{ ...revisionOf(row), restored: null }, ...kept];
}

/** Says to every process that the tenant's policies have changed. Changes of a tenant take turns from here on. */
export async function raisePolicyRevision(connection: TenantConnection): Promise<void> {
  await connection.orm
    .insert(tenantSetting)
    .values({ tenant_id: connection.tenantId, policy_revision: 1 })
    .onConflictDoUpdate({
      target: tenantSetting.tenant_id,
      set: { policy_revision: sql`${tenantSetting.policy_revision} + 1` },
    });
}
