import { reachSchema } from '../../shared/egress/egress-schemas.ts';
import { readReach } from '../../shared/egress/server/read-reach.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getEgressReach = procedure('egress.read', {
  method: 'GET',
  path: '/api/settings/egress/reach',
  summary: 'List the hosts that calls reached in the last 30 days or were refused to reach, and by whom',
  tags: ['settings'],
})
  .output(wholeList(reachSchema))
  .query(({ ctx }) => readReach(ctx));
