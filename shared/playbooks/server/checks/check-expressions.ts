import type { Issue } from '../../../platform/error-codes.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import type { Comparison, ExpressionFacts } from '../../../platform/server/expressions/expression-facts.ts';
import type { PlacedStep } from '../../playbook-document.ts';
import { definitionOf, type Step, stepGroups, stepOutcomes } from '../../steps/registry.ts';
import { expressionAt } from '../../steps/step-definition.ts';
import { mixedWords, mixesCalls } from './mixed-references.ts';
import { type ReferenceSource, resolveReference, toolOutput } from './scope-schemas.ts';
import { type ExpressionField, fieldsOf, stepExpressions } from './step-expressions.ts';

/** Expressions that cannot be parsed, name something that does not exist, or can only fail. */
export function checkExpressions(source: ReferenceSource): Issue[] {
  const triggers = source.document.triggers.flatMap(({ when }, index) => {
    const fields = expressionAt('/when', 'condition', when, { roots: ['exception'] }).flatMap(fieldsOf);
    return fields.flatMap((field) => checkField(source, null, pointer('/triggers', index), field));
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
  if (field.open) return [issue('${{ has no closing }}', 'expression')];
  return field.texts.flatMap((text) => {
    const read = source.expressions(text);
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
  { roots, outputOf, callsOf }: ExpressionField,
  { references }: ExpressionFacts,
): string[] {
  const output = outputOf ? toolOutput(source.catalog, outputOf) : null;
  const problems = references.map(({ names }) => {
    const found = resolveReference(source, from, names, { roots, output, callsOf });
    if ('problem' in found) return found.problem;
    return found.secret
      ? `${names.join('.')} is secret: it is not stored, so expressions cannot use it`
      : null;
  });
  const mixed = callsOf && mixesCalls(references) ? [mixedWords] : [];
  return [...new Set([...problems.filter((problem) => problem !== null), ...mixed])];
}

function outcomeProblem({ byId }: ReferenceSource, { names, literal }: Comparison): string | null {
  const [root, stepId = '', field, property] = names;
  const step = root === 'steps' ? byId.get(stepId)?.step : undefined;
  if (!step) return null;
  if (names.length === 3 && field === 'outcome') {
    const own = [...stepOutcomes(step).map(({ id }) => id), ...definitionOf(step).furtherOutcomes];
    if ([...own, 'skip', 'abort', 'condition'].includes(literal)) return null;
    return `${stepId} has no outcome ${literal}: only ${own.join(', ')}`;
  }
  const { inside } = definitionOf(step);
  if (names.length !== 4 || field !== 'output' || !inside || property !== inside.noun) return null;
  return groupProblem(step, literal);
}

function valueProblems(
  step: Step | null,
  { kind }: ExpressionField,
  { literals }: ExpressionFacts,
): string[] {
  if (literals === null) return [];
  if (kind === 'condition') {
    if (literals.some((each) => typeof each !== 'boolean')) return ['A condition must be true or false'];
    return literals.includes(true) ? [] : ['This condition is never true'];
  }
  if (kind !== 'choice' || !step) return [];
  return literals.map((each) => groupProblem(step, each)).filter((problem) => problem !== null);
}

function groupProblem(step: Step, chosen: unknown): string | null {
  const groups = stepGroups(step).map(({ id }) => id);
  if (groups.some((id) => id === chosen)) return null;
  const noun = definitionOf(step).inside?.noun ?? 'group';
  return `${step.id} has no ${noun} ${String(chosen)}: only ${groups.join(', ')}`;
}
