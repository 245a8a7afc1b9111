import { z } from 'zod';
import { addedCommentSchema } from '../../shared/exceptions/exception-schemas.ts';
import { commentException } from '../../shared/exceptions/server/comment-exception.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const commentOnException = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions/{id}/comments',
  summary: 'Comment on an exception',
  tags: ['exceptions'],
  status: 201,
})
  .input(
    byId.extend({
      body: z
        .string()
        .trim()
        .min(1)
        .max(16_384)
        .describe(
          '`@[…]` with the id or the email address of a member names them: they are told. At most 50',
        ),
    }),
  )
  .output(addedCommentSchema)
  .mutation(({ ctx, input }) => commentException(ctx, input));
