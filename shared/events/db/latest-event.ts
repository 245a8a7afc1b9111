import type { SystemConnection } from '../../platform/db/database.ts';

/** When the newest event was written; null: there is none. */
export async function latestEventTime(connection: SystemConnection): Promise<Date | null> {
  const [row] = await connection.query<{ at: Date }>({
    text: 'SELECT created_at AS at FROM event ORDER BY id DESC LIMIT 1',
  });
  return row?.at ?? null;
}
