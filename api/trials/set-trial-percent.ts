import { setPercent } from '../../shared/trials/server/change-trial.ts';
import { comparedTrialSchema, percentSchema, whichTrialSchema } from '../../shared/trials/trial-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const setTrialPercent = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/trial/percent',
  summary: 'Change how many of the calls get the candidate',
  tags: ['trials'],
})
  .input(byId.extend({ ...whichTrialSchema.shape, percent: percentSchema }))
  .output(comparedTrialSchema)
  .mutation(({ ctx, input: { id, ...input } }) => setPercent(ctx, id, input));
