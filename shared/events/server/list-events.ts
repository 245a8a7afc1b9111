import { z } from 'zod';
import { type Page, pageFrom, readCursor, writeCursor } from '../../platform/server/paging.ts';
import type { AuditEvent, auditListInputSchema } from '../audit-schemas.ts';
import type { EventRow } from '../db/events.ts';
import { listEvents } from '../db/events.ts';
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

async function pageWith<View>(
  { services, identity }: ReadContext,
  { limit, cursor, from, to, ...filter }: z.output<typeof auditListInputSchema>,
  view: (row: EventRow) => View,
): Promise<Page<View>> {
  const before = cursor === undefined ? undefined : BigInt(readCursor(cursor, eventCursorSchema)[0]);
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listEvents(connection, {
      ...filter,
      before,
      limit: limit + 1,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    }),
  );
  return pageFrom(rows, limit, (row) => writeCursor([row.id.toString()]), view);
}
