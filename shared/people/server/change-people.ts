import type { ChangeContext } from '../../events/server/change-context.ts';
import { authorize, type MemberRole, type Permission, type Role, rolesBeyond } from '../../identity/roles.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { findApiKey } from '../db/api-keys.ts';
import { lockOrganization, readRolesNow } from '../db/members.ts';
import type { Mailer } from './mailer.ts';

export interface PeopleServices {
  accounts: Pick<Accounts, 'forget' | 'hashPassword'>;
  environment: Pick<Environment, 'publicUrl'>;
  mailer: Mailer;
}
export type PeopleContext = ChangeContext<PeopleServices>;

/** A change of an organization's people, under its lock. */
export interface PeopleChange {
  connection: SystemConnection;
  /** What the caller has now. */
  held: readonly Role[];
}

/**
 * Runs a change of members, invitations or keys in one transaction, one after the other for each organization. The
 * caller's rights are read again under the lock: those in their identity may be some seconds old.
 * @throws InterlockError `forbidden`, and what `work` throws; then nothing was changed
 */
export async function changePeople<T>(
  { services, identity }: PeopleContext,
  permission: Permission,
  work: (change: PeopleChange) => Promise<T>,
): Promise<T> {
  const result = await services.db.accounts(async (connection) => {
    await lockOrganization(connection, identity.tenantId);
    const held = await readRolesNow(connection, identity);
    authorize({ ...identity, roles: held }, permission);
    return work({ connection, held });
  });
  services.accounts.forget();
  return result;
}

/** @throws InterlockError `forbidden`: no one gives what they do not have */
export function refuseBeyond(held: readonly Role[], given: readonly MemberRole[]): void {
  const [first] = rolesBeyond(held, given);
  if (first)
    throw new InterlockError(
      'forbidden',
      `You cannot give the role ${first}, because you do not have it. Nothing was changed.`,
    );
}

/** The person who is answerable for what a caller does: themself, or the person accountable for their API key. */
export async function answerableUser(
  connection: SystemConnection,
  { identity }: Pick<PeopleContext, 'identity'>,
): Promise<string | null> {
  const { actor, tenantId } = identity;
  if (actor.type === 'user') return actor.id;
  return (await findApiKey(connection, tenantId, actor.id))?.accountable?.id ?? null;
}
