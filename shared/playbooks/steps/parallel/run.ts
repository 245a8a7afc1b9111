import type { StepRunner } from '../../server/step-runner.ts';
import type { ParallelStep } from './definition.ts';

export const parallel: StepRunner<ParallelStep> = {
  open: async () => ({ change: { status: 'running' } }),
  dryRun: async ({ branches }) => ({
    result: 'would_run',
    message: `Starts ${branches.length} branches at the same time`,
    outcome: 'completed',
  }),
};
