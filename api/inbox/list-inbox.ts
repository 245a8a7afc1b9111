import { z } from 'zod';
import { severities } from '../../shared/exceptions/exception-schemas.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { readCursor, writeCursor } from '../../shared/platform/server/paging.ts';
import { isoTimeSchema } from '../../shared/platform/time-schema.ts';
import { inboxInputSchema, inboxItemSchema } from '../../shared/playbooks/inbox-schemas.ts';
import { readInbox } from '../../shared/playbooks/server/inbox.ts';
import { procedure } from '../trpc.ts';

/** The time, the id and the rank of the last item of the page before, and when the first page was read. */
const cursorSchema = z.tuple([
  isoTimeSchema.or(z.literal('infinity')),
  z.uuid(),
  z.string().max(500).optional(),
  isoTimeSchema.nullable().optional(),
]);

export const listInbox = procedure('runs.read', {
  method: 'GET',
  path: '/api/inbox',
  summary: 'List the steps, and the executions to approve, that wait for people',
  tags: ['inbox'],
})
  .input(inboxInputSchema.extend({ severity: z.enum(severities).optional() }))
  .output(pageOf(inboxItemSchema))
  .query(async ({ ctx, input: { cursor, ...input } }) => {
    const [at, id, rank = '', asOf = null] = cursor === undefined ? [] : readCursor(cursor, cursorSchema);
    const after = at === undefined || id === undefined ? null : { at, id, rank, asOf };
    const { items, next } = await readInbox(ctx, { ...input, after });
    return { items, nextCursor: next && writeCursor([next.at, next.id, next.rank, next.asOf]) };
  });
