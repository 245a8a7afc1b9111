import { onlyDid } from '../../db/participants.ts';
import type { CompletionRow } from '../../db/step-completions.ts';
import type { StepRow } from '../../db/step-runs.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import {
  actorOf,
  isCandidate,
  isSame,
  onlyWords,
  type Refusal,
  type Subject,
} from '../../server/step-subject.ts';
import type { ApprovalStep } from './definition.ts';

export const approval: StepRunner<ApprovalStep> = {
  open: async () => ({ change: { status: 'waiting' } }),
  complete(step, { completion, votes }) {
    if (completion.outcome === 'rejected')
      return {
        change: { status: step.onReject === 'abort' ? 'failed' : 'completed', outcome: 'rejected' },
        events: [{ type: 'StepRejected' }],
      };
    const given = new Set([...votes.filter(counts), completion].map(({ person }) => person)).size;
    return {
      change:
        given >= step.required ? { status: 'completed', output: completion.input } : { status: 'waiting' },
      events: [{ type: 'StepApproved', data: { votes: given } }],
    };
  },
  refuse(step, { row, accepted, participants }, subject) {
    const refused = refusedKey(row, subject);
    if (refused) return refused;
    const votes = accepted.filter((each) => each.step_run_id === row.id && counts(each));
    if (votes.some((vote) => isSame(subject, vote.actor_id, vote.person)))
      return { code: 'conflict', message: 'You have approved this already. Someone else must approve too.' };
    const tookPart =
      step.noSelfApproval &&
      participants.some((each) => isSame(subject, each.actorId, each.person) && !onlyDid(each, row.id));
    return tookPart
      ? {
          code: 'forbidden',
          message: 'You took part in this run or edited its case, so someone else must approve.',
        }
      : null;
  },
  view: (step, { votes }) => ({
    approvals: {
      required: step.required,
      given: votes
        .filter((vote) => counts(vote) || vote.outcome === 'rejected')
        .map((vote) => ({
          by: actorOf(vote),
          outcome: vote.outcome,
          reason: vote.reason,
          at: (vote.decided_at ?? vote.created_at).toISOString(),
        })),
    },
  }),
  dryRun: async (_, { who }) => ({ result: 'would_wait', message: `Waits for ${who}` }),
};

/** An approval by someone who is known. A retry of the step is no vote. */
const counts = ({ outcome, person }: CompletionRow): boolean => outcome === 'approved' && person !== null;

/** An API key votes as the person who is accountable for it, who must be allowed to vote too. */
function refusedKey(row: StepRow, { actor, person, accountableRoles }: Subject): Refusal | null {
  if (actor.type !== 'api_key') return null;
  if (person === null || accountableRoles === null)
    return {
      code: 'forbidden',
      message: 'This API key cannot approve, because no member is accountable for it. Sign in to approve.',
    };
  return accountableRoles && !isCandidate(row, { roles: accountableRoles, person })
    ? {
        code: 'forbidden',
        message: `${onlyWords(row)} ${person}, who is accountable for this API key, cannot.`,
      }
    : null;
}
