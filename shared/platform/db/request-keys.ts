import type { TenantConnection } from './database.ts';

/** What a request with an Idempotency-Key made. */
export interface RequestKey {
  key: string;
  /** Tells whether a second request with this key sent the same. */
  fingerprint: string;
  subjectId: string;
}

export async function findRequestKey(
  connection: TenantConnection,
  subjectType: string,
  key: string,
): Promise<RequestKey | null> {
  const [row] = await connection.query<RequestKey & Record<string, unknown>>({
    name: 'request_key_find',
    text: `SELECT key, fingerprint, subject_id AS "subjectId" FROM request_key
      WHERE tenant_id = $1 AND subject_type = $2 AND key = $3`,
    values: [connection.tenantId, subjectType, key],
  });
  return row ?? null;
}

/**
 * Call it in the transaction that makes the subject, before anything else: of those who come at once, one goes on
 * and the others wait here until it has committed.
 * @returns false when the key is taken; then `findRequestKey` tells by what
 */
export async function insertRequestKey(
  connection: TenantConnection,
  { subjectType, key, fingerprint, subjectId }: RequestKey & { subjectType: string },
): Promise<boolean> {
  const rows = await connection.query({
    name: 'request_key_insert',
    text: `INSERT INTO request_key (tenant_id, subject_type, key, fingerprint, subject_id)
      VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1`,
    values: [connection.tenantId, subjectType, key, fingerprint, subjectId],
  });
  return rows.length > 0;
}
