import { createApiKeyInputSchema, newApiKeySchema } from '../../shared/people/people-schemas.ts';
import { createApiKey as create } from '../../shared/people/server/api-keys.ts';
import { procedure } from '../trpc.ts';

export const createApiKey = procedure('api_keys.write', {
  method: 'POST',
  path: '/api/api-keys',
  summary: 'Make an API key; the key itself is shown only here',
  tags: ['API keys'],
  status: 201,
})
  .input(createApiKeyInputSchema)
  .output(newApiKeySchema)
  .mutation(({ ctx, input }) => create(ctx, input));
