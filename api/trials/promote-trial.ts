import { promoteTrial as promote } from '../../shared/trials/server/change-trial.ts';
import { comparedTrialSchema, whichTrialSchema } from '../../shared/trials/trial-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const promoteTrial = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/trial/promote',
  summary: 'Make the candidate the current version, which ends the trial',
  tags: ['trials'],
})
  .input(byId.extend(whichTrialSchema.shape))
  .output(comparedTrialSchema)
  .mutation(({ ctx, input }) => promote(ctx, input.id, input.trialId));
