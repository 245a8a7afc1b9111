import { credentialSchema, updateCredentialInputSchema } from '../../shared/tools/credential-schemas.ts';
import { updateCredential as update } from '../../shared/tools/server/write-credential.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { credentialState } from './credential-state.ts';

export const updateCredential = procedure('credentials.write', {
  method: 'PUT',
  path: '/api/credentials/{id}',
  summary: 'Change where and until when a credential may be used; a new host takes the value again',
  tags: ['credentials'],
  state: credentialState,
  headers: { 'if-match': 'ifMatch' },
})
  .input(updateCredentialInputSchema.extend({ ...byId.shape, ifMatch }))
  .output(credentialSchema)
  .mutation(({ ctx, input: { id, ifMatch: state, ...changes } }) => update(ctx, id, changes, state));
