import { apiKeySchema } from '../../shared/people/people-schemas.ts';
import { readApiKeys } from '../../shared/people/server/api-keys.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listApiKeys = procedure('api_keys.read', {
  method: 'GET',
  path: '/api/api-keys',
  summary: 'List the API keys, newest first; revoked ones for a month',
  tags: ['API keys'],
})
  .output(wholeList(apiKeySchema))
  .query(async ({ ctx }) => ({ items: await readApiKeys(ctx), nextCursor: null }));
