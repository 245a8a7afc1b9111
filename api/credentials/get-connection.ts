import { connectionSchema } from '../../shared/tools/auth/oauth2-authorization-code/connection.ts';
import { readConnection } from '../../shared/tools/server/oauth2/sign-in.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getConnection = procedure('tools.write', {
  method: 'GET',
  path: '/api/credentials/{id}/connection',
  summary: 'Get the sign-in behind a credential: who signed in, until when, and whether someone has to again',
  tags: ['credentials'],
})
  .input(byId)
  .output(connectionSchema)
  .query(({ ctx, input }) => readConnection(ctx, input.id));
