import { notCompleted, type RunningStep } from '../../server/running-step.ts';
import type { ParallelStep } from './definition.ts';

export const parallel: RunningStep<ParallelStep> = {
  open: async () => ({ change: { status: 'running' } }),
  complete: notCompleted,
};
