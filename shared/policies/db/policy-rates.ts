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

/** Adds a use, now, to a rate that is locked. @param kept how many of the latest uses still matter */
export async function addUse(connection: TenantConnection, policyId: string, kept: number): Promise<void> {
  await connection.query({
    name: 'policy_rate_use',
    bookkeeping: true,
    text: `UPDATE policy_rate
      SET uses = uses[greatest(cardinality(uses) - $3::int + 2, 1):] || clock_timestamp()
      WHERE tenant_id = $1 AND policy_id = $2`,
    values: [connection.tenantId, policyId, kept],
  });
}
