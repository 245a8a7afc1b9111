import type { SystemConnection } from '../../platform/db/database.ts';

/** Deliveries that were accepted and have not ended, and the seconds since the first of them was received. */
export async function readInboundNumbers(
  connection: SystemConnection,
): Promise<{ open: number; oldest: number | null }> {
  const [row] = await connection.query<{ open: number; oldest: number | null }>({
    name: 'inbound_numbers',
    text: `SELECT count(*)::int AS open, extract(epoch FROM now() - min(received_at))::float8 AS oldest
      FROM (SELECT received_at FROM inbound_delivery WHERE status = 'accepted' ORDER BY start_at LIMIT 100000) open`,
  });
  return row!;
}
