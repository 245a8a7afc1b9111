import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { tenantSetting } from '../../identity/db/tables.ts';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { exceptionRule } from './tables.ts';

export type RuleRow = typeof exceptionRule.$inferSelect;

const own = (connection: TenantConnection, id: string) =>
  and(eq(exceptionRule.tenant_id, connection.tenantId), eq(exceptionRule.id, id));

/** All that are not archived, in the order in which they are asked. */
export function listRules(connection: TenantConnection): Promise<RuleRow[]> {
  return connection.query<RuleRow>({
    name: 'exception_rules',
    text: `SELECT ${columnsOf(exceptionRule, 'r')} FROM exception_rule r
      WHERE tenant_id = $1 AND archived_at IS NULL ORDER BY position, id`,
    values: [connection.tenantId],
  });
}

/** An archived one; null when it is not archived or not this tenant's. Call it after `lockRules`. */
export async function readArchivedRule(connection: TenantConnection, id: string): Promise<RuleRow | null> {
  const [row] = await connection.orm
    .select()
    .from(exceptionRule)
    .where(and(own(connection, id), isNotNull(exceptionRule.archived_at)));
  return row ?? null;
}

/** Changes of a tenant's rules and of their order take turns from here on. */
export async function lockRules(connection: TenantConnection): Promise<void> {
  await connection.orm
    .insert(tenantSetting)
    .values({ tenant_id: connection.tenantId, exception_rules_revision: 1 })
    .onConflictDoUpdate({
      target: tenantSetting.tenant_id,
      set: { exception_rules_revision: sql`${tenantSetting.exception_rules_revision} + 1` },
    });
}

type Written = Pick<RuleRow, 'document' | 'format_version'>;

const updatedByOf = ({ type, id, name }: Actor) => ({
  updated_by_type: type,
  updated_by_id: id,
  updated_by_name: name,
});

/** Call it after `lockRules`. */
export async function insertRule(
  connection: TenantConnection,
  { id, position, ...written }: Written & Pick<RuleRow, 'id' | 'position'>,
  actor: Actor,
): Promise<void> {
  await connection.orm.insert(exceptionRule).values({
    id,
    tenant_id: connection.tenantId,
    position,
    ...written,
    ...createdByOf(actor),
    ...updatedByOf(actor),
  });
}

type RuleChange = Written | { archived: true } | { archived: false; position: number };

function archivedOf(change: RuleChange) {
  if (!('archived' in change)) return change;
  return change.archived ? { archived_at: sql`now()` } : { archived_at: null, position: change.position };
}

/** Call it after `lockRules`. */
export async function updateRule(
  connection: TenantConnection,
  id: string,
  change: RuleChange,
  actor: Actor,
): Promise<void> {
  await connection.orm
    .update(exceptionRule)
    .set({
      ...archivedOf(change),
      revision: sql`${exceptionRule.revision} + 1`,
      updated_at: sql`now()`,
      ...updatedByOf(actor),
    })
    .where(own(connection, id));
}

/** Call it after `lockRules`. @param ids every rule, in its new order */
export async function orderRules(connection: TenantConnection, ids: readonly string[]): Promise<void> {
  await connection.query({
    text: `UPDATE exception_rule r SET position = o.position
      FROM unnest($2::uuid[]) WITH ORDINALITY AS o(id, position)
      WHERE r.tenant_id = $1 AND r.id = o.id AND r.position <> o.position`,
    values: [connection.tenantId, ids],
  });
}

/** The last exception that each rule set something of, or failed on. */
export function listLastUses(connection: TenantConnection, ids: readonly string[]): Promise<LastUse[]> {
  return connection.query<LastUse>({
    name: 'exception_rule_uses',
    // The latest events of a rule are nearly all of these types.
    text: `SELECT r.id, e.type, e.data, e.created_at, e.exception_id, x.number FROM unnest($2::text[]) AS r(id)
      CROSS JOIN LATERAL (SELECT type, data, created_at, exception_id FROM event
        WHERE tenant_id = $1 AND subject_type = 'rule' AND subject_id = r.id AND exception_id IS NOT NULL
        ORDER BY id DESC LIMIT 1) e
      LEFT JOIN exception x ON x.tenant_id = $1 AND x.id = e.exception_id::uuid`,
    values: [connection.tenantId, ids],
  });
}

export interface LastUse extends Record<string, unknown> {
  id: string;
  type: string;
  data: Record<string, unknown>;
  created_at: Date;
  exception_id: string;
  number: number | null;
}

/** How many unresolved exceptions each of these members has, counted up to 1,000. */
export async function countUnresolved(
  connection: TenantConnection,
  memberIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await connection.query<{ id: string; count: number }>({
    name: 'exceptions_of_members',
    text: `SELECT m.id, (SELECT count(*)::int FROM (SELECT FROM exception e WHERE e.tenant_id = $1 AND e.status <> 'resolved'
        AND CASE WHEN e.assignee_id IS NULL THEN '' ELSE e.assignee_id END = m.id LIMIT 1000) open) AS count
      FROM unnest($2::text[]) AS m(id)`,
    values: [connection.tenantId, memberIds],
  });
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** New exceptions of the tenant take turns from here on, as they do for their numbers. */
export async function lockNumbers(connection: TenantConnection): Promise<void> {
  await connection.query({
    name: 'exception_counter_lock',
    text: 'SELECT FROM exception_counter WHERE tenant_id = $1 FOR UPDATE',
    values: [connection.tenantId],
  });
}
