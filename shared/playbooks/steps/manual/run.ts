import type { RunningStep } from '../../server/running-step.ts';
import type { ManualStep } from './definition.ts';

export const manual: RunningStep<ManualStep> = {
  open: async () => ({ change: { status: 'waiting' } }),
  complete: (_, { completion }) => ({ change: { status: 'completed', output: completion.input } }),
};
