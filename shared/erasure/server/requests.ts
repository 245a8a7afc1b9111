import { v7 as uuidv7, validate } from 'uuid';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { personOf } from '../../identity/roles.ts';
import { createdByOf, creatorOf } from '../../platform/db/columns.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { assertIdCursor, type Page, pageFrom } from '../../platform/server/paging.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { findMember, listMemberAccounts, readAccount } from '../db/account.ts';
import { listFormerMembers, readNamesInLog } from '../db/read-log.ts';
import {
  ensureSettings,
  insertRequest,
  listRequests,
  type PersonRequestRow,
  readHoldReasons,
  readRequest,
  updateRequest,
} from '../db/requests.ts';
import type { KnownPerson, NewPersonSearch, PersonSearch } from '../person-schemas.ts';
import type { Person, PersonAccount } from '../traces.ts';
import { openPerson, sealPerson } from './subject.ts';

type Change = ChangeContext<{ vault: Vault }>;
type Read = ReadContext<{ vault: Vault }>;

/** Members, and those who were removed, whose accounts a search may be about. */
export async function readKnownPeople({ services, identity }: Read): Promise<{ items: KnownPerson[] }> {
  const { tenantId } = identity;
  const members = await services.db.accounts((connection) => listMemberAccounts(connection, tenantId));
  const former = await services.db.tenant(tenantId, listFormerMembers);
  const ids = new Set(members.map(({ id }) => id));
  return {
    items: [
      ...members.map((each) => ({ ...each, member: true })),
      ...former.filter(({ id }) => !ids.has(id)).map((each) => ({ ...each, member: false })),
    ],
  };
}

/**
 * Begins a search for what is stored about a person. It goes on in the background, a batch at a time.
 * @throws InterlockError `invalid_input` for an account that this organization has never had
 */
export async function searchPerson(context: Change, input: NewPersonSearch): Promise<PersonSearch> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const account = input.accountId === undefined ? null : await findAccount(context, input.accountId);
  const id = uuidv7();
  const pseudonym = `erased:${id.replaceAll('-', '').slice(-12)}`;
  const person: Person = { account, values: [...new Set(input.values)] };
  const sealed = await sealPerson(services.vault, { id, tenant_id: tenantId }, person);
  const row = await services.db.tenantTransaction(tenantId, async (connection) => {
    await insertRequest(connection, {
      id,
      tenant_id: tenantId,
      pseudonym,
      subject_sealed: sealed,
      member_id: account?.id ?? null,
      status: 'searching',
      next_at: new Date(),
      ...createdByOf(actor),
    });
    await tell(connection, context, {
      type: 'PersonSearched',
      subjectType: 'person',
      subjectId: id,
      data: { pseudonym, values: person.values.length, account: account !== null },
    });
    return readRequest(connection, id);
  });
  return viewOf(context, row!);
}

/** Nothing says whether an account exists that this organization has nothing to do with. */
async function findAccount({ services, identity }: Read, accountId: string): Promise<PersonAccount> {
  const { tenantId } = identity;
  const names = await services.db.tenant(tenantId, (connection) => readNamesInLog(connection, accountId));
  const known = await services.db.accounts(async (connection) =>
    names.length > 0 || (await findMember(connection, tenantId, { id: accountId, mailboxes: [] }))
      ? readAccount(connection, accountId)
      : null,
  );
  if (names.length === 0 && !known)
    throw new InterlockError('invalid_input', 'The search was not begun: the account is unknown.', {
      issues: [{ path: '/accountId', message: 'is not a member, and was none', keyword: 'unknown' }],
    });
  const all = [...new Set([...(known ? [known.name] : []), ...names])];
  return { id: accountId, names: all, email: known?.email ?? null };
}

/** @throws InterlockError `not_found` */
export async function readPersonSearch(context: Read, id: string): Promise<PersonSearch> {
  return viewOf(context, await mustFind(context, id));
}

/** Newest first. */
export async function listPersonSearches(
  context: Read,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<PersonSearch>> {
  assertIdCursor(cursor);
  const { services, identity } = context;
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listRequests(connection, { before: cursor, limit: limit + 1 }),
  );
  const page = pageFrom(
    rows,
    limit,
    ({ id }) => id,
    (row) => row,
  );
  return { ...page, items: await Promise.all(page.items.map((row) => viewOf(context, row))) };
}

