import { previewStepInputSchema, stepPreviewSchema } from '../../shared/playbooks/run-schemas.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { stepOf } from './run-inputs.ts';

export const previewStep = procedure('runs.read', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/steps/{stepId}/preview',
  summary: 'Show the exact request that completing a call_tool step would send, redacted',
  tags: ['playbook runs'],
})
  .input(previewStepInputSchema)
  .output(stepPreviewSchema)
  .mutation(({ ctx, input }) =>
    ctx.services.runs.preview(ctx, { ...stepOf(input), input: optionalJson(input.input) }),
  );
