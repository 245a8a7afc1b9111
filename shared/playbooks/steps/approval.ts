import type { ApprovalStep } from '../../pure/steps/approval.ts';
import type { RunningStep } from './running-step.ts';

export const approval: RunningStep<ApprovalStep> = {
  open: async () => ({ change: { status: 'waiting' } }),
  complete(step, { completion, votes }) {
    if (completion.outcome === 'rejected')
      return { change: { status: step.onReject === 'abort' ? 'failed' : 'completed', outcome: 'rejected' } };
    const enough = votes.length + 1 >= step.required;
    return { change: enough ? { status: 'completed', output: completion.input } : { status: 'waiting' } };
  },
};
