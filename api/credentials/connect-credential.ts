import { z } from 'zod';
import { beginSignIn } from '../../shared/tools/server/oauth2/sign-in.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const connectCredential = procedure('tools.write', {
  method: 'POST',
  path: '/api/credentials/{id}/connect',
  summary: 'Begin a sign-in at the provider of a credential: open the URL in the same browser',
  tags: ['credentials'],
  errors: [409],
})
  .input(
    byId.extend({
      /** The path of the page to return to, such as `/t/acme/tools`. */
      returnTo: z.string().max(2048).optional(),
    }),
  )
  .output(z.object({ url: z.string() }))
  .mutation(({ ctx, input }) => beginSignIn(ctx, input.id, input.returnTo));
