import { isObject } from '../platform/schema-properties.ts';
import { definitionOf, isStepType } from './steps/registry.ts';

/** The number of steps in a document, including steps inside others. The document may be unfinished. */
export function countSteps({ steps }: Record<string, unknown>): number {
  if (!Array.isArray(steps)) return 0;
  return steps.filter(isObject).reduce((count, step) => {
    const groups = groupsOf(step).filter(isObject);
    return count + 1 + groups.reduce((inside, group) => inside + countSteps(group), 0);
  }, 0);
}

function groupsOf(step: Record<string, unknown>): unknown[] {
  const { type } = step;
  const groups = isStepType(type) ? step[definitionOf({ type }).inside?.key ?? ''] : undefined;
  return Array.isArray(groups) ? groups : [];
}
