import { credentialSchema, testCredentialInputSchema } from '../../shared/tools/credential-schemas.ts';
import { testCredential as test } from '../../shared/tools/server/test-credential.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const testCredential = procedure('credentials.write', {
  method: 'POST',
  path: '/api/credentials/{id}/test',
  summary: 'Call an endpoint with the credential, and note whether the provider accepts it',
  tags: ['credentials'],
})
  .input(testCredentialInputSchema.extend(byId.shape))
  .output(credentialSchema)
  .mutation(({ ctx, input: { id, ...request } }) => test(ctx, id, request));
