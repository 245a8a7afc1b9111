import type { CompletionRow } from '../../db/step-completions.ts';
import type { StepRow } from '../../db/step-runs.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import { actorOf, isSame } from '../../server/step-subject.ts';
import type { ApprovalStep } from './definition.ts';

export const approval: StepRunner<ApprovalStep> = {
  open: async () => ({ change: { status: 'waiting' } }),
  complete(step, { row, completion, votes }) {
    if (completion.outcome === 'rejected')
      return {
        change: { status: step.onReject === 'abort' ? 'failed' : 'completed', outcome: 'rejected' },
        events: [{ type: 'StepRejected' }],
      };
    const given = votesNow(row, votes).length + 1;
    return {
      change:
        given >= step.required ? { status: 'completed', output: completion.input } : { status: 'waiting' },
      events: [{ type: 'StepApproved', data: { votes: given } }],
    };
  },
  refuse(step, { run, row, accepted }, subject) {
    const votes = accepted.filter((each) => each.step_run_id === row.id);
    if (votesNow(row, votes).some((vote) => isSame(subject, vote.actor_id, vote.person)))
      return { code: 'conflict', message: 'You have approved this already. Someone else must approve too.' };
    if (!step.noSelfApproval) return null;
    if (row.covers?.proposers.some(({ id, person }) => isSame(subject, id, person)))
      return { code: 'forbidden', message: 'You changed the request, so someone else must approve it.' };
    if (subject.actor.type !== 'user')
      return { code: 'forbidden', message: 'An API key cannot approve this. A person must sign in.' };
    const tookPart =
      isSame(subject, run.started_by_id, run.started_by_person) ||
      accepted.some((each) => each.step_run_id !== row.id && isSame(subject, each.actor_id, each.person));
    return tookPart
      ? { code: 'forbidden', message: 'You took part in this run, so someone else must approve.' }
      : null;
  },
  view: (step, { row, votes }) => ({
    approvals: {
      required: step.required,
      digest: row.covers?.digest ?? null,
      given: votesNow(row, votes).map((vote) => ({
        by: actorOf(vote),
        outcome: vote.outcome,
        reason: vote.reason,
        at: (vote.decided_at ?? vote.created_at).toISOString(),
      })),
    },
    covers: (row.covers?.calls ?? []).map(({ nonce: _nonce, base: _base, ...shown }) => shown),
  }),
  dryRun: async (_, { who, covers }) => {
    const what = covers.map(({ title }) => title).join(', ');
    return { result: 'would_wait', message: `Waits for ${who}${what && ` to approve ${what}`}` };
  },
};

/** Votes are for the requests that the approval shows: those for other requests do not count. */
const votesNow = (row: StepRow, completions: readonly CompletionRow[]): CompletionRow[] =>
  completions.filter(
    ({ outcome, preview_digest }) =>
      outcome === 'rejected' || (outcome === 'approved' && preview_digest === (row.covers?.digest ?? null)),
  );
