import { replayPolicy as replay } from '../../shared/executions/server/replay-policy.ts';
import { replayInputSchema, replaySchema } from '../../shared/policies/simulation-schemas.ts';
import { procedure } from '../trpc.ts';

export const replayPolicy = procedure('policies.write', {
  method: 'POST',
  path: '/api/policies/replay',
  summary: 'Ask what a changed policy would have decided otherwise on the executions of the last 30 days',
  tags: ['policies'],
})
  .input(replayInputSchema)
  .output(replaySchema)
  .mutation(({ ctx, input }) => replay(ctx, input));
