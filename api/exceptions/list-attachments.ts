import { z } from 'zod';
import { attachmentSchema } from '../../shared/exceptions/exception-schemas.ts';
import { readAttachments } from '../../shared/exceptions/server/attachments.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listAttachments = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exceptions/{id}/attachments',
  summary: 'The files that are attached to an exception, oldest first',
  tags: ['exceptions'],
})
  .input(byId)
  .output(z.object({ items: z.array(attachmentSchema) }))
  .query(async ({ ctx, input }) => ({ items: await readAttachments(ctx, input.id) }));
