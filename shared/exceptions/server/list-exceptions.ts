import { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { Identity } from '../../identity/roles.ts';
import { isUuid } from '../../platform/ids.ts';
import { type Page, readCursor, writeCursor } from '../../platform/server/paging.ts';
import type { SearchIndex } from '../../search/server/search-index.ts';
import { matchStored } from '../../tools/server/match-stored.ts';
import type { PersonalData } from '../../tools/server/personal-data.ts';
import { listExceptions } from '../db/exceptions-list.ts';
import { readExceptionNumber } from '../exception-number.ts';
import type { ExceptionSummary, exceptionListInputSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';
import { exceptionSummary } from './exception-views.ts';

type ListInput = z.output<typeof exceptionListInputSchema>;

/** The sort order, the value it sorts by, and the id: a cursor is valid for its own order only. */
const cursorSchemas = {
  newest: z.tuple([z.literal('newest'), z.literal(0), z.uuid()]),
  due: z.tuple([z.literal('due'), z.iso.datetime().or(z.literal('infinity')), z.uuid()]),
  severity: z.tuple([z.literal('severity'), z.int().min(1).max(4), z.uuid()]),
};

/** A page of exceptions in the requested order. @throws InterlockError `invalid_input` for an invalid cursor */
export async function exceptionPage(
  { services, identity }: ReadContext<{ search: SearchIndex; personal: PersonalData }>,
  { cursor, assignee, q, ...input }: ListInput,
): Promise<Page<ExceptionSummary>> {
  assertStorable({ ...input, q: q ?? null, assignee: assignee ?? null });
  const after = cursor === undefined ? undefined : placeOf(input.sort, cursor);
  const { sort, limit, ...others } = { ...input, assignee };
  const alone = sort === 'newest' && Object.values(others).every((value) => value === undefined);
  const newest = alone ? { before: after?.id, limit: limit + 1 } : null;
  const match = q?.trim()
    ? {
        texts: await matchStored(services, identity.tenantId, { subject: 'exception', q, newest }),
        number: readExceptionNumber(q),
        id: isUuid(q.trim()) ? q.trim() : null,
      }
    : undefined;
  const { items, next } = await services.db.tenant(identity.tenantId, (connection) =>
    listExceptions(connection, {
      ...input,
      after,
      match,
      assignee: assignee === undefined ? undefined : assigneeId(identity, assignee),
    }),
  );
  return {
    items: items.map(exceptionSummary),
    nextCursor: next && writeCursor([input.sort, next.key, next.id]),
  };
}

function assigneeId(identity: Identity, assignee: string): string | null {
  if (assignee === 'none') return null;
  return assignee === 'me' ? identity.actor.id : assignee;
}

function placeOf(sort: ListInput['sort'], cursor: string): { key: string | number; id: string } {
  const [, key, id] = readCursor<[string, string | number, string]>(cursor, cursorSchemas[sort]);
  return { key, id };
}
