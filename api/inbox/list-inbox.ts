import { z } from 'zod';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { readCursor, writeCursor } from '../../shared/platform/server/paging.ts';
import { isoTimeSchema } from '../../shared/platform/time-schema.ts';
import { inboxInputSchema, inboxItemSchema } from '../../shared/playbooks/inbox-schemas.ts';
import { readInbox } from '../../shared/playbooks/server/inbox.ts';
import { procedure } from '../trpc.ts';

/** The due date and the id of the last item of the page before. */
const cursorSchema = z.tuple([isoTimeSchema.or(z.literal('infinity')), z.uuid()]);

export const listInbox = procedure('runs.read', {
  method: 'GET',
  path: '/api/inbox',
  summary: 'List the steps, and the executions to approve, that wait for people, by due date',
  tags: ['inbox'],
})
  .input(inboxInputSchema)
  .output(pageOf(inboxItemSchema))
  .query(async ({ ctx, input: { cursor, ...input } }) => {
    const [dueAt, id] = cursor === undefined ? [] : readCursor(cursor, cursorSchema);
    const after = dueAt === undefined || id === undefined ? null : { dueAt, id };
    const { items, next } = await readInbox(ctx, { ...input, after });
    return { items, nextCursor: next && writeCursor([next.dueAt, next.id]) };
  });
