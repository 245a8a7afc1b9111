import { disconnectApp as disconnect } from '../../shared/people/server/apps.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const disconnectApp = procedure('api_keys.write', {
  method: 'DELETE',
  path: '/api/connected-apps/{id}',
  summary: 'End the access of an app; it stops within ten seconds',
  tags: ['Connected apps'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => disconnect(ctx, 'everyone', input.id));
