import { z } from 'zod';
import { stepViewSchema } from '../../shared/playbooks/run-schemas.ts';
import { procedure } from '../trpc.ts';
import { stepAddress, stepOf } from './run-inputs.ts';

export const claimStep = procedure('steps.complete', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/steps/{stepId}/claim',
  summary: 'Claim a step; `takeOver` takes it from the person who has claimed it',
  tags: ['playbook runs'],
})
  .input(stepAddress.extend({ takeOver: z.boolean().default(false) }))
  .output(stepViewSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.claim(ctx, { ...stepOf(input), takeOver: input.takeOver }));
