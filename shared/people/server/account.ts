import type { ReadContext } from '../../events/server/change-context.ts';
import { type Teller, tell } from '../../events/server/tell.ts';
import type { Actor, Identity } from '../../identity/roles.ts';
import type { Database, SystemConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { deleteSessions, listSessions, listTenantsOf, updateName } from '../db/account.ts';
import { deviceOf } from '../device.ts';
import type { AccountSession } from '../people-schemas.ts';
import type { PeopleContext } from './change-people.ts';

type AccountChange = Pick<PeopleContext, 'identity' | 'requestId' | 'services'>;

/** The sessions of the person who asks, the latest first. An API key has none. */
export async function readSessions({ services, identity }: ReadContext): Promise<AccountSession[]> {
  if (identity.actor.type !== 'user') return [];
  const rows = await services.db.accounts((connection) => listSessions(connection, identity.actor.id));
  return rows.map((row) => ({
    id: row.id,
    device: deviceOf(row.user_agent),
    address: row.address,
    lastSeenAt: row.last_seen_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    current: row.id === identity.sessionId,
  }));
}

/** Ends one session of the person. @throws InterlockError `not_found`, also for that of another person */
export async function revokeSession(context: AccountChange, id: string): Promise<void> {
  const ended = await changeAccount(context, async (connection, userId) => {
    const ids = await deleteSessions(connection, userId, { id });
    if (ids.length > 0) await tellEveryTenant(connection, context, 'SessionRevoked', { sessions: 1 });
    return ids;
  });
  if (ended.length === 0) throw new InterlockError('not_found', 'Session not found.');
}

/** Ends every session of the person but the one that asks. @returns how many */
export async function revokeOtherSessions(context: AccountChange): Promise<{ ended: number }> {
  return changeAccount(context, async (connection, userId) => {
    const { sessionId = '' } = context.identity;
    const ids = await deleteSessions(connection, userId, { except: sessionId });
    if (ids.length > 0)
      await tellEveryTenant(connection, context, 'SessionRevoked', { sessions: ids.length });
    return { ended: ids.length };
  });
}

export async function updateProfile(context: AccountChange, { name }: { name: string }): Promise<void> {
  await changeAccount(context, async (connection, userId) => {
    if (name === context.identity.actor.name) return;
    await updateName(connection, userId, name);
    await tellEveryTenant(connection, context, 'ProfileChanged', { changed: ['name'], name });
  });
}

/** @throws InterlockError `conflict` for an API key, which has neither a name to change nor sessions */
async function changeAccount<T>(
  { services, identity }: AccountChange,
  work: (connection: SystemConnection, userId: string) => Promise<T>,
): Promise<T> {
  const { actor } = identity;
  if (actor.type !== 'user')
    throw new InterlockError('conflict', 'An API key has no profile. Sign in to change yours.');
  const result = await services.db.accounts((connection) => work(connection, actor.id));
  services.accounts.forget();
  return result;
}

/** The account library has changed a password. */
export async function tellNewPassword(
  db: Database,
  { userId, name, tenantIds }: { userId: string; name: string; tenantIds: string[] },
): Promise<void> {
  const actor: Actor = { type: 'user', id: userId, name };
  await db.accounts(async (connection) => {
    for (const tenantId of tenantIds)
      await tell(
        connection,
        { identity: { tenantId, actor } },
        {
          type: 'PasswordChanged',
          subjectType: 'member',
          subjectId: userId,
          data: { ended: 'every other session' },
        },
      );
  });
}

/** An account belongs to a person, so every organization of theirs learns what happens to it. */
async function tellEveryTenant(
  connection: SystemConnection,
  teller: Teller & { identity: Identity },
  type: 'SessionRevoked' | 'ProfileChanged',
  data: Record<string, unknown>,
): Promise<void> {
  const { actor } = teller.identity;
  const tenants = await listTenantsOf(connection, actor.id);
  for (const tenantId of new Set([...tenants, teller.identity.tenantId]))
    await tell(
      connection,
      { ...teller, identity: { tenantId, actor } },
      { type, subjectType: 'member', subjectId: actor.id, data },
    );
}
