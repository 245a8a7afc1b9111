import { z } from 'zod';
import { pageOf } from '../../shared/pure/api-schemas.ts';
import { inboxInputSchema, inboxItemSchema, noticeSchema } from '../../shared/pure/playbook-schemas.ts';
import { procedure, router } from '../trpc.ts';
import { unfinished } from '../unfinished.ts';

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
    .query(() => unfinished()),

  count: procedure('runs.read', {
    method: 'GET',
    path: '/api/inbox/count',
    summary: 'How many steps wait for me or my roles, and how many are overdue',
    tags,
  })
    .output(
      z.object({ mine: z.int(), roles: z.int(), all: z.int(), overdue: z.int(), unreadNotices: z.int() }),
    )
    .query(() => unfinished()),

  notices: procedure('runs.read', {
    method: 'GET',
    path: '/api/inbox/notices',
    summary: 'What playbooks told me, newest first',
    tags,
  })
    .output(z.object({ items: z.array(noticeSchema), nextCursor: z.null() }))
    .query(() => unfinished()),

  readNotices: procedure('runs.read', {
    method: 'POST',
    path: '/api/inbox/notices/read',
    summary: 'Mark everything up to a notice as read',
    tags,
    status: 204,
  })
    .input(z.object({ upTo: z.string() }))
    .mutation(() => unfinished()),
});
