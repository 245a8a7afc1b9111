import { appendEvent } from '../../events/db/append-event.ts';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext } from '../../events/server/change-context.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import { findMember, type Member } from '../../identity/server/members.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type ExceptionRow, lockExceptions } from '../db/exceptions.ts';
import { invalidInput } from './check-attributes.ts';
import { noException } from './exception-views.ts';

/** Who changes an exception, and with what. */
export type ExceptionContext = ChangeContext<ExecutionServices & { accounts: Accounts }>;

/** Runs a change of one exception in one transaction. @throws InterlockError `not_found` */
export function changing<T>(
  { services, identity }: ExceptionContext,
  id: string,
  work: (connection: TenantConnection, row: ExceptionRow) => Promise<T>,
): Promise<T> {
  return services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const [row] = await lockExceptions(connection, [id]);
    if (!row) throw noException();
    return work(connection, row);
  });
}

/** One event on an exception, in the transaction of the change. */
export function tell(
  connection: TenantConnection,
  { identity, requestId }: ExceptionContext,
  type: EventType,
  exceptionId: string,
  data: Record<string, unknown>,
): Promise<void> {
  return appendEvent(connection, identity.tenantId, {
    type,
    subjectType: 'exception',
    subjectId: exceptionId,
    exceptionId,
    actor: identity.actor,
    requestId,
    data,
  });
}

/** The member with this id or e-mail address. @throws InterlockError `invalid_input` at `/assignee` */
export async function readAssignee(
  { services, identity }: ExceptionContext,
  reference: string | null,
): Promise<Member | null> {
  if (reference === null) return null;
  const member = findMember(await services.accounts.members(identity.tenantId), reference);
  if (!member) {
    throw invalidInput([
      { path: '/assignee', message: 'is not a member of this organisation', keyword: 'member' },
    ]);
  }
  return member;
}
