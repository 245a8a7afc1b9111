import { z } from 'zod';
import { removeAttachment } from '../../shared/exceptions/server/attachments.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const detachFile = procedure('exceptions.write', {
  method: 'DELETE',
  path: '/api/exceptions/{id}/attachments/{attachmentId}',
  summary: 'Remove a file that one has attached; tenant admins remove any',
  tags: ['exceptions'],
  status: 204,
})
  .input(byId.extend({ attachmentId: z.string() }))
  .mutation(({ ctx, input }) => removeAttachment(ctx, input));
