import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';

/** A bound of calls at once: "host:pay.example:443", "tool:<id>" or "connector:<id>". */
export interface Bound {
  scope: string;
  calls: number;
}

/** How long a place stays taken when its process is lost. */
const leaseMs = 15_000;

/** Takes a place in each of these scopes, or none when one is full. @returns null, or the scope that is full */
export async function takePlaces(
  connection: TenantConnection,
  executionId: string,
  bounds: readonly Bound[],
): Promise<string | null> {
  const [row] = await connection.query<{ full: string | null }>({
    name: 'take_places',
    bookkeeping: true,
    text: `SELECT take_places($1, $2, $3, $4, interval '${leaseMs} ms') AS full`,
    values: [
      connection.tenantId,
      bounds.map(({ scope }) => scope),
      bounds.map(({ calls }) => calls),
      executionId,
    ],
  });
  return row?.full ?? null;
}

export async function freePlaces(connection: TenantConnection, executionId: string): Promise<void> {
  await connection.query({
    name: 'free_places',
    bookkeeping: true,
    text: 'DELETE FROM call_place WHERE tenant_id = $1 AND execution_id = $2',
    values: [connection.tenantId, executionId],
  });
}

/** Keeps the places of calls that are in progress. */
export async function keepPlaces(
  connection: SystemConnection,
  executionIds: readonly string[],
): Promise<void> {
  await connection.query({
    name: 'keep_places',
    text: `UPDATE call_place SET lease_until = now() + interval '${leaseMs} ms' WHERE execution_id = ANY($1::uuid[])`,
    values: [executionIds],
  });
}

/** How many places are taken, by scope. */
export async function countPlaces(connection: TenantConnection): Promise<Map<string, number>> {
  const rows = await connection.query<{ scope: string; used: number }>({
    text: `SELECT scope, count(*)::int AS used FROM call_place
      WHERE tenant_id = $1 AND lease_until > now() GROUP BY scope`,
    values: [connection.tenantId],
  });
  return new Map(rows.map(({ scope, used }) => [scope, used]));
}
