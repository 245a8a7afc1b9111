import type { TenantConnection } from '../../platform/db/database.ts';

/** One every `60 / perMinute` seconds, `burst` at once. */
export interface InboundRate {
  perMinute: number;
  burst: number;
}

/**
 * Counts one delivery of an endpoint, or of its tenant, for every process (GCRA). The row stays locked until the transaction
 * ends.
 * @returns 0, or the milliseconds until the next one is accepted; then nothing was counted
 */
export async function takeDelivery(
  connection: TenantConnection,
  subjectId: string,
  { perMinute, burst }: InboundRate,
): Promise<number> {
  const values = [connection.tenantId, subjectId, 60_000 / perMinute, burst];
  const counted = await connection.query({
    name: 'inbound_rate_take',
    bookkeeping: true,
    text: `INSERT INTO inbound_rate AS rate (tenant_id, subject_id, due_at)
      VALUES ($1, $2, clock_timestamp() + $3::float8 * interval '1 millisecond')
      ON CONFLICT (tenant_id, subject_id) DO UPDATE
      SET due_at = greatest(rate.due_at, clock_timestamp()) + $3::float8 * interval '1 millisecond'
      WHERE rate.due_at <= clock_timestamp() + ($4::int - 1) * $3::float8 * interval '1 millisecond'
      RETURNING 1`,
    values,
  });
  if (counted.length > 0) return 0;
  const [row] = await connection.query<{ wait: number }>({
    name: 'inbound_rate_wait',
    text: `SELECT extract(epoch FROM due_at - clock_timestamp())::float8 * 1000 - ($4::int - 1) * $3::float8 AS wait
      FROM inbound_rate WHERE tenant_id = $1 AND subject_id = $2`,
    values,
  });
  return Math.max(1, Math.ceil(row?.wait ?? 1));
}
