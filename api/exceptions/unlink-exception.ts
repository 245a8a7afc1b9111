import { z } from 'zod';
import { unlinkException as unlink } from '../../shared/exceptions/server/link-exceptions.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const unlinkException = procedure('exceptions.write', {
  method: 'DELETE',
  path: '/api/exceptions/{id}/links/{linkId}',
  summary: 'Remove a link',
  tags: ['exceptions'],
  status: 204,
})
  .input(byId.extend({ linkId: z.string() }))
  .mutation(({ ctx, input }) => unlink(ctx, input));
