import { simulate } from '../../shared/policies/server/simulate.ts';
import { simulateInputSchema, simulationSchema } from '../../shared/policies/simulation-schemas.ts';
import { procedure } from '../trpc.ts';

export const simulatePolicies = procedure('policies.read', {
  method: 'POST',
  path: '/api/policies/simulate',
  summary: 'Ask what the policies would decide on a call; nothing is called or counted',
  tags: ['policies'],
})
  .input(simulateInputSchema)
  .output(simulationSchema)
  .mutation(({ ctx, input }) => simulate(ctx, input));
