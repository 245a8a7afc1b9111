import { isSame, type Subject, whyNotKey } from '../../../identity/subject.ts';
import { onlyDid } from '../../db/participants.ts';
import type { CompletionRow } from '../../db/step-completions.ts';
import type { StepRow } from '../../db/step-runs.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import { actorOf, isCandidate, onlyWords } from '../../server/step-subject.ts';
import type { ApprovalStep } from './definition.ts';

export const approval: StepRunner<ApprovalStep> = {
  open: async () => ({ change: { status: 'waiting' } }),
  complete(step, { row, completion, votes }) {
    if (completion.outcome === 'rejected') {
      const before = votesNow(row, votes).find((vote) => isPerson(vote, completion.person))?.outcome;
      return {
        change: { status: step.onReject === 'abort' ? 'failed' : 'completed', outcome: 'rejected' },
        events: [{ type: 'StepRejected', data: { ...(before && { before }) } }],
      };
    }
    const given = new Set([...votesNow(row, votes), completion].map(({ person }) => person)).size;
    return {
      change:
        given >= step.required ? { status: 'completed', output: completion.input } : { status: 'waiting' },
      events: [{ type: 'StepApproved', data: { votes: given } }],
    };
  },
  refuse(step, { row, accepted, participants }, subject, outcome) {
    const refused = whyNotKey(subject, (held) => isCandidate(row, held), onlyWords(row));
    if (refused) return { code: 'forbidden', message: refused };
    const votes = accepted.filter((each) => each.step_run_id === row.id);
    // Who approved may still reject.
    if (outcome !== 'rejected' && ownVote(row, votes, subject))
      return { code: 'conflict', message: 'You have approved this already. Someone else must approve too.' };
    if (!step.noSelfApproval) return null;
    if (row.covers?.proposers.some(({ id, person }) => isSame(subject, id, person)))
      return { code: 'forbidden', message: 'You changed the request, so someone else must approve it.' };
    const tookPart = participants.some(
      (each) => isSame(subject, each.actorId, each.person) && !onlyDid(each, row.id),
    );
    return tookPart
      ? {
          code: 'forbidden',
          message: 'You took part in this run or edited its case, so someone else must approve.',
        }
      : null;
  },
  ownVote,
  view: (step, { row, votes, mayChange }) => ({
    approvals: {
      required: step.required,
      digest: row.covers?.digest ?? null,
      given: votesNow(row, votes).map((vote) => ({
        by: actorOf(vote),
        outcome: vote.outcome,
        reason: vote.reason,
        at: (vote.decided_at ?? vote.created_at).toISOString(),
      })),
      mayChange,
    },
    covers: (row.covers?.calls ?? []).map(({ nonce: _nonce, base: _base, ...shown }) => shown),
  }),
  dryRun: async (_, { who, covers }) => {
    const what = covers.map(({ title }) => title).join(', ');
    return { result: 'would_wait', message: `Waits for ${who}${what && ` to approve ${what}`}` };
  },
};

const isPerson = (vote: CompletionRow, person: string | null): boolean =>
  person !== null && vote.person === person;

/**
 * Votes are for the requests that the approval shows: those for other requests do not count, and neither do those by an
 * API key for which no one was accountable. A retry of the step is no vote. Of a person who approved and then rejected, the
 * rejection counts.
 */
function votesNow(row: StepRow, completions: readonly CompletionRow[]): CompletionRow[] {
  const counted = completions.filter(
    ({ outcome, person, preview_digest }) =>
      outcome === 'rejected' ||
      (outcome === 'approved' && person !== null && preview_digest === (row.covers?.digest ?? null)),
  );
  return counted.filter(
    ({ person }, at) =>
      !counted.slice(at + 1).some((later) => later.outcome === 'rejected' && isPerson(later, person)),
  );
}

function ownVote(row: StepRow, votes: readonly CompletionRow[], subject: Subject): CompletionRow | undefined {
  return votesNow(row, votes).find((vote) => isSame(subject, vote.actor_id, vote.person));
}
