import { z } from 'zod';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { invalidCursor } from '../../shared/platform/server/paging.ts';
import { inboxInputSchema, inboxItemSchema, noticeSchema } from '../../shared/playbooks/playbook-schemas.ts';
import type { InboxPosition } from '../../shared/playbooks/server/inbox.ts';
import { procedure, router } from '../trpc.ts';

const tags = ['inbox'];

export const inboxRouter = router({
  list: procedure('runs.read', {
    method: 'GET',
    path: '/api/inbox',
    summary: 'Steps that wait for people, by due time',
    tags,
  })
    .input(inboxInputSchema)
    .output(pageOf(inboxItemSchema))
    .query(async ({ ctx, input }) => {
      const after = input.cursor === undefined ? null : readPosition(input.cursor);
      const { items, next } = await ctx.services.runs.inbox(ctx.identity, { ...input, after });
      return { items, nextCursor: next && `${next.dueAt}~${next.id}` };
    }),

  count: procedure('runs.read', {
    method: 'GET',
    path: '/api/inbox/count',
    summary: 'How many steps wait for me or my roles, and how many are overdue',
    tags,
  })
    .output(
      z.object({ mine: z.int(), roles: z.int(), all: z.int(), overdue: z.int(), unreadNotices: z.int() }),
    )
    .query(({ ctx }) => ctx.services.runs.inboxCount(ctx.identity)),

  notices: procedure('runs.read', {
    method: 'GET',
    path: '/api/inbox/notices',
    summary: 'What playbooks told me, newest first',
    tags,
  })
    .output(z.object({ items: z.array(noticeSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => {
      const rows = await ctx.services.runs.notices(ctx.identity);
      return {
        items: rows.map((row) => ({
          id: row.id,
          kind: row.kind,
          text: row.text,
          exceptionId: row.exception_id,
          runId: row.run_id,
          stepId: row.step_id,
          unread: row.unread,
          createdAt: row.created_at.toISOString(),
        })),
        nextCursor: null,
      };
    }),

  readNotices: procedure('runs.read', {
    method: 'POST',
    path: '/api/inbox/notices/read',
    summary: 'Mark everything up to a notice as read',
    tags,
    status: 204,
  })
    .input(z.object({ upTo: z.string() }))
    .mutation(async ({ ctx, input }) => {
      if (!isUuid(input.upTo)) throw new InterlockError('not_found', 'There is no such notice.');
      await ctx.services.runs.readNotices(ctx.identity, input.upTo);
    }),
});

/** `<due time>~<id>` of the last item of the page before. */
function readPosition(cursor: string): InboxPosition {
  const [dueAt = '', id = ''] = cursor.split('~');
  if (!isUuid(id) || (dueAt !== 'infinity' && Number.isNaN(Date.parse(dueAt)))) throw invalidCursor();
  return { dueAt, id };
}
