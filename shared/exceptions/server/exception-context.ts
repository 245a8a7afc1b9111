import type { NewEvent } from '../../events/db/append-event.ts';
import { readLastChange } from '../../events/db/last-change.ts';
import type { ChangeContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import { findMember, type Member } from '../../identity/server/members.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { WrittenText } from '../../tools/server/written-text.ts';
import { type ExceptionRow, lockExceptions } from '../db/exceptions.ts';
import { exceptionLabel } from '../exception-number.ts';
import { invalidInput } from './check-attributes.ts';
import { exceptionNotFound, readException } from './exception-views.ts';

/** Most changes bring a text that someone wrote. */
export type WritingContext = ChangeContext<{ written: WrittenText }>;
/** Some changes name a member of the tenant. */
export type MemberContext = ChangeContext<{ accounts: Accounts }>;

/**
 * Runs a change of one exception in one transaction.
 * @param ifMatch the revisions that may be changed
 * @throws InterlockError `not_found` or `precondition_failed`
 */
export function changing<T>(
  context: ChangeContext,
  id: string,
  work: (connection: TenantConnection, row: ExceptionRow) => Promise<T>,
  ifMatch?: IfMatch,
): Promise<T> {
  const { services, identity } = context;
  return services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const [row] = await lockExceptions(connection, [id]);
      if (!row) throw exceptionNotFound();
      checkState(ifMatch, row.revision);
      return work(connection, row);
    })
    .catch(staleException(context, id));
}

function staleException(
  { services, identity }: ChangeContext,
  id: string,
): (error: unknown) => Promise<never> {
  return refuseStale(() =>
    services.db.tenant(identity.tenantId, async (connection) => {
      const current = await readException(connection, id);
      const change = await readLastChange(connection, 'exception', id);
      return {
        what: exceptionLabel(current.number),
        changedBy: change?.actor ?? current.createdBy,
        changedAt: change?.at.toISOString() ?? current.updatedAt,
        current,
      };
    }),
  );
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

interface Written {
  title?: string | undefined;
  description?: string | undefined;
  attributes?: Record<string, unknown> | undefined;
}

/**
 * What someone wrote, without the secrets that the vault knows.
 * @param schema of the attributes: personal data that it marks is stored as the tenant has chosen
 */
export async function withoutSecrets<T extends Written>(
  { services, identity }: WritingContext,
  sent: T,
  schema: Record<string, unknown> | null = null,
): Promise<T> {
  const { tenantId } = identity;
  const { written } = services;
  const { title, description, attributes } = sent;
  return {
    ...sent,
    ...(title !== undefined && { title: await written.text(tenantId, title) }),
    ...(description !== undefined && { description: await written.text(tenantId, description) }),
    ...(attributes !== undefined && {
      attributes: await written.json(tenantId, attributes as JsonObject, schema ?? undefined),
    }),
  };
}
