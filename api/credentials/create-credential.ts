import { createCredentialInputSchema, credentialSchema } from '../../shared/tools/credential-schemas.ts';
import { createCredential as create } from '../../shared/tools/server/write-credential.ts';
import { procedure } from '../trpc.ts';
import { credentialState } from './credential-state.ts';

export const createCredential = procedure('credentials.write', {
  method: 'POST',
  path: '/api/credentials',
  summary: 'Store a secret in the vault; it is never shown again',
  tags: ['credentials'],
  status: 201,
  state: credentialState,
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(createCredentialInputSchema)
  .output(credentialSchema)
  .mutation(({ ctx, input }) => create(ctx, input));
