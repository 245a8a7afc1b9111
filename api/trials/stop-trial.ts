import { z } from 'zod';
import { stopTrial as stop } from '../../shared/trials/server/change-trial.ts';
import { comparedTrialSchema, whichTrialSchema } from '../../shared/trials/trial-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const stopTrial = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/trial/stop',
  summary: 'Stop a trial: every call gets the current version again',
  tags: ['trials'],
})
  .input(byId.extend({ ...whichTrialSchema.shape, reason: z.string().trim().max(500).optional() }))
  .output(comparedTrialSchema)
  .mutation(({ ctx, input: { id, ...input } }) => stop(ctx, id, input));
