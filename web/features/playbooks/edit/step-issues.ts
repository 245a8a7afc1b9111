import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { isWithin } from '../../../kit/schema-form/json-edit.ts';
import { type Document, stepPaths } from '../parts/outline.ts';

/** The innermost step that contains a place; null for the playbook's own fields. */
export function stepOf(document: Document, pointer: string): string | null {
  let found: string | null = null;
  for (const path of stepPaths(document)) if (isWithin(pointer, path)) found = path;
  return found;
}

/** The number of issues of each step, without those of steps inside it, by the step's pointer. */
export function issuesByStep(document: Document, issues: readonly Issue[]): Map<string, number> {
  const paths = stepPaths(document);
  const counts = new Map<string, number>();
  for (const issue of issues) {
    const own = paths.findLast((path) => isWithin(issue.path, path));
    if (own !== undefined) counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  return counts;
}
