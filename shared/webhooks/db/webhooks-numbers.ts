import type { SystemConnection } from '../../platform/db/database.ts';

/** Deliveries that should have been sent by now, and the seconds since the first of them was due. */
export async function readDeliveryNumbers(
  connection: SystemConnection,
): Promise<{ due: number; oldest: number | null }> {
  const [row] = await connection.query<{ due: number; oldest: number | null }>({
    name: 'webhook_numbers',
    text: `SELECT count(*)::int AS due, extract(epoch FROM now() - min(next_attempt_at))::float8 AS oldest
      FROM (SELECT next_attempt_at FROM webhook_delivery WHERE status = 'pending' AND next_attempt_at <= now()
        ORDER BY next_attempt_at LIMIT 100000) late`,
  });
  return row!;
}
