import { z } from 'zod';
import { exceptionSchema, linkKinds } from '../../shared/exceptions/exception-schemas.ts';
import { linkException as link } from '../../shared/exceptions/server/link-exceptions.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const linkException = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions/{id}/links',
  summary: 'Link an exception to another one or to a page',
  tags: ['exceptions'],
  status: 201,
})
  .input(
    byId.extend({
      kind: z.enum(linkKinds),
      /** The other exception's id or number. */
      target: z.string().max(128).optional(),
      url: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .optional(),
      title: z.string().trim().max(200).default(''),
    }),
  )
  .output(exceptionSchema)
  .mutation(({ ctx, input }) => link(ctx, input));
