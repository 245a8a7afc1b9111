import { pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { credentialAccessSchema } from '../../shared/tools/credential-schemas.ts';
import { accessPage } from '../../shared/tools/server/read-credentials.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listCredentialAccesses = procedure('credentials.read', {
  method: 'GET',
  path: '/api/credentials/{id}/accesses',
  summary: 'List the attempts that opened a credential, newest first',
  tags: ['credentials'],
})
  .input(byId.extend(pageInput))
  .output(pageOf(credentialAccessSchema))
  .query(({ ctx, input }) => accessPage(ctx, input));
