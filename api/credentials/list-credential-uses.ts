import { credentialUsesSchema } from '../../shared/tools/credential-schemas.ts';
import { readCredentialUses } from '../../shared/tools/server/read-credentials.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listCredentialUses = procedure('credentials.read', {
  method: 'GET',
  path: '/api/credentials/{id}/uses',
  summary: 'List the tools and connectors that use a credential, with their versions',
  tags: ['credentials'],
})
  .input(byId)
  .output(credentialUsesSchema)
  .query(({ ctx, input }) => readCredentialUses(ctx, input.id));
