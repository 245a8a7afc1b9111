import type { SystemConnection } from './database.ts';
import type { vaultKey } from './tables.ts';

export type VaultKeyRow = typeof vaultKey.$inferSelect;

export function listVaultKeys(connection: SystemConnection): Promise<VaultKeyRow[]> {
  return connection.query<VaultKeyRow & { [column: string]: unknown }>({
    text: 'SELECT id, canary, kms_key, wrapped, created_at FROM vault_key ORDER BY created_at DESC, id',
  });
}

/** The first canary of a key stays. */
export async function keepCanary(connection: SystemConnection, id: string, canary: Buffer): Promise<void> {
  await connection.query({
    text: `INSERT INTO vault_key AS k (id, canary) VALUES ($1, $2)
      ON CONFLICT (id) DO UPDATE SET canary = coalesce(k.canary, $2)`,
    values: [id, canary],
  });
}

/** The first key that a key of the key management service has wrapped stays; two processes may start at once. */
export async function keepWrappedKey(
  connection: SystemConnection,
  { id, kmsKey, wrapped }: { id: string; kmsKey: string; wrapped: Buffer },
): Promise<void> {
  await connection.query({
    text: "SELECT pg_advisory_xact_lock(hashtextextended('interlock/vault-key', 0))",
  });
  await connection.query({
    text: `INSERT INTO vault_key (id, kms_key, wrapped)
      SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM vault_key WHERE kms_key = $2)`,
    values: [id, kmsKey, wrapped],
  });
}

/** A key that has left the ring, and that nothing needs. */
export async function forgetVaultKey(connection: SystemConnection, id: string): Promise<void> {
  await connection.query({ text: 'DELETE FROM vault_key WHERE id = $1', values: [id] });
}
