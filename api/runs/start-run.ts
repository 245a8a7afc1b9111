import { runSchema, startRunInputSchema } from '../../shared/playbooks/run-schemas.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const startRun = procedure('runs.start', {
  method: 'POST',
  path: '/api/playbook-runs',
  summary: 'Start a run of a published playbook',
  tags: ['playbook runs'],
  status: 201,
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(startRunInputSchema)
  .output(runSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.start(ctx, { ...input, input: optionalJson(input.input) }));
