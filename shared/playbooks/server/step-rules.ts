import { anyoneWith, isSystem } from '../../identity/roles.ts';
import type { Subject } from '../../identity/subject.ts';
import { agoWords } from '../../platform/ago-words.ts';
import type { ExpressionError } from '../../platform/server/expressions.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { StepRow } from '../db/step-runs.ts';
import { definitionOf, type Step, stepOutcomes } from '../steps/registry.ts';
import { abortOutcome, type StepOutcome, skipOutcome } from '../steps/step-definition.ts';
import type { Involved } from './involved.ts';
import { runnerOf } from './step-runners.ts';
import { isCandidate, onlyWords, type Refusal } from './step-subject.ts';

/** "Any approver", "Ana or any approver": the people a step waits for. */
export const waitingOn = (row: StepRow): string => peopleOf(row).replace(/^any /, 'Any ');

/** The same inside a sentence: "any approver". */
export function peopleOf(row: StepRow): string {
  if (row.claimed_by_name) return row.claimed_by_name;
  const assignee = row.assignee_name ?? row.assignee_user;
  const users = row.candidate_users.filter((user) => user !== row.assignee_user);
  const all = [...(assignee ? [assignee] : []), ...users, ...row.candidate_roles.map(anyoneWith)];
  return all.join(' or ') || 'no one';
}

/** "Already completed by Ana, 12 s ago." */
export function alreadyDone(row: StepRow, now: Date = new Date()): string {
  const by = row.completed_by_name ?? 'Playbook';
  const ago = row.completed_at ? `, ${agoWords(now.getTime() - row.completed_at.getTime())}` : '';
  return `Already ${row.status} by ${by}${ago}.`;
}

/** Whether the step accepts a completion now, from anyone. */
export function refusedByState(run: RunRow, row: StepRow): Refusal | null {
  if (row.status === 'running')
    return { code: 'conflict', message: `${row.title} is running. Wait for its result.` };
  if (row.status !== 'waiting' && row.status !== 'outcome_unknown')
    return { code: 'conflict', message: alreadyDone(row) };
  if (run.status !== 'running' && run.status !== 'waiting')
    return { code: 'conflict', message: `The run has ended (${run.status}).` };
  if (run.paused_at) {
    // People end a reason as a sentence, or not.
    const why = run.pause_reason ? `: ${run.pause_reason.replace(/\.$/, '')}` : '';
    return { code: 'conflict', message: `The run is paused by ${run.paused_by ?? 'someone'}${why}.` };
  }
  return null;
}

/**
 * Whether this subject may complete the step. Every door checks it, and the worker checks it again.
 * @param sent the outcome that they choose; undefined: any
 */
export function refusedBySubject(
  step: Step,
  situation: { run: RunRow; row: StepRow } & Involved,
  subject: Subject,
  sent?: string,
): Refusal | null {
  const { row } = situation;
  const { votes } = definitionOf(step);
  const { actor } = subject;
  if (row.claimed_by_id && row.claimed_by_id !== actor.id && !votes)
    return { code: 'conflict', message: `${row.claimed_by_name} has claimed this step. Take it over first.` };
  if (isSystem(actor))
    return votes ? { code: 'forbidden', message: 'An approval needs an identified person.' } : null;
  if (!isCandidate(row, subject)) return { code: 'forbidden', message: onlyWords(row) };
  const outcome = outcomesNow(step, row).find(({ id, alias }) => id === sent || alias === sent)?.id;
  return votes ? (runnerOf(step).refuse?.(step, situation, subject, outcome) ?? null) : null;
}

/** `failure_code` of a step with an expression that failed when it opened. */
export const expressionFailed = 'expression_error';
/** `failure_code` of a call that waits until its request is approved. */
export const notApproved = 'not_approved';
const retryOutcome: StepOutcome = { id: 'retry', title: 'Try again', needsReason: false, takesInput: false };

/** Who resolves a step that could not be opened: operators, but an approval stays with approvers. */
export function stuckColumns(step: Step, { message, path }: ExpressionError) {
  const { votes, defaultRole } = definitionOf(step);
  const role = votes && defaultRole ? defaultRole : 'operator';
  return {
    assignee_role: role,
    assignee_user: null,
    assignee_name: null,
    candidate_roles: [role],
    candidate_users: [],
    failure_code: expressionFailed,
    failure_message: `${message}${path ? ` (${path})` : ''}.`,
  };
}

/** How the step can be completed now. */
export function outcomesNow(step: Step, row: Pick<StepRow, 'status' | 'failure_code'>): StepOutcome[] {
  if (row.failure_code === expressionFailed)
    return definitionOf(step).votes
      ? [retryOutcome, abortOutcome]
      : [retryOutcome, skipOutcome, abortOutcome];
  if (row.status === 'outcome_unknown') return stepOutcomes(step, 'outcome_unknown');
  if (row.status !== 'waiting') return [];
  const failed = row.failure_code !== null && row.failure_code !== notApproved;
  return stepOutcomes(step, failed ? 'failed' : 'open');
}