/**
 * Begins the erasure of what a search has found, and of what is new since. It cannot be undone.
 * @throws InterlockError `not_found`; `invalid_input` when something else was typed; `conflict` under a legal hold, for
 * someone who is still a member, and when it is not the time for it
 */
export async function erasePerson(
  context: Change,
  { id, confirm }: { id: string; confirm: string },
): Promise<PersonSearch> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const row = await mustFind(context, id);
  if (row.status !== 'found') throw notNow(row);
  const person = (await openPerson(services.vault, row))!;
  if (confirm.trim() !== nameOf(person))
    throw new InterlockError(
      'invalid_input',
      'Nothing was erased: what was typed is not who the search is about.',
      {
        issues: [
          {
            path: '/confirm',
            message: 'must be the name, or the first value of the search',
            keyword: 'confirm',
          },
        ],
      },
    );
  // Whose mailbox is erased may approve what they asked for: the rule of four eyes knows people by it.
  const member = await services.db.accounts((connection) =>
    findMember(connection, tenantId, {
      id: person.account?.id ?? null,
      mailboxes: person.values.map(personOf),
    }),
  );
  if (member)
    throw new InterlockError(
      'conflict',
      `${member.name} is a member of this organization. Nothing was erased. Remove them in Settings, Members, then erase.`,
    );
  return services.db.tenantTransaction(tenantId, async (connection) => {
    await ensureSettings(connection);
    const now = await readRequest(connection, id, { lock: true });
    if (now?.status !== 'found') throw notNow(now ?? row);
    const holds = await readHoldReasons(connection, now.hold_ids);
    if (holds.length > 0)
      throw new InterlockError(
        'conflict',
        `Nothing was erased: ${holds.length === 1 ? 'a legal hold covers' : 'legal holds cover'} some of it (${holds.map(({ reason }) => `“${reason}”`).join(', ')}). Release it in Settings, Legal holds, or search again for less.`,
        { details: { holds: holds.map((hold) => ({ ...hold })) } },
      );
    const next = { status: 'erasing', place: null, position: null, next_at: new Date() } as const;
    await updateRequest(connection, tenantId, id, { ...next, erasing_since: new Date() });
    await tell(connection, context, {
      type: 'PersonErasureRequested',
      subjectType: 'person',
      subjectId: id,
      data: { pseudonym: row.pseudonym, found: row.found },
    });
    return viewOf(context, { ...now, ...next });
  });
}

function notNow({ status }: PersonRequestRow): InterlockError {
  const why = {
    searching: 'The search has not ended. Nothing was erased. Try again once it has.',
    found: 'The search has changed. Nothing was erased. Try again.',
    erasing: 'This erasure has begun already.',
    erased: 'This person was erased already.',
    expired: 'Who this search was about is no longer stored. Nothing was erased. Search again.',
  };
  return new InterlockError('conflict', why[status]);
}

/** What has to be typed: the name of the account, or the first value. */
export const nameOf = ({ account, values }: Person): string => account?.names[0] ?? values[0] ?? '';

/** @throws InterlockError `not_found` */
export async function mustFind({ services, identity }: Read, id: string): Promise<PersonRequestRow> {
  const row = validate(id)
    ? await services.db.tenant(identity.tenantId, (connection) => readRequest(connection, id))
    : null;
  if (!row) throw new InterlockError('not_found', 'Search not found.');
  return row;
}

async function viewOf({ services, identity }: Read, row: PersonRequestRow): Promise<PersonSearch> {
  const person = await openPerson(services.vault, row);
  const holds = await services.db.tenant(identity.tenantId, (connection) =>
    readHoldReasons(connection, row.hold_ids),
  );
  return {
    id: row.id,
    pseudonym: row.pseudonym,
    status: row.status,
    about: person && {
      account: person.account && { id: person.account.id, name: nameOf(person), email: person.account.email },
      values: person.values,
    },
    found: row.found,
    erased: row.erased,
    remaining: row.remaining,
    holds,
    account: row.account,
    createdBy: creatorOf(row),
    createdAt: row.created_at.toISOString(),
    erasedAt: row.erased_at?.toISOString() ?? null,
  };
}
