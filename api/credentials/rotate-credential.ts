import { credentialSchema, rotateCredentialInputSchema } from '../../shared/tools/credential-schemas.ts';
import { rotateCredential as rotate } from '../../shared/tools/server/write-credential.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { credentialState } from './credential-state.ts';

export const rotateCredential = procedure('credentials.write', {
  method: 'POST',
  path: '/api/credentials/{id}/rotate',
  summary:
    'Store a new value; while the overlap lasts, the replaced one is tried when the provider refuses it',
  tags: ['credentials'],
  state: credentialState,
  headers: { 'if-match': 'ifMatch' },
})
  .input(rotateCredentialInputSchema.extend({ ...byId.shape, ifMatch }))
  .output(credentialSchema)
  .mutation(({ ctx, input: { id, ifMatch: state, ...rotation } }) => rotate(ctx, id, rotation, state));
