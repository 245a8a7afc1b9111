import type { StepTypeView } from './step-type-view.ts';

/** How steps with many calls are completed. */
export const batchCompletion: Pick<StepTypeView, 'requestOutcome' | 'manyRequests' | 'outcomes'> = {
  requestOutcome: 'run',
  manyRequests: true,
  outcomes: {
    run: { done: 'succeeded', callsTool: true },
    retry_failed: { done: 'retried', callsTool: true },
  },
};
