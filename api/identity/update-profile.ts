import { z } from 'zod';
import { personName } from '../../shared/people/people-schemas.ts';
import { updateProfile as update } from '../../shared/people/server/account.ts';
import { procedure } from '../trpc.ts';

export const updateProfile = procedure('account.write', {
  method: 'PUT',
  path: '/api/me',
  summary: 'Change your name',
  tags: ['me'],
  status: 204,
})
  .input(z.object({ name: personName }))
  .mutation(({ ctx, input }) => update(ctx, input));
