import type { SystemConnection } from '../../platform/db/database.ts';

export interface PushKeyRow {
  publicKey: string;
  sealed: Buffer;
}

const columns = 'public_key AS "publicKey", private_key_sealed AS sealed';

/** The newest first. */
export function readNewestKeys(connection: SystemConnection): Promise<PushKeyRow[]> {
  return connection.query<PushKeyRow & Record<string, unknown>>({
    name: 'push_keys_newest',
    text: `SELECT ${columns} FROM push_key ORDER BY created_at DESC, public_key LIMIT 20`,
  });
}

export async function readKey(connection: SystemConnection, publicKey: string): Promise<PushKeyRow | null> {
  const [row] = await connection.query<PushKeyRow & Record<string, unknown>>({
    name: 'push_key_read',
    text: `SELECT ${columns} FROM push_key WHERE public_key = $1`,
    values: [publicKey],
  });
  return row ?? null;
}

/** @param newest only if that is the newest one now; null: there is none; undefined: always */
export async function insertKey(
  connection: SystemConnection,
  { publicKey, sealed }: PushKeyRow,
  newest: string | null | undefined,
): Promise<void> {
  await connection.query({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: ['interlock/push/key'],
  });
  if (newest !== undefined) {
    const [now] = await readNewestKeys(connection);
    if ((now?.publicKey ?? null) !== newest) return;
  }
  await connection.query({
    text: `INSERT INTO push_key (public_key, private_key_sealed, created_at) VALUES ($1, $2, clock_timestamp())
      ON CONFLICT (public_key) DO NOTHING`,
    values: [publicKey, sealed],
  });
}

/** Keys that were replaced a day ago, and with which no browser is subscribed any more. */
export async function removeUnusedKeys(connection: SystemConnection): Promise<void> {
  await connection.query({
    text: `DELETE FROM push_key k WHERE EXISTS (
        SELECT FROM push_key newer
        WHERE newer.created_at > k.created_at AND newer.created_at < now() - interval '1 day')
      AND NOT EXISTS (SELECT FROM push_subscription s WHERE s.public_key = k.public_key)`,
  });
}
