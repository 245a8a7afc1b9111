import { and, desc, eq, lt } from 'drizzle-orm';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { personRequest } from './tables.ts';

export type PersonRequestRow = typeof personRequest.$inferSelect;

export async function insertRequest(
  connection: TenantConnection,
  row: typeof personRequest.$inferInsert,
): Promise<void> {
  await connection.orm.insert(personRequest).values(row);
}

export function listRequests(
  connection: TenantConnection,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<PersonRequestRow[]> {
  return connection.orm
    .select()
    .from(personRequest)
    .where(
      and(
        eq(personRequest.tenant_id, connection.tenantId),
        before === undefined ? undefined : lt(personRequest.id, before),
      ),
    )
    .orderBy(desc(personRequest.id))
    .limit(limit);
}

export async function readRequest(
  connection: TenantConnection,
  id: string,
  { lock = false } = {},
): Promise<PersonRequestRow | null> {
  const query = connection.orm
    .select()
    .from(personRequest)
    .where(and(eq(personRequest.tenant_id, connection.tenantId), eq(personRequest.id, id)));
  const [row] = await (lock ? query.for('update') : query);
  return row ?? null;
}

/** Those on which work goes on now, the longest waiting first. */
export async function listDueRequests(
  connection: SystemConnection,
  now: Date,
): Promise<{ id: string; tenant_id: string }[]> {
  return connection.query<{ id: string; tenant_id: string }>({
    text: 'SELECT id, tenant_id FROM person_request WHERE next_at <= $1 ORDER BY next_at, id LIMIT 50',
    values: [now],
  });
}

/** Until the end of the transaction no one else works on it. */
export async function lockRequest(
  connection: SystemConnection,
  id: string,
): Promise<PersonRequestRow | null> {
  const [row] = await connection.orm
    .select()
    .from(personRequest)
    .where(eq(personRequest.id, id))
    .for('update');
  return row ?? null;
}

export async function updateRequest(
  connection: SystemConnection | TenantConnection,
  tenantId: string,
  id: string,
  changes: Partial<typeof personRequest.$inferInsert>,
): Promise<void> {
  await connection.orm
    .update(personRequest)
    .set(changes)
    .where(and(eq(personRequest.tenant_id, tenantId), eq(personRequest.id, id)));
}

/** Until the end of the transaction no one places a legal hold. */
export async function keepHolds(connection: SystemConnection, tenantId: string): Promise<void> {
  await connection.query({
    text: 'SELECT FROM tenant_setting WHERE tenant_id = $1 FOR SHARE',
    values: [tenantId],
  });
}

/** A place for `keepHolds` to lock. */
export async function ensureSettings(connection: TenantConnection): Promise<void> {
  await connection.query({
    text: 'INSERT INTO tenant_setting (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING',
    values: [connection.tenantId],
  });
}

/** The reasons of these legal holds, of those that stand. */
export async function readHoldReasons(
  connection: TenantConnection,
  ids: string[],
): Promise<{ id: string; reason: string }[]> {
  if (ids.length === 0) return [];
  return connection.query<{ id: string; reason: string }>({
    text: 'SELECT id, reason FROM legal_hold WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND released_at IS NULL ORDER BY id',
    values: [connection.tenantId, ids],
  });
}
