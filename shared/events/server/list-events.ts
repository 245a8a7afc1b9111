import { z } from 'zod';
import {
  type Page,
  type PageOfEach,
  pageFrom,
  pagesFrom,
  readCursor,
  writeCursor,
} from '../../platform/server/paging.ts';
import type { AuditEvent, auditListInputSchema } from '../audit-schemas.ts';
import { type EventRow, type EventsOf, listEvents, listEventsOf } from '../db/events.ts';
import type { eventListInputSchema, eventSchema } from '../event-schemas.ts';
import type { ReadContext } from './change-context.ts';
import { auditEventView, eventView } from './event-view.ts';

/** The cursor of a list of events by id; the id is a PostgreSQL `bigint`. */
export const eventCursorSchema = z.tuple([z.string().regex(/^\d{1,18}$/)]);

/** A page of the tenant's log, newest first. @throws InterlockError `invalid_input` for an invalid cursor */
export function eventPage(
  context: ReadContext,
  input: z.output<typeof eventListInputSchema>,
): Promise<Page<z.output<typeof eventSchema>>> {
  return pageWith(context, input, eventView);
}

/** The same with where each event came from. */
export function auditPage(
  context: ReadContext,
  input: z.output<typeof auditListInputSchema>,
): Promise<Page<AuditEvent>> {
  return pageWith(context, input, auditEventView);
}

/** A page of the events of each, newest first, with where they came from. @throws InterlockError `invalid_input` for an invalid cursor */
export async function eventPagesOf(
  { services, identity }: ReadContext,
  of: EventsOf,
  { limit, cursor }: PageOfEach,
): Promise<Map<string, Page<AuditEvent>>> {
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listEventsOf(connection, of, { before: beforeOf(cursor), limit: limit + 1 }),
  );
  return pagesFrom('ids' in of ? of.ids : of.exceptionIds, rows, limit, {
    parentOf: ({ parent }) => parent,
    cursorOf,
    view: auditEventView,
  });
}

const beforeOf = (cursor: string | undefined): bigint | undefined =>
  cursor === undefined ? undefined : BigInt(readCursor(cursor, eventCursorSchema)[0]);
const cursorOf = (row: Pick<EventRow, 'id'>): string => writeCursor([row.id.toString()]);

async function pageWith<View>(
  { services, identity }: ReadContext,
  { limit, cursor, from, to, ...filter }: z.output<typeof auditListInputSchema>,
  view: (row: EventRow) => View,
): Promise<Page<View>> {
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listEvents(connection, {
      ...filter,
      before: beforeOf(cursor),
      limit: limit + 1,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    }),
  );
  return pageFrom(rows, limit, cursorOf, view);
}
