import type { Issue } from '../../../platform/error-codes.ts';
import type { PlaybookDocument } from '../../playbook-document.ts';
import { type Step, stepGroups } from '../../steps/registry.ts';

/** Steps that nothing leads to, because what stands before them always ends the run. */
export function checkFlow({ steps }: PlaybookDocument): Issue[] {
  return checkList(steps, '/steps');
}

function checkList(steps: readonly Step[], path: string): Issue[] {
  const last = steps.findIndex(alwaysEnds);
  const after = last === -1 ? undefined : steps[last + 1];
  const inside = steps.flatMap((step, index) =>
    stepGroups(step).flatMap((group) => checkList(group.steps, `${path}/${index}${group.path}`)),
  );
  if (!after) return inside;
  const message = `Nothing leads here: every option of ${steps[last]!.id} ends the run`;
  return [{ path: `${path}/${last + 1}`, message, keyword: 'unreachable' }, ...inside];
}

function alwaysEnds(step: Step): boolean {
  if (step.type !== 'decision' || step.when !== undefined || step.optional) return false;
  return step.options.every((option) => option.end || option.steps.some(alwaysEnds));
}
