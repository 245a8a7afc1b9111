import { pageOf } from '../../shared/platform/page-schemas.ts';
import { runListInputSchema, runSummarySchema } from '../../shared/playbooks/run-schemas.ts';
import { procedure } from '../trpc.ts';

export const listRuns = procedure('runs.read', {
  method: 'GET',
  path: '/api/playbook-runs',
  summary: 'List runs of playbooks, newest first',
  tags: ['playbook runs'],
})
  .input(runListInputSchema)
  .output(pageOf(runSummarySchema))
  .query(({ ctx, input }) => ctx.services.runs.list(ctx, input));
