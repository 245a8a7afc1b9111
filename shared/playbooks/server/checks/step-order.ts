import type { PlacedStep } from '../../playbook-document.ts';

/** Why `target` has not ended when `from` begins, in words; null when it has (or was passed by). */
export function whyNotBefore(
  from: PlacedStep,
  target: PlacedStep,
  byId: ReadonlyMap<string, PlacedStep>,
): string | null {
  const { id } = target.step;
  if (target.step.id === from.step.id) return `${id} is this step itself`;
  if (from.inside.some(({ stepId }) => stepId === id))
    return `${id} is around this step and has not ended by then`;
  if (target.number > from.number) return `${id} comes after this step`;
  const own = new Map(from.inside.map(({ stepId, groupId }) => [stepId, groupId]));
  const apart = target.inside.find(({ stepId, groupId }) => (own.get(stepId) ?? groupId) !== groupId);
  if (apart) {
    const around = byId.get(apart.stepId)?.step.type === 'parallel' ? 'branch' : 'option';
    return `${id} stands in another ${around} of ${apart.stepId}`;
  }
  for (const { stepId, groupId } of target.inside.filter((each) => !own.has(each.stepId))) {
    const around = byId.get(stepId)?.step;
    // What ends inside of a branch ends the branch alone.
    if (around?.type === 'parallel') return null;
    if (around?.type === 'decision' && around.options.some((each) => each.id === groupId && each.end))
      return `${id} stands in an option of ${stepId} that ends the run: nothing comes after it`;
  }
  return null;
}
