import type { Issue } from '../../../platform/error-codes.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import type { PlacedStep } from '../../playbook-document.ts';
import { type Step, stepOutcomes } from '../../steps/registry.ts';
import { type Comparison, type ExpressionFacts, expressionFacts } from './expression-facts.ts';
import { type ReferenceSource, resolveReference } from './scope-schemas.ts';
import { type ExpressionField, expression, stepExpressions } from './step-expressions.ts';

/** Expressions that cannot be read, name what is not there, or can come to nothing but a mistake. */
export function checkExpressions(source: ReferenceSource): Issue[] {
  const triggers = source.document.triggers.flatMap(({ when }, index) => {
    const field = expression('/when', when, 'condition', ['exception']);
    return field ? checkField(source, null, pointer('/triggers', index), field) : [];
  });
  return [
    ...triggers,
    ...source.placed.flatMap((placed) =>
      stepExpressions(placed.step).flatMap((field) => checkField(source, placed, placed.path, field)),
    ),
  ];
}

function checkField(
  source: ReferenceSource,
  from: PlacedStep | null,
  base: string,
  field: ExpressionField,
): Issue[] {
  const path = base + field.path;
  const issue = (message: string, keyword: string): Issue => ({ path, message, keyword });
  if (field.open) return [issue('A ${{ is never closed by }}', 'expression')];
  return field.texts.flatMap((text) => {
    const read = expressionFacts(text);
    if ('problem' in read) return [issue(read.problem, 'expression')];
    const { facts } = read;
    const outcomes = facts.comparisons
      .map((each) => outcomeProblem(source, each))
      .filter((problem) => problem !== null);
    return [
      ...referenceProblems(source, from, field, facts).map((problem) => issue(problem, 'reference')),
      ...outcomes.map((problem) => issue(problem, 'unreachable')),
      ...valueProblems(from?.step ?? null, field, facts).map((problem) => issue(problem, 'unreachable')),
    ];
  });
}

function referenceProblems(
  source: ReferenceSource,
  from: PlacedStep | null,
  { path, roots }: ExpressionField,
  { references }: ExpressionFacts,
): string[] {
  const problems = references.map(({ names }) => {
    const found = resolveReference(source, from, names, { roots, probe: probeOutput(source, from, path) });
    if ('problem' in found) return found.problem;
    return found.secret ? `${names.join('.')} is secret: it is not kept, so nothing can use it` : null;
  });
  return [...new Set(problems.filter((problem) => problem !== null))];
}

function probeOutput(
  { catalog }: ReferenceSource,
  from: PlacedStep | null,
  path: string,
): Record<string, unknown> | null {
  if (path !== '/probe/happened' || from?.step.type !== 'call_tool' || !from.step.probe) return null;
  const tool = catalog.tool(from.step.probe.tool);
  return tool === null || tool === 'no_version' ? null : (tool.definition.outputSchema ?? null);
}

/** How steps of a type may end besides the ways in which people complete them. */
const furtherOutcomes: Record<Step['type'], string[]> = {
  call_tool: ['failed', 'happened', 'did_not_happen'],
  manual: [],
  approval: [],
  decision: [],
  wait: ['elapsed', 'timed_out'],
  notify: ['sent'],
  parallel: ['completed'],
  playbook: ['completed', 'failed', 'cancelled'],
};

function outcomeProblem({ byId }: ReferenceSource, { names, literal }: Comparison): string | null {
  const [root, stepId = '', field, property] = names;
  const step = root === 'steps' ? byId.get(stepId)?.step : undefined;
  if (!step) return null;
  if (names.length === 3 && field === 'outcome') {
    const own = [...stepOutcomes(step).map(({ id }) => id), ...furtherOutcomes[step.type]];
    if ([...own, 'skip', 'abort', 'condition'].includes(literal)) return null;
    return `${stepId} never ends with ${literal}: only with ${own.join(', ')}`;
  }
  if (names.length === 4 && field === 'output' && property === 'option' && step.type === 'decision') {
    const options = step.options.map(({ id }) => id);
    return options.includes(literal)
      ? null
      : `${stepId} has no option ${literal}: only ${options.join(', ')}`;
  }
  return null;
}

function valueProblems(
  step: Step | null,
  { gives }: ExpressionField,
  { literals }: ExpressionFacts,
): string[] {
  if (literals === null) return [];
  if (gives === 'condition') {
    if (literals.some((each) => typeof each !== 'boolean'))
      return ['A condition gives true or false, and this gives something else'];
    return literals.includes(true) ? [] : ['This is never true'];
  }
  if (gives !== 'choice' || step?.type !== 'decision') return [];
  const options = step.options.map(({ id }) => id);
  return literals
    .filter((each) => typeof each !== 'string' || !options.includes(each))
    .map((each) => `${step.id} has no option ${String(each)}: only ${options.join(', ')}`);
}
