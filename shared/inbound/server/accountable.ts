import type { ReadContext } from '../../events/server/change-context.ts';
import { hasRole, type Identity, personOf, type Role } from '../../identity/roles.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { Member } from '../../identity/server/members.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { InboundWebhookRow } from '../db/inbound-webhooks.ts';

/** What an endpoint may do, as far as the person may who is accountable for it. It never approves. */
const endpointRoles: readonly Role[] = ['operator'];

/**
 * Who answers for an endpoint: the member that is named, or the caller, or the person who is accountable for the caller's key.
 * @returns null for a key without an accountable person
 * @throws InterlockError `invalid_input` at `/accountableUserId`
 */
export async function accountableFor(
  { services, identity }: ReadContext<{ accounts: Accounts }>,
  wanted: string | undefined,
): Promise<{ id: string; name: string } | null> {
  const { actor, person } = identity;
  const members = await services.accounts.members(identity.tenantId);
  const own =
    actor.type === 'user'
      ? members.find(({ id }) => id === actor.id)
      : members.find(({ email }) => person !== null && personOf(email) === person);
  if (wanted === undefined && !own) {
    if (actor.type !== 'user' && person === null) return null;
    throw refuse('is required: you are not a member of this organization');
  }
  const member = wanted === undefined ? own : members.find(({ id }) => id === wanted);
  if (!member) throw refuse('is not a member of this organization');
  const missing = endpointRoles.find((role) => !hasRole(member.roles, role));
  if (missing) throw refuse(`${member.name} does not have the role ${missing}`);
  return { id: member.id, name: member.name };
}

const refuse = (message: string) =>
  new InterlockError('invalid_input', 'The endpoint was not changed.', {
    issues: [{ path: '/accountableUserId', message, keyword: 'value' }],
  });

/**
 * Who acts when an endpoint does something: the endpoint, with the rights of the person who is accountable now.
 * @throws InterlockError `forbidden` when that person has left, or lost the role
 */
export function identityOf(
  row: Pick<InboundWebhookRow, 'id' | 'tenant_id' | 'name' | 'accountable_id' | 'accountable_name'>,
  members: Member[],
): Identity {
  const accountable = members.find(({ id }) => id === row.accountable_id) ?? null;
  // A role less would still include others: what the endpoint does needs all of them.
  const holds = endpointRoles.every((role) => hasRole(accountable?.roles ?? [], role));
  if (row.accountable_id !== null && !holds)
    throw new InterlockError(
      'forbidden',
      `${row.accountable_name}, who is accountable for this endpoint, is no operator of this organization any more. Nothing was done. Choose another person, then redeliver.`,
    );
  return {
    tenantId: row.tenant_id,
    tenantSlug: '',
    tenantName: '',
    actor: { type: 'api_key', id: row.id, name: row.name },
    roles: [...endpointRoles],
    person: accountable && personOf(accountable.email),
    accountableRoles: accountable?.roles ?? null,
  };
}
