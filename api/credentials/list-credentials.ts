import { pageOf } from '../../shared/platform/page-schemas.ts';
import { credentialListInputSchema, credentialSchema } from '../../shared/tools/credential-schemas.ts';
import { credentialPage } from '../../shared/tools/server/read-credentials.ts';
import { procedure } from '../trpc.ts';

export const listCredentials = procedure('credentials.read', {
  method: 'GET',
  path: '/api/credentials',
  summary: 'List credentials by name, without their values',
  tags: ['credentials'],
})
  .input(credentialListInputSchema)
  .output(pageOf(credentialSchema))
  .query(({ ctx, input }) => credentialPage(ctx, input));
