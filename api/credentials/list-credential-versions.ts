import { credentialVersionSchema } from '../../shared/tools/credential-schemas.ts';
import { readCredentialVersions } from '../../shared/tools/server/read-credentials.ts';
import { byId, wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listCredentialVersions = procedure('credentials.read', {
  method: 'GET',
  path: '/api/credentials/{id}/versions',
  summary: 'List when the value of a credential was replaced, and which values are left',
  tags: ['credentials'],
})
  .input(byId)
  .output(wholeList(credentialVersionSchema))
  .query(async ({ ctx, input }) => ({
    items: await readCredentialVersions(ctx, input.id),
    nextCursor: null,
  }));
