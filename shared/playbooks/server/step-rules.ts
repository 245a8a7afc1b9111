import { type Actor, hasRole, type Role } from '../../identity/roles.ts';
import type { ErrorCode } from '../../platform/error-codes.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { CompletionRow } from '../db/step-completions.ts';
import type { StepRow } from '../db/step-runs.ts';
import { failedToolOutcomes, unknownToolOutcomes } from '../steps/call-tool/definition.ts';
import { type Step, stepOutcomes } from '../steps/registry.ts';
import { type StepOutcome, skipOutcome } from '../steps/step-common.ts';

/** Who wants to complete a step. */
export interface Subject {
  actor: Actor;
  roles: readonly Role[];
  person: string | null;
}

export interface Refusal {
  code: ErrorCode;
  message: string;
}

/** "Ana or role approver": for whom the step waits. */
export function waitingOn(row: StepRow): string {
  if (row.claimed_by_name) return row.claimed_by_name;
  const assignee = row.assignee_name ?? row.assignee_user;
  const roles = row.candidate_roles.map((role) => `role ${role}`);
  const users = row.candidate_users.filter((user) => user !== row.assignee_user);
  return [...(assignee ? [assignee] : []), ...users, ...roles].join(' or ') || 'nobody';
}

/** "Already completed by Ana, 12 s ago." */
export function alreadyDone(row: StepRow, now: Date = new Date()): string {
  const by = row.completed_by_name ?? 'Playbook';
  const ago = row.completed_at ? `, ${agoWords(now.getTime() - row.completed_at.getTime())}` : '';
  return `Already ${row.status} by ${by}${ago}.`;
}

/** "12 s ago", "3 min ago". */
function agoWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

/** Whether the step takes a completion at all now, whoever sends it. */
export function refusedByState(run: RunRow, row: StepRow): Refusal | null {
  if (row.status === 'running') {
    return { code: 'conflict', message: `${row.title} is running; see what it comes to.` };
  }
  if (row.status !== 'waiting' && row.status !== 'outcome_unknown')
    return { code: 'conflict', message: alreadyDone(row) };
  if (run.status !== 'running' && run.status !== 'waiting')
    return { code: 'conflict', message: `The run has ended (${run.status}).` };
  if (run.paused_at) {
    const why = run.pause_reason ? `: ${run.pause_reason}` : '';
    return { code: 'conflict', message: `The run is paused by ${run.paused_by ?? 'somebody'}${why}.` };
  }
  return null;
}

/** Whether this subject may complete the step; every door asks this, and the worker once more. */
export function refusedBySubject(
  step: Step,
  { run, row, accepted }: { run: RunRow; row: StepRow; accepted: CompletionRow[] },
  subject: Subject,
): Refusal | null {
  const approval = step.type === 'approval' && row.failure_code === null;
  const { actor } = subject;
  if (row.claimed_by_id && row.claimed_by_id !== actor.id && !approval)
    return { code: 'conflict', message: `${row.claimed_by_name} has claimed this step. Take it over first.` };
  if (actor.type === 'system')
    return approval ? { code: 'forbidden', message: 'An approval needs a person who is known.' } : null;
  if (!isCandidate(row, subject)) return { code: 'forbidden', message: missingWords(row) };
  if (!approval) return null;
  const votes = accepted.filter((each) => each.step_run_id === row.id);
  if (votes.some((vote) => isSame(subject, vote.actor_id, vote.person)))
    return { code: 'conflict', message: 'You have approved this already; it takes somebody else too.' };
  if (!step.noSelfApproval) return null;
  if (actor.type !== 'user')
    return {
      code: 'forbidden',
      message: 'An API key cannot approve here: a person has to, in their own name.',
    };
  const own =
    isSame(subject, run.started_by_id, run.started_by_person) ||
    accepted.some((each) => each.step_run_id !== row.id && isSame(subject, each.actor_id, each.person));
  return own
    ? { code: 'forbidden', message: 'You took part in what is to be approved: somebody else has to.' }
    : null;
}

function isCandidate(row: StepRow, { roles, person }: Subject): boolean {
  return (
    (person !== null && row.candidate_users.includes(person)) ||
    row.candidate_roles.some((role) => hasRole(roles, role as Role))
  );
}

function missingWords(row: StepRow): string {
  const roles = row.candidate_roles.map((role) => `the role ${role}`);
  if (row.candidate_users.length === 0) return `This needs ${roles.join(' or ')}.`;
  return `This step is for ${[...row.candidate_users, ...roles].join(' or ')}.`;
}

const isSame = (subject: Subject, actorId: string, person: string | null): boolean =>
  subject.actor.id === actorId || (subject.person !== null && subject.person === person);

/** A step that could not be opened as it is written: somebody looks at it. */
export const expressionFailed = 'expression_error';
const stuckOutcomes: StepOutcome[] = [
  { id: 'retry', title: 'Try again', needsReason: false, takesInput: false },
  skipOutcome,
  { id: 'abort', title: 'Abort the run', needsReason: true, takesInput: false },
];

/** How the step can be completed as it stands. */
export function outcomesNow(step: Step, row: Pick<StepRow, 'status' | 'failure_code'>): StepOutcome[] {
  if (row.failure_code === expressionFailed) return stuckOutcomes;
  if (step.type !== 'call_tool') return row.status === 'waiting' ? stepOutcomes(step) : [];
  if (row.status === 'outcome_unknown') return unknownToolOutcomes(step);
  if (row.status !== 'waiting') return [];
  const usual = stepOutcomes(step);
  if (row.failure_code === null) return usual;
  return [...usual, ...failedToolOutcomes.filter((each) => !usual.some(({ id }) => id === each.id))];
}
