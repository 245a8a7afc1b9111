import type { ManualStep } from '../../pure/steps/manual.ts';
import type { RunningStep } from './running-step.ts';

export const manual: RunningStep<ManualStep> = {
  open: async () => ({ change: { status: 'waiting' } }),
  complete: (_, { completion }) => ({ change: { status: 'completed', output: completion.input } }),
};
