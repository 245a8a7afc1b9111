import type { JsonValue } from '../../../platform/json.ts';
import { bare, expressionsIn } from '../../../platform/server/expressions.ts';
import type { Step } from '../../steps/registry.ts';
import type { Assignee } from '../../steps/step-common.ts';
import { templateExpressions } from '../../steps/template-expressions.ts';

/** A place of a step that holds expressions. */
export interface ExpressionField {
  /** JSON Pointer from the step. */
  path: string;
  /** The expressions without `${{ }}`. */
  texts: string[];
  /** One expression, and nothing around it. */
  whole: boolean;
  /** A `${{` that is never closed. */
  open: boolean;
  /** What it has to come to. */
  gives: 'anything' | 'condition' | 'choice';
  /** What it may speak of. */
  roots: readonly string[];
}

export const scopeRoots = ['exception', 'input', 'steps', 'run'] as const;

/** Every expression of a step itself; those of steps inside are theirs. */
export function stepExpressions(step: Step): ExpressionField[] {
  const fields = [expression('/when', step.when, 'condition')];
  if (step.type === 'decision') fields.push(expression('/choose', step.choose, 'choice'));
  if (step.type === 'wait') {
    fields.push(expression('/until', step.until, 'anything'));
    fields.push(expression('/match', step.match, 'condition', [...scopeRoots, 'event']));
  }
  if (step.type === 'call_tool' && step.probe)
    fields.push(expression('/probe/happened', step.probe.happened, 'condition', ['output']));
  return [
    ...fields.filter((field) => field !== null),
    ...templatesOf(step).flatMap(({ path, template }) => templateFields(template, path)),
  ];
}

export function expression(
  path: string,
  text: string | undefined,
  gives: ExpressionField['gives'],
  roots: readonly string[] = scopeRoots,
): ExpressionField | null {
  return text === undefined ? null : { path, texts: [bare(text)], whole: true, open: false, gives, roots };
}

/** The strings of a template that hold expressions. */
export function templateFields(template: JsonValue, path: string): ExpressionField[] {
  return templateExpressions(template, path).map((found) => ({
    path: found.path,
    ...expressionsIn(found.text),
    gives: 'anything',
    roots: scopeRoots,
  }));
}

function templatesOf(step: Step): { path: string; template: JsonValue }[] {
  const people = stepPeople(step).flatMap(({ path, assignee }) =>
    assignee.user === undefined ? [] : [{ path: `${path}/user`, template: assignee.user }],
  );
  switch (step.type) {
    case 'call_tool':
      return [
        { path: '/input', template: step.input },
        ...(step.probe ? [{ path: '/probe/input', template: step.probe.input }] : []),
        ...people,
      ];
    case 'playbook':
      return [{ path: '/input', template: step.input }];
    case 'notify':
      return [{ path: '/message', template: step.message }, ...people];
    default:
      return people;
  }
}

/** Everybody whom a step names, with their place. */
export function stepPeople(step: Step): { path: string; assignee: Assignee }[] {
  const people: { path: string; assignee: Assignee }[] = [];
  if (step.type === 'notify') people.push({ path: '/to', assignee: step.to });
  if ('assignee' in step && step.assignee) people.push({ path: '/assignee', assignee: step.assignee });
  if ('escalation' in step)
    for (const [index, { to }] of step.escalation.entries())
      people.push({ path: `/escalation/${index}/to`, assignee: to });
  if (step.type === 'approval')
    for (const [index, assignee] of step.approvers.entries())
      people.push({ path: `/approvers/${index}`, assignee });
  return people;
}
