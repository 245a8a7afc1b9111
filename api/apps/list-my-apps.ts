import { connectedAppSchema } from '../../shared/people/app-schemas.ts';
import { readApps } from '../../shared/people/server/apps.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listMyApps = procedure('account.read', {
  method: 'GET',
  path: '/api/me/connected-apps',
  summary: 'List the apps that act for you in this organization, the latest first',
  tags: ['me'],
})
  .output(wholeList(connectedAppSchema))
  .query(async ({ ctx }) => ({ items: await readApps(ctx, 'me'), nextCursor: null }));
