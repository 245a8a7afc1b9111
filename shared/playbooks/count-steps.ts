import { isObject } from '../platform/schema-properties.ts';

/** How many steps a document has, those inside others too, as far as it is finished. */
export function countSteps({ steps }: Record<string, unknown>): number {
  if (!Array.isArray(steps)) return 0;
  return steps.filter(isObject).reduce((count, step) => {
    const groups = [step.options, step.branches].flat().filter(isObject);
    return count + 1 + groups.reduce((inside, group) => inside + countSteps(group), 0);
  }, 0);
}
