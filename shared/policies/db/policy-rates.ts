import type { TenantConnection } from '../../platform/db/database.ts';

/** When the rates of policies were used, in milliseconds since 1970, and what time it is there. */
export interface RateUses {
  now: number;
  uses: Map<string, number[]>;
}

interface Uses {
  policy_id: string;
  uses: number[];
  now: number;
}

const usesText = `policy_id, extract(epoch FROM clock_timestamp())::float8 * 1000 AS now,
  (SELECT coalesce(json_agg(extract(epoch FROM at)::float8 * 1000), '[]') FROM unnest(uses) AS at) AS uses`;

const found = (rows: Uses[]): RateUses => ({
  now: Math.max(0, ...rows.map(({ now }) => Number(now))),
  uses: new Map(rows.map(({ policy_id, uses }) => [policy_id, uses.map(Number)])),
});

/** Locks them until the transaction ends: calls that the same rate concerns are counted one after the other. */
export async function lockRates(
  connection: TenantConnection,
  policyIds: readonly string[],
): Promise<RateUses> {
  const rows = await connection.query<Uses & Record<string, unknown>>({
    name: 'policy_rate_lock',
    bookkeeping: true,
    text: `INSERT INTO policy_rate AS rate (policy_id, tenant_id)
      SELECT id, $1 FROM unnest($2::uuid[]) AS id ORDER BY id
      ON CONFLICT (policy_id) DO UPDATE SET uses = rate.uses
      RETURNING ${usesText}`,
    values: [connection.tenantId, policyIds],
  });
  return found(rows);
}

export async function readRates(
  connection: TenantConnection,
  policyIds: readonly string[],
): Promise<RateUses> {
  const rows = await connection.query<Uses & Record<string, unknown>>({
    name: 'policy_rates',
    text: `SELECT ${usesText} FROM policy_rate WHERE tenant_id = $1 AND policy_id = ANY($2::uuid[])`,
    values: [connection.tenantId, policyIds],
  });
  return { ...found(rows), now: rows.length > 0 ? found(rows).now : Date.now() };
}

/** A use of a rate; `at` is a time of PostgreSQL, as text. */
export interface RateUse {
  policyId: string;
  at: string;
}

/** Adds a use, now, to a rate that is locked. @param limit as many uses as that still matter */
export async function addUse(
  connection: TenantConnection,
  policyId: string,
  limit: number,
): Promise<RateUse> {
  const [row] = await connection.query<{ at: string }>({
    name: 'policy_rate_use',
    bookkeeping: true,
    text: `UPDATE policy_rate
      SET uses = uses[greatest(cardinality(uses) - $3::int + 2, 1):] || clock_timestamp()
      WHERE tenant_id = $1 AND policy_id = $2
      RETURNING uses[cardinality(uses)]::text AS at`,
    values: [connection.tenantId, policyId, limit],
  });
  return { policyId, at: row!.at };
}

export async function removeUse(connection: TenantConnection, { policyId, at }: RateUse): Promise<void> {
  await connection.query({
    name: 'policy_rate_give_back',
    bookkeeping: true,
    text: `UPDATE policy_rate SET uses = array_remove(uses, $3::timestamptz)
      WHERE tenant_id = $1 AND policy_id = $2`,
    values: [connection.tenantId, policyId, at],
  });
}
