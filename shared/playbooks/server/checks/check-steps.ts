import { durationMs } from '../../../platform/duration.ts';
import type { Issue } from '../../../platform/error-codes.ts';
import { checkSchema } from '../../../platform/server/json-schema.ts';
import { maxSteps, type PlacedStep, type PlaybookDocument } from '../../playbook-document.ts';
import type { ApprovalStep } from '../../steps/approval/definition.ts';
import type { DecisionStep } from '../../steps/decision/definition.ts';
import { type Step, stepGroups } from '../../steps/registry.ts';
import type { WaitStep } from '../../steps/wait/definition.ts';
import { stepPeople } from './step-expressions.ts';

/** What each step says for itself, and that no two are called the same. */
export function checkSteps(document: PlaybookDocument, placed: readonly PlacedStep[]): Issue[] {
  const issues: Issue[] = [...checkInputSchema(document)];
  if (placed.length > maxSteps) {
    const message = `A playbook has at most ${maxSteps} steps; this one has ${placed.length}`;
    issues.push({ path: '/steps', message, keyword: 'max_steps' });
  }
  const seen = new Map<string, number>();
  for (const { step, number, path } of placed) {
    const before = seen.get(step.id);
    if (before !== undefined)
      issues.push({
        path: `${path}/id`,
        message: `Step ${before} is called ${step.id} too`,
        keyword: 'unique',
      });
    else seen.set(step.id, number);
    issues.push(...checkStep(step).map((issue) => ({ ...issue, path: path + issue.path })));
  }
  return issues;
}

function checkInputSchema({ inputSchema }: PlaybookDocument): Issue[] {
  const { type } = inputSchema;
  const fits = type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object'));
  const own = fits ? [] : [issue('/inputSchema/type', 'An input is an object', 'type')];
  return [...checkSchema(inputSchema, '/inputSchema'), ...own];
}

/** Places are those of the step. */
function checkStep(step: Step): Issue[] {
  return [
    ...checkGroups(step),
    ...checkTimes(step),
    ...checkPeople(step),
    ...('form' in step && step.form ? checkSchema(step.form, '/form') : []),
    ...(step.type === 'wait' ? checkWait(step) : []),
    ...(step.type === 'approval' ? checkApproval(step) : []),
    ...(step.type === 'decision' ? checkDecision(step) : []),
  ];
}

function checkGroups(step: Step): Issue[] {
  const groups = stepGroups(step);
  return groups.flatMap(({ id, path }, index) =>
    groups.findIndex((other) => other.id === id) < index
      ? [issue(path.replace(/steps$/, 'id'), `${id} is there twice`, 'unique')]
      : [],
  );
}

function checkTimes(step: Step): Issue[] {
  if (!('reminder' in step) || step.reminder === undefined) return [];
  if (step.due === undefined)
    return [issue('/reminder', 'A reminder comes before it is due: say when that is', 'reminder')];
  return (durationMs(step.reminder) ?? 0) >= (durationMs(step.due) ?? 0)
    ? [issue('/reminder', 'This is as long as the step has: the reminder would come at once', 'reminder')]
    : [];
}

function checkPeople(step: Step): Issue[] {
  return stepPeople(step).flatMap(({ path, assignee: { user } }) =>
    user === undefined || user.includes('${{') || isAddress(user)
      ? []
      : [issue(`${path}/user`, 'Write an e-mail address, or an expression that gives one', 'user')],
  );
}

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);

function checkWait(step: WaitStep): Issue[] {
  const ways = (['for', 'until', 'event'] as const).filter((way) => step[way] !== undefined);
  const issues: Issue[] = [];
  if (ways.length === 0) issues.push(issue('', 'Say what it waits for: one of for, until and event', 'wait'));
  for (const way of ways.slice(1))
    issues.push(issue(`/${way}`, `It waits for one thing, and ${ways[0]} is given already`, 'wait'));
  if (step.event !== undefined) return issues;
  for (const key of ['match', 'timeout'] as const)
    if (step[key] !== undefined) issues.push(issue(`/${key}`, 'This is only for an event', 'wait'));
  return issues;
}

function checkApproval({ required, assignee, approvers }: ApprovalStep): Issue[] {
  const users = [assignee, ...approvers].map((each) => each?.user?.toLowerCase());
  // Without an assignee it is for a role, and anybody may hold a role.
  if (users.some((user) => user === undefined)) return [];
  const possible = new Set(users).size;
  if (possible >= required) return [];
  const who = possible === 1 ? 'only one person may' : `only ${possible} people may`;
  return [issue('/required', `It takes ${required} approvals, and ${who} approve`, 'approvers')];
}

/** Ways to end that every step has: an option of this name could not be told from them. */
const taken = ['skip', 'abort', 'retry', 'condition'];

function checkDecision({ options }: DecisionStep): Issue[] {
  return options.flatMap(({ id }, index) =>
    taken.includes(id)
      ? [issue(`/options/${index}/id`, `${id} means something else already`, 'reserved')]
      : [],
  );
}

function issue(path: string, message: string, keyword: string): Issue {
  return { path, message, keyword };
}
