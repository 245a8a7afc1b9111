import { checkListInputSchema, egressTargetSchema } from '../../shared/egress/egress-schemas.ts';
import { checkAllowList } from '../../shared/egress/server/check-list.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const checkEgress = procedure('egress.read', {
  method: 'POST',
  path: '/api/settings/egress/check',
  summary: 'List what this tenant calls, and which of it a list of hosts would cut off; nothing is changed',
  tags: ['settings'],
})
  .input(checkListInputSchema)
  .output(wholeList(egressTargetSchema))
  .mutation(({ ctx, input }) => checkAllowList(ctx, input));
