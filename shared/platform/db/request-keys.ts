import { and, eq } from 'drizzle-orm';
import { InterlockError } from '../error-codes.ts';
import type { TenantConnection } from './database.ts';
import { requestKey } from './tables.ts';

/** What a request with an Idempotency-Key created. */
export interface RequestKey {
  key: string;
  /** Shows whether a second request with this key sent the same. */
  fingerprint: string;
  subjectId: string;
}

export async function findRequestKey(
  connection: TenantConnection,
  subjectType: string,
  key: string,
): Promise<RequestKey | null> {
  const [row] = await connection.orm
    .select({ key: requestKey.key, fingerprint: requestKey.fingerprint, subjectId: requestKey.subject_id })
    .from(requestKey)
    .where(
      and(
        eq(requestKey.tenant_id, connection.tenantId),
        eq(requestKey.subject_type, subjectType),
        eq(requestKey.key, key),
      ),
    );
  return row ?? null;
}

/**
 * Call it first in the transaction that creates the subject: of concurrent requests with one key, one goes on and the
 * others wait here until it has committed.
 * @returns false when the key is taken; `findRequestKey` then returns what it created
 */
export async function insertRequestKey(
  connection: TenantConnection,
  { subjectType, key, fingerprint, subjectId }: RequestKey & { subjectType: string },
): Promise<boolean> {
  const rows = await connection.orm
    .insert(requestKey)
    .values({
      tenant_id: connection.tenantId,
      subject_type: subjectType,
      key,
      fingerprint,
      subject_id: subjectId,
    })
    .onConflictDoNothing()
    .returning({ key: requestKey.key });
  return rows.length > 0;
}

/**
 * As `insertRequestKey`; null: a request without a key.
 * @returns null when the subject is still to be created; otherwise the id of what an earlier request with this key created
 * @throws InterlockError `idempotency_conflict` when that request sent something else
 */
export async function createdBefore(
  connection: TenantConnection,
  entry: (RequestKey & { subjectType: string }) | null,
): Promise<string | null> {
  if (!entry || (await insertRequestKey(connection, entry))) return null;
  const known = await findRequestKey(connection, entry.subjectType, entry.key);
  if (known?.fingerprint === entry.fingerprint) return known.subjectId;
  throw new InterlockError(
    'idempotency_conflict',
    'This Idempotency-Key was used for another request. Nothing was created.',
  );
}
