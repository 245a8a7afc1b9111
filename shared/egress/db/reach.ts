import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { EgressCaller, EgressOutcome } from '../../platform/egress-rules.ts';
import { isUuid } from '../../platform/ids.ts';
import type { Reach } from '../../platform/server/egress/egress.ts';
import { type NamedCaller, reachDays } from '../egress-schemas.ts';

/** Requests of one kind on one day. */
export interface CountedReach extends Reach {
  /** In UTC: `2026-11-22`. */
  day: string;
  count: number;
  lastAt: Date;
}

/** Adds to what other processes have counted. In one order, so that two of them never wait for each other. */
export async function addReach(
  connection: SystemConnection,
  counted: readonly CountedReach[],
): Promise<void> {
  await connection.query({
    name: 'egress_reach_add',
    text: `INSERT INTO egress_reach AS r (tenant_id, day, host, port, method, caller_type, caller_id, outcome, count, last_at)
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::bigint[], $10::timestamptz[])
      ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
      ON CONFLICT (tenant_id, day, host, port, method, caller_type, caller_id, outcome)
      DO UPDATE SET count = r.count + excluded.count, last_at = greatest(r.last_at, excluded.last_at)`,
    values: [
      counted.map(({ tenantId }) => tenantId),
      counted.map(({ day }) => day),
      counted.map(({ host }) => host),
      counted.map(({ port }) => port),
      counted.map(({ method }) => method),
      counted.map(({ caller }) => caller.type),
      counted.map(({ caller }) => caller.id),
      counted.map(({ outcome }) => outcome),
      counted.map(({ count }) => count),
      counted.map(({ lastAt }) => lastAt),
    ],
    bookkeeping: true,
  });
}

/** The first day that is kept. */
const since = `to_char((now() AT TIME ZONE 'UTC')::date - ${reachDays - 1}, 'YYYY-MM-DD')`;

/** Deletes the days that are too old, of every tenant. */
export async function forgetReach(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'egress_reach_forget',
    text: `DELETE FROM egress_reach WHERE day < ${since}`,
    bookkeeping: true,
  });
}

export interface ReachRow extends Record<string, unknown> {
  host: string;
  port: number;
  caller_type: EgressCaller['type'];
  caller_id: string;
  outcome: EgressOutcome;
  methods: string[];
  count: string;
  last_at: Date;
  /** Oldest first, one for each method. */
  days: { day: string; count: number }[];
}

/** Of the last 30 days, those with the last request first. */
export function listReach(connection: TenantConnection, limit: number): Promise<ReachRow[]> {
  return connection.query<ReachRow>({
    text: `SELECT host, port, caller_type, caller_id, outcome, array_agg(DISTINCT method) AS methods,
        sum(count) AS count, max(last_at) AS last_at,
        jsonb_agg(jsonb_build_object('day', day, 'count', count) ORDER BY day) AS days
      FROM egress_reach WHERE tenant_id = $1 AND day >= ${since}
      GROUP BY 1, 2, 3, 4, 5 ORDER BY last_at DESC, host, port, caller_id, outcome LIMIT $2`,
    values: [connection.tenantId, limit],
  });
}

/** A URL may hold a secret in its path. */
export const webhookName = `coalesce(nullif(description, ''), substring(url FROM '^[a-z]+://([^/?#]+)'))`;

/** The names of callers, by type and id; those of global tools too. */
export async function namesOf(
  connection: TenantConnection,
  callers: readonly Pick<NamedCaller, 'type' | 'id'>[],
): Promise<Map<string, string>> {
  const ids = (type: NamedCaller['type']) =>
    callers.filter((caller) => caller.type === type && isUuid(caller.id)).map(({ id }) => id);
  const rows = await connection.query<{ type: string; id: string; name: string }>({
    text: `SELECT 'tool' AS type, id, name FROM tool WHERE id = ANY($2::uuid[]) AND (tenant_id = $1 OR tenant_id IS NULL)
      UNION ALL SELECT 'credential', id, name FROM credential WHERE id = ANY($3::uuid[]) AND (tenant_id = $1 OR tenant_id IS NULL)
      UNION ALL SELECT 'connector', id, name FROM connector WHERE id = ANY($6::uuid[]) AND (tenant_id = $1 OR tenant_id IS NULL)
      UNION ALL SELECT 'webhook', id, ${webhookName} FROM webhook_endpoint WHERE id = ANY($4::uuid[]) AND tenant_id = $1
      UNION ALL SELECT 'import', id, title FROM imported_document WHERE id = ANY($5::uuid[]) AND tenant_id = $1`,
    values: [
      connection.tenantId,
      ids('tool'),
      ids('credential'),
      ids('webhook'),
      ids('import'),
      ids('connector'),
    ],
  });
  return new Map(rows.map(({ type, id, name }) => [`${type} ${id}`, name]));
}
