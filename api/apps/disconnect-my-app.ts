import { disconnectApp as disconnect } from '../../shared/people/server/apps.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const disconnectMyApp = procedure('account.write', {
  method: 'DELETE',
  path: '/api/me/connected-apps/{id}',
  summary: 'End the access of an app that acts for you; it stops within ten seconds',
  tags: ['me'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => disconnect(ctx, 'me', input.id));
