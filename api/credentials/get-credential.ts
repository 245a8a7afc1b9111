import { credentialSchema } from '../../shared/tools/credential-schemas.ts';
import { readCredential } from '../../shared/tools/server/read-credentials.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { credentialState } from './credential-state.ts';

export const getCredential = procedure('credentials.read', {
  method: 'GET',
  path: '/api/credentials/{id}',
  summary: 'Get a credential, without its value',
  tags: ['credentials'],
  state: credentialState,
})
  .input(byId)
  .output(credentialSchema)
  .query(({ ctx, input }) => readCredential(ctx, input.id));
