import type { StepRunner } from '../../server/step-runner.ts';
import type { ApprovalStep } from './definition.ts';

export const approval: StepRunner<ApprovalStep> = {
  open: async () => ({ change: { status: 'waiting' } }),
  complete(step, { completion, votes }) {
    if (completion.outcome === 'rejected')
      return { change: { status: step.onReject === 'abort' ? 'failed' : 'completed', outcome: 'rejected' } };
    const enough = votes.length + 1 >= step.required;
    return { change: enough ? { status: 'completed', output: completion.input } : { status: 'waiting' } };
  },
};
