import { connectedAppSchema } from '../../shared/people/app-schemas.ts';
import { readApps } from '../../shared/people/server/apps.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listApps = procedure('api_keys.read', {
  method: 'GET',
  path: '/api/connected-apps',
  summary: 'List the apps that act for people of the organization, the latest first',
  tags: ['Connected apps'],
})
  .output(wholeList(connectedAppSchema))
  .query(async ({ ctx }) => ({ items: await readApps(ctx, 'everyone'), nextCursor: null }));
