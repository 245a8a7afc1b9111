import { z } from 'zod';
import { revokeOtherSessions as revoke } from '../../shared/people/server/account.ts';
import { procedure } from '../trpc.ts';

export const revokeOtherSessions = procedure('account.write', {
  method: 'POST',
  path: '/api/me/sessions/revoke-others',
  summary: 'End every session of yours but this one',
  tags: ['me'],
})
  .output(z.object({ ended: z.int() }))
  .mutation(({ ctx }) => revoke(ctx));
