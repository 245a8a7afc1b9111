import { notCompleted, type StepRunner } from '../../server/step-runner.ts';
import type { ParallelStep } from './definition.ts';

export const parallel: StepRunner<ParallelStep> = {
  open: async () => ({ change: { status: 'running' } }),
  complete: notCompleted,
};
