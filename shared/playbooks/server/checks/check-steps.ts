import { durationMs } from '../../../platform/duration.ts';
import type { Issue } from '../../../platform/error-codes.ts';
import { checkSchema } from '../../../platform/server/json-schema.ts';
import { maxSteps, type PlacedStep, type PlaybookDocument } from '../../playbook-document.ts';
import { definitionOf, type Step, stepGroups } from '../../steps/registry.ts';
import type { HumanFields } from '../../steps/step-common.ts';
import { issue } from '../../steps/step-definition.ts';
import { stepPeople } from './step-expressions.ts';

/** Problems within each step, and ids that are used twice. */
export async function checkSteps(
  document: PlaybookDocument,
  placed: readonly PlacedStep[],
  tenantId: string,
): Promise<Issue[]> {
  const issues: Issue[] = await checkInputSchema(document, tenantId);
  if (placed.length > maxSteps) {
    const message = `A playbook has at most ${maxSteps} steps; this one has ${placed.length}`;
    issues.push(issue('/steps', message, 'max_steps'));
  }
  const seen = new Map<string, number>();
  for (const { step, number, path } of placed) {
    const before = seen.get(step.id);
    if (before === undefined) seen.set(step.id, number);
    else issues.push(issue(`${path}/id`, `Step ${before} already has the id ${step.id}`, 'unique'));
    issues.push(...(await checkStep(step, tenantId)).map((each) => ({ ...each, path: path + each.path })));
  }
  return issues;
}

async function checkInputSchema({ inputSchema }: PlaybookDocument, tenantId: string): Promise<Issue[]> {
  const types = [inputSchema.type ?? 'object'].flat();
  const own = types.includes('object') ? [] : [issue('/inputSchema/type', 'An input is an object', 'type')];
  return [...(await checkSchema(inputSchema, '/inputSchema', tenantId)), ...own];
}

/** Paths are relative to the step. */
async function checkStep(step: Step, tenantId: string): Promise<Issue[]> {
  const definition = definitionOf(step);
  const form = definition.form(step);
  const human = definition.human(step);
  return [
    ...checkGroups(step),
    ...(human ? checkTimes(human) : []),
    ...checkPeople(step),
    ...(form ? await checkSchema(form, '/form', tenantId) : []),
    ...definition.check(step),
  ];
}

function checkGroups(step: Step): Issue[] {
  const groups = stepGroups(step);
  return groups.flatMap(({ id, path }, index) =>
    groups.findIndex((other) => other.id === id) < index
      ? [issue(`${path}/id`, `${id} is used twice`, 'unique')]
      : [],
  );
}

function checkTimes({ reminder, due }: HumanFields): Issue[] {
  if (reminder === undefined) return [];
  if (due === undefined) return [issue('/reminder', 'A reminder needs a due date: set due', 'reminder')];
  return (durationMs(reminder) ?? 0) >= (durationMs(due) ?? 0)
    ? [issue('/reminder', 'The reminder must be shorter than due, or it is sent immediately', 'reminder')]
    : [];
}

function checkPeople(step: Step): Issue[] {
  return stepPeople(step).flatMap(({ path, assignee: { user } }) =>
    user === undefined || user.includes('${{') || isAddress(user)
      ? []
      : [issue(`${path}/user`, 'Use an email address, or an expression that gives one', 'user')],
  );
}

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);
