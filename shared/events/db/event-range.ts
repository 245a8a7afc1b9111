import type { TenantConnection } from '../../platform/db/database.ts';

/** An event has the time at which its transaction began, and an id of a later moment: at most this much. */
const slackMs = 10 * 60_000;
const near = 256;

/**
 * Bounds of the ids of a tenant's events in a range of time, found by bisection: ids grow with time, and no index has the
 * time. They are wider than the range, so its own conditions still count.
 * @returns null when the tenant has no event
 */
export async function idsBetween(
  connection: TenantConnection,
  { from, to }: { from?: Date | undefined; to?: Date | undefined },
): Promise<{ above: bigint; upTo: bigint | undefined } | null> {
  const first = from && (await bracket(connection, from.getTime() - slackMs));
  const last = to && (await bracket(connection, to.getTime() + slackMs));
  if (first === null || last === null) return null;
  return { above: first?.low ?? 0n, upTo: last?.high };
}

/** Events with an id up to `low` were written before the time, and those above `high` after it. */
async function bracket(
  connection: TenantConnection,
  timeMs: number,
): Promise<{ low: bigint; high: bigint } | null> {
  const [found] = await connection.query<{ low: string; high: string | null }>({
    name: 'event_bracket',
    text: `WITH RECURSIVE bracket (low, high) AS (
        SELECT 0::bigint, (SELECT id FROM event WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1)
        UNION ALL
        SELECT CASE WHEN probe.created_at > $2 THEN low ELSE (low + high) / 2 END,
          CASE WHEN probe.created_at > $2 THEN probe.id - 1 ELSE high END
        FROM bracket LEFT JOIN LATERAL (
          SELECT id, created_at FROM event WHERE tenant_id = $1 AND id > low AND id <= (low + high) / 2
          ORDER BY id DESC LIMIT 1) AS probe ON true
        WHERE high - low > ${near})
      SELECT low::text, high::text FROM bracket ORDER BY high - low LIMIT 1`,
    values: [connection.tenantId, new Date(timeMs)],
  });
  return found?.high ? { low: BigInt(found.low), high: BigInt(found.high) } : null;
}
