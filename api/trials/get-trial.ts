import { readNewestTrial } from '../../shared/trials/server/read-trials.ts';
import { newestTrialSchema, whichTrialSchema } from '../../shared/trials/trial-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getTrial = procedure('tools.read', {
  method: 'GET',
  path: '/api/tools/{id}/trial',
  summary: 'Get a trial of a tool with what it has shown; without trialId the newest one',
  tags: ['trials'],
})
  .input(byId.extend(whichTrialSchema.shape))
  .output(newestTrialSchema)
  .query(({ ctx, input }) => readNewestTrial(ctx, input.id, input.trialId));
