import { z } from 'zod';
import { newApiKeySchema } from '../../shared/people/people-schemas.ts';
import { rotateApiKey as rotate } from '../../shared/people/server/api-keys.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const rotateApiKey = procedure('api_keys.write', {
  method: 'POST',
  path: '/api/api-keys/{id}/rotate',
  summary: 'Give an API key a new value, shown only here; the one before works for a while',
  tags: ['API keys'],
  headers: { 'if-match': 'ifMatch' },
})
  .input(
    byId.extend({
      /** Default one day; 0 ends it at once. */
      overlapSeconds: z
        .int()
        .min(0)
        .max(30 * 86_400)
        .default(86_400),
      ifMatch,
    }),
  )
  .output(newApiKeySchema)
  .mutation(({ ctx, input: { ifMatch, ...input } }) => rotate(ctx, input, ifMatch));
