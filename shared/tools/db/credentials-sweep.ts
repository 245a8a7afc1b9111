import type { SystemConnection } from '../../platform/db/database.ts';
import type { CredentialRow } from './credentials.ts';

/** Erases the values whose overlap has ended, and every value of an archived credential. @returns how many */
export async function eraseReplaced(connection: SystemConnection): Promise<number> {
  const rows = await connection.query({
    name: 'credential_erase',
    text: `WITH due AS (
        UPDATE credential SET previous_version = NULL, previous_until = NULL WHERE previous_until <= now()
        RETURNING id, current_version, archived_at
      )
      UPDATE credential_version v SET sealed = '' FROM due
      WHERE v.credential_id = due.id AND length(v.sealed) > 0
        AND (v.version < due.current_version OR due.archived_at IS NOT NULL)
      RETURNING v.version`,
  });
  return rows.length;
}

export type RemindedCredential = Pick<CredentialRow, 'id' | 'tenant_id' | 'name'> & {
  expires_at: Date;
  remind_at: Date;
};

/** Those whose next reminder is due. */
export function listDueReminders(connection: SystemConnection, limit: number): Promise<RemindedCredential[]> {
  return connection.query<RemindedCredential & { [column: string]: unknown }>({
    name: 'credential_due',
    text: `SELECT id, tenant_id, name, expires_at, remind_at FROM credential
      WHERE remind_at <= now() AND expires_at IS NOT NULL ORDER BY remind_at LIMIT $1`,
    values: [limit],
  });
}

/** Plans the reminder after this one. @returns false when another process has done it */
export async function planReminder(
  connection: SystemConnection,
  { id, remind_at }: RemindedCredential,
  next: Date | null,
): Promise<boolean> {
  const rows = await connection.query({
    text: 'UPDATE credential SET remind_at = $3 WHERE id = $1 AND remind_at = $2 RETURNING id',
    values: [id, remind_at, next],
  });
  return rows.length > 0;
}
