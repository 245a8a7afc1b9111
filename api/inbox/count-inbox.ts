import { z } from 'zod';
import { countInbox as count } from '../../shared/playbooks/server/inbox.ts';
import { procedure } from '../trpc.ts';

export const countInbox = procedure('runs.read', {
  method: 'GET',
  path: '/api/inbox/count',
  summary:
    'Count what I can do now, what waits for me or my roles, and what is overdue, each up to 1,000 or 200',
  tags: ['inbox'],
})
  .output(
    z.object({
      /** As many as `GET /api/inbox?scope=todo` lists, up to 200. */
      todo: z.int(),
      todoOverdue: z.int(),
      mine: z.int(),
      roles: z.int(),
      all: z.int(),
      overdue: z.int(),
      unreadNotices: z.int(),
    }),
  )
  .query(({ ctx }) => count(ctx));
