import type { ParallelStep } from '../../pure/steps/parallel.ts';
import { notCompleted, type RunningStep } from './running-step.ts';

export const parallel: RunningStep<ParallelStep> = {
  open: async () => ({ change: { status: 'running' } }),
  complete: notCompleted,
};
