import type { ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { ConnectedAppView } from '../app-schemas.ts';
import { type AppRow, endApp, listApps } from '../db/apps.ts';
import { changePeople, type PeopleContext } from './change-people.ts';

const viewOf = (row: AppRow): ConnectedAppView => ({
  id: row.id,
  name: row.client_name,
  host: row.redirect_host,
  scopes: row.scopes,
  person: { id: row.user_id, name: row.person },
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  lastAddress: row.last_address,
});

/** Whose apps: those of the person who asks, or of everyone in the organization. */
export type AppOwner = 'me' | 'everyone';

const userOf = ({ identity }: ReadContext, owner: AppOwner): string | null =>
  owner === 'me' ? identity.actor.id : null;

/** The apps that act for people here, the latest first. */
export async function readApps(context: ReadContext, owner: AppOwner): Promise<ConnectedAppView[]> {
  const rows = await context.services.db.accounts((connection) =>
    listApps(connection, context.identity.tenantId, userOf(context, owner)),
  );
  return rows.map(viewOf);
}

/** It acts for its person no more, from its next request on. @throws InterlockError `not_found` */
export async function disconnectApp(context: PeopleContext, owner: AppOwner, id: string): Promise<void> {
  const { tenantId } = context.identity;
  const permission = owner === 'me' ? 'account.write' : 'api_keys.write';
  await changePeople(context, permission, async ({ connection }) => {
    const apps = await listApps(connection, tenantId, userOf(context, owner));
    const found = apps.filter((app) => app.id === id);
    if (found.length === 0) throw new InterlockError('not_found', 'Connected app not found.');
    await disconnectApps(connection, context, found);
  });
}

/** @param reason why, if it is not for its own sake */
export async function disconnectApps(
  connection: SystemConnection,
  teller: Pick<PeopleContext, 'identity' | 'requestId'>,
  apps: AppRow[],
  reason?: string,
): Promise<void> {
  for (const { id, client_name, user_id, person } of apps) {
    await endApp(connection, id);
    await tell(connection, teller, {
      type: 'AppDisconnected',
      subjectType: 'member',
      subjectId: user_id,
      data: { name: client_name, person, ...(reason && { reason }) },
    });
  }
}
