import { startTrial as start } from '../../shared/trials/server/start-trial.ts';
import { comparedTrialSchema, startTrialSchema } from '../../shared/trials/trial-schemas.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const startTrial = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/trial',
  summary: 'Share the calls of a tool between its current version and a candidate',
  tags: ['trials'],
  headers: { 'if-match': 'ifMatch' },
  status: 201,
})
  .input(byId.extend({ ...startTrialSchema.shape, ifMatch }))
  .output(comparedTrialSchema)
  .mutation(({ ctx, input: { id, ...input } }) => start(ctx, id, input));
