import { archiveCredential as archive } from '../../shared/tools/server/write-credential.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveCredential = procedure('credentials.write', {
  method: 'DELETE',
  path: '/api/credentials/{id}',
  summary: 'Archive a credential that nothing uses, and erase its values',
  tags: ['credentials'],
  status: 204,
  headers: { 'if-match': 'ifMatch' },
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => archive(ctx, input.id, input.ifMatch));
