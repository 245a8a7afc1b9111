import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { isWithin } from '../../../kit/schema-form/json-edit.ts';
import { type Document, stepPaths } from '../parts/outline.ts';

/** The innermost step that a place belongs to; null for what is the playbook's own. */
export function stepOf(document: Document, pointer: string): string | null {
  let found: string | null = null;
  for (const path of stepPaths(document)) if (isWithin(pointer, path)) found = path;
  return found;
}

/** How many issues each step has of its own, by the step's pointer. */
export function issuesByStep(document: Document, issues: readonly Issue[]): Map<string, number> {
  const paths = stepPaths(document);
  const counts = new Map<string, number>();
  for (const issue of issues) {
    const own = paths.findLast((path) => isWithin(issue.path, path));
    if (own !== undefined) counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  return counts;
}

/** Issues are located in what was sent, `{document}`, or in the document itself. */
export const inDocument = (issue: Issue): Issue => ({
  ...issue,
  path: issue.path.replace(/^\/document(?=\/|$)/, ''),
  // An empty field is told as such, not by how many characters it lacks.
  message: /^Too small: expected string to have >=1 /.test(issue.message)
    ? 'This is required.'
    : issue.message,
});
