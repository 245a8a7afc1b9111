import { z } from 'zod';
import { revokeSession as revoke } from '../../shared/people/server/account.ts';
import { procedure } from '../trpc.ts';

export const revokeSession = procedure('account.write', {
  method: 'DELETE',
  path: '/api/me/sessions/{sessionId}',
  summary: 'End one of your sessions',
  tags: ['me'],
  status: 204,
})
  .input(z.object({ sessionId: z.string() }))
  .mutation(({ ctx, input }) => revoke(ctx, input.sessionId));
