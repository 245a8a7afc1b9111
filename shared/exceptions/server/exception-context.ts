import type { NewEvent } from '../../events/db/append-event.ts';
import type { ChangeContext } from '../../events/server/change-context.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import { findMember, type Member } from '../../identity/server/members.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type ExceptionRow, lockExceptions } from '../db/exceptions.ts';
import { invalidInput } from './check-attributes.ts';
import { exceptionNotFound } from './exception-views.ts';

/** Some changes name a member of the tenant. */
export type MemberContext = ChangeContext<{ accounts: Accounts }>;

/** Runs a change of one exception in one transaction. @throws InterlockError `not_found` */
export function changing<T>(
  { services, identity }: ChangeContext,
  id: string,
  work: (connection: TenantConnection, row: ExceptionRow) => Promise<T>,
): Promise<T> {
  return services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const [row] = await lockExceptions(connection, [id]);
    if (!row) throw exceptionNotFound();
    return work(connection, row);
  });
}

/** An event about an exception, for `tell`. */
export function about(
  exceptionId: string,
  type: NewEvent['type'],
  data: Record<string, unknown>,
): Omit<NewEvent, 'actor' | 'requestId'> {
  return { type, subjectType: 'exception', subjectId: exceptionId, exceptionId, data };
}

/** The member with this id or email address. @throws InterlockError `invalid_input` at `/assignee` */
export async function readAssignee(
  { services, identity }: MemberContext,
  reference: string | null,
): Promise<Member | null> {
  if (reference === null) return null;
  const member = findMember(await services.accounts.members(identity.tenantId), reference);
  if (!member) {
    throw invalidInput([
      { path: '/assignee', message: 'is not a member of this organization', keyword: 'member' },
    ]);
  }
  return member;
}
