import type { Issue } from '../../../platform/error-codes.ts';
import type { PlaybookDocument } from '../../playbook-document.ts';
import { definitionOf, type Step, stepGroups } from '../../steps/registry.ts';

/** Steps that can never be reached, because the steps before them always end the run. */
export function checkFlow({ steps }: PlaybookDocument): Issue[] {
  return checkList(steps, '/steps');
}

function checkList(steps: readonly Step[], path: string): Issue[] {
  const last = steps.findIndex(alwaysEnds);
  const after = last === -1 ? undefined : steps[last + 1];
  const inside = steps.flatMap((step, index) =>
    stepGroups(step).flatMap((group) => checkList(group.steps, `${path}/${index}${group.path}/steps`)),
  );
  if (!after) return inside;
  const message = `This step is never reached: every option of ${steps[last]!.id} ends the run`;
  return [{ path: `${path}/${last + 1}`, message, keyword: 'unreachable' }, ...inside];
}

function alwaysEnds(step: Step): boolean {
  const { inside, human } = definitionOf(step);
  if (!inside || inside.together || step.when !== undefined || human(step)?.optional) return false;
  return stepGroups(step).every((group) => group.end || group.steps.some(alwaysEnds));
}
