import type { StepRow } from '../db/step-runs.ts';
import type { PlacedStep } from '../playbook-document.ts';
import type { StepView } from '../run-schemas.ts';
import { definitionOf, type Step, stepGroups } from '../steps/registry.ts';

/**
 * Why a run does not come to a step: the first of the steps around it, or the step itself, whose condition was false, or
 * that chose another option.
 */
export function whyNotTaken(
  { step, inside }: PlacedStep,
  stepOf: (stepId: string) => Step | undefined,
  rowOf: (stepId: string) => Pick<StepRow, 'status' | 'outcome'> | undefined,
): StepView['notTaken'] {
  for (const { stepId, groupId } of [...inside, { stepId: step.id, groupId: null }]) {
    const at = stepId === step.id ? step : stepOf(stepId);
    const row = rowOf(stepId);
    if (!at || !row) continue;
    const { id, title } = at;
    if (row.status === 'skipped' && row.outcome === 'condition')
      return { stepId: id, title, when: bare(at.when), chosen: null };
    const isChoice = groupId !== null && definitionOf(at).inside?.together === false;
    if (isChoice && row.status === 'completed' && row.outcome !== groupId) {
      const chosen = stepGroups(at).find((group) => group.id === row.outcome);
      return { stepId: id, title, when: null, chosen: chosen?.title ?? row.outcome };
    }
  }
  return null;
}

/** An expression without its marks. */
const bare = (expression: string | undefined): string | null =>
  expression === undefined ? null : expression.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').trim();
