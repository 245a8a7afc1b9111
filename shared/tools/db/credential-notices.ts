import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { notice } from '../../events/db/tables.ts';
import { permissionRole } from '../../identity/roles.ts';
import type { RegistryConnection } from './registry-connection.ts';

/** Tells those who may change the credential; the notice about it before goes. @param tenantId null: it is global */
export async function noticeOfExpiry(
  connection: RegistryConnection,
  { credentialId, tenantId, text }: { credentialId: string; tenantId: string | null; text: string },
): Promise<void> {
  await endNotices(connection, credentialId);
  await connection.orm.insert(notice).values({
    id: uuidv7(),
    tenant_id: tenantId,
    kind: 'reminder',
    to_role: permissionRole[tenantId === null ? 'credentials.write_global' : 'credentials.write'],
    text,
    credential_id: credentialId,
  });
}

/** What they said of the credential no longer holds. */
export async function endNotices(connection: RegistryConnection, credentialId: string): Promise<void> {
  await connection.orm.delete(notice).where(eq(notice.credential_id, credentialId));
}
