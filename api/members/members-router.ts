import { z } from 'zod';
import { memberSchema } from '../../shared/exceptions/exception-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const membersRouter = router({
  list: procedure('members.read', {
    method: 'GET',
    path: '/api/members',
    summary: 'The people of this tenant and their roles',
    tags: ['members'],
  })
    .output(z.object({ items: z.array(memberSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({
      items: await ctx.services.accounts.members(ctx.identity.tenantId),
      nextCursor: null,
    })),
});
