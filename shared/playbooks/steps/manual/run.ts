import type { StepRunner } from '../../server/step-runner.ts';
import type { ManualStep } from './definition.ts';

export const manual: StepRunner<ManualStep> = {
  open: async () => ({ change: { status: 'waiting' } }),
  complete: (_, { completion }) => ({ change: { status: 'completed', output: completion.input } }),
  dryRun: async (_, { who }) => ({ result: 'would_wait', message: `Waits for ${who}` }),
};
