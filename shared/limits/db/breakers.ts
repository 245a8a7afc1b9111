import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import { tenantSetting } from '../../identity/db/tables.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { breaker } from './tables.ts';

export type BreakerRow = typeof breaker.$inferSelect;

/** The breakers of these hosts that are not closed. */
export function listOpenBreakers(
  connection: TenantConnection,
  hosts: readonly string[],
): Promise<BreakerRow[]> {
  return connection.orm
    .select()
    .from(breaker)
    .where(
      and(
        eq(breaker.tenant_id, connection.tenantId),
        inArray(breaker.host, [...hosts]),
        ne(breaker.state, 'closed'),
      ),
    );
}

/** How many hosts are not called. */
export function countOpenBreakers(connection: TenantConnection): Promise<number> {
  return connection.orm.$count(
    breaker,
    and(eq(breaker.tenant_id, connection.tenantId), ne(breaker.state, 'closed')),
  );
}

/** Every breaker of the tenant that has ever opened; those that are not closed first. */
export function listBreakers(connection: TenantConnection): Promise<BreakerRow[]> {
  return connection.orm
    .select()
    .from(breaker)
    .where(eq(breaker.tenant_id, connection.tenantId))
    .orderBy(sql`${breaker.state} = 'closed'`, asc(breaker.host))
    .limit(500);
}

export async function findBreaker(connection: TenantConnection, id: string): Promise<BreakerRow | null> {
  const [row] = await connection.orm
    .select()
    .from(breaker)
    .where(and(eq(breaker.tenant_id, connection.tenantId), eq(breaker.id, id)));
  return row ?? null;
}

export async function findBreakerOf(connection: TenantConnection, host: string): Promise<BreakerRow | null> {
  const [row] = await connection.orm
    .select()
    .from(breaker)
    .where(and(eq(breaker.tenant_id, connection.tenantId), eq(breaker.host, host)));
  return row ?? null;
}

/** Where the breaker of a host stands, for a call that is about to begin. */
export interface Standing extends Pick<BreakerRow, 'state' | 'reason' | 'retry_at' | 'probe_until'> {
  /** This call is the one that probes. */
  probes: boolean;
}

/**
 * Lets one call probe a host whose breaker has been open for long enough.
 * @param probeMs for how long no other call probes
 * @returns null when the host has no breaker
 */
export async function standBefore(
  connection: TenantConnection,
  host: string,
  executionId: string,
  probeMs: number,
): Promise<Standing | null> {
  const [row] = await connection.query<Standing & Record<string, unknown>>({
    name: 'breaker_stand',
    bookkeeping: true,
    text: `WITH probe AS (
        UPDATE breaker SET probe_by = $3, probe_until = now() + $4::float8 * interval '1 millisecond'
        WHERE tenant_id = $1 AND host = $2 AND state = 'open' AND retry_at <= now()
          AND coalesce(probe_until <= now(), true)
        RETURNING id)
      SELECT state, reason, retry_at, probe_until, EXISTS (SELECT FROM probe) AS probes
      FROM breaker WHERE tenant_id = $1 AND host = $2`,
    values: [connection.tenantId, host, executionId, probeMs],
  });
  return row ?? null;
}

/** Another call may probe at once. */
export async function leaveProbe(connection: TenantConnection, executionId: string): Promise<void> {
  await connection.orm
    .update(breaker)
    .set({ probe_by: null, probe_until: null })
    .where(and(eq(breaker.tenant_id, connection.tenantId), eq(breaker.probe_by, executionId)));
}

export interface BreakerChange extends Pick<BreakerRow, 'id' | 'host' | 'state' | 'reason' | 'openings'> {
  /** From now, in milliseconds; null: no call probes. */
  retryMs: number | null;
}

/** Of a tenant whose limits are locked. */
export async function writeBreaker(
  connection: TenantConnection,
  { retryMs, ...change }: BreakerChange,
  actor: Actor,
): Promise<BreakerRow> {
  const values = {
    ...change,
    since: sql`now()`,
    retry_at: retryMs === null ? null : sql`now() + ${retryMs}::float8 * interval '1 millisecond'`,
    probe_by: null,
    probe_until: null,
    changed_by_type: actor.type,
    changed_by_id: actor.id,
    changed_by_name: actor.name,
  };
  const [row] = await connection.orm
    .insert(breaker)
    .values({ tenant_id: connection.tenantId, ...values })
    .onConflictDoUpdate({ target: breaker.id, set: values })
    .returning();
  return row!;
}

/** Says to every process which hosts are not called. */
export async function publishOpenHosts(connection: TenantConnection): Promise<void> {
  await connection.orm
    .update(tenantSetting)
    .set({
      open_hosts: sql`(SELECT coalesce(array_agg(host ORDER BY host), '{}') FROM breaker
        WHERE tenant_id = ${connection.tenantId} AND state <> 'closed')`,
      limits_revision: sql`${tenantSetting.limits_revision} + 1`,
    })
    .where(eq(tenantSetting.tenant_id, connection.tenantId));
}
