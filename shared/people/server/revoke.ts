import type { Teller } from '../../events/server/tell.ts';
import { tell } from '../../events/server/tell.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { type ApiKeyRow, revokeKey } from '../db/api-keys.ts';
import { endInvitation, type InvitationRow } from '../db/invitations.ts';

/** @param reason why, if it is not for its own sake */
export async function revokeInvitations(
  connection: SystemConnection,
  teller: Teller,
  invitations: InvitationRow[],
  reason?: string,
): Promise<void> {
  for (const { id, email } of invitations) {
    await endInvitation(connection, id, 'revoked');
    await tell(connection, teller, {
      type: 'InvitationRevoked',
      subjectType: 'invitation',
      subjectId: id,
      data: { email, ...(reason && { reason }) },
    });
  }
}

/** @param reason why, if it is not for its own sake */
export async function revokeKeys(
  connection: SystemConnection,
  teller: Teller,
  keys: ApiKeyRow[],
  reason?: string,
): Promise<void> {
  for (const { id, name } of keys) {
    await revokeKey(connection, id);
    await tell(connection, teller, {
      type: 'ApiKeyRevoked',
      subjectType: 'api_key',
      subjectId: id,
      data: { name, ...(reason && { reason }) },
    });
  }
}
