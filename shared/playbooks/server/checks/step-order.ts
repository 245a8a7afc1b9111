import type { PlacedStep } from '../../playbook-document.ts';
import { definitionOf, stepGroups } from '../../steps/registry.ts';

/** Why `target` has not ended when `from` begins; null when it has ended or was skipped. */
export function whyNotBefore(
  from: PlacedStep,
  target: PlacedStep,
  byId: ReadonlyMap<string, PlacedStep>,
): string | null {
  const { id } = target.step;
  if (target.step.id === from.step.id) return `${id} is this step itself`;
  if (from.inside.some(({ stepId }) => stepId === id)) return `${id} contains this step, so it has not ended`;
  if (target.number > from.number) return `${id} comes after this step`;
  const own = new Map(from.inside.map(({ stepId, groupId }) => [stepId, groupId]));
  const apart = target.inside.find(({ stepId, groupId }) => (own.get(stepId) ?? groupId) !== groupId);
  if (apart) return `${id} is in another ${nounOf(byId.get(apart.stepId))} of ${apart.stepId}`;
  for (const { stepId, groupId } of target.inside.filter((each) => !own.has(each.stepId))) {
    const around = byId.get(stepId)?.step;
    if (!around) continue;
    // An end inside a branch ends the branch alone.
    if (definitionOf(around).inside?.together) return null;
    if (stepGroups(around).some((group) => group.id === groupId && group.end))
      return `${id} is in an option of ${stepId} that ends the run: no step comes after it`;
  }
  return null;
}

const nounOf = (around: PlacedStep | undefined): string =>
  (around && definitionOf(around.step).inside?.noun) ?? 'group';
