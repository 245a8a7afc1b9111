import { z } from 'zod';
import { artifactNameSchema } from '../../shared/artifacts/artifact-schemas.ts';
import { attachmentSchema } from '../../shared/exceptions/exception-schemas.ts';
import { addAttachment } from '../../shared/exceptions/server/attachments.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const attachFile = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions/{id}/attachments',
  summary: 'Attach a stored file to an exception',
  tags: ['exceptions'],
  status: 201,
})
  .input(
    byId.extend({
      artifactId: z.uuid().describe('Of `POST /api/artifacts`'),
      name: artifactNameSchema.optional().describe('Default: that of the file'),
    }),
  )
  .output(attachmentSchema)
  .mutation(({ ctx, input }) => addAttachment(ctx, input));
