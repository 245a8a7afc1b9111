import type { ZodError } from 'zod';
import type { Issue } from './error-codes.ts';
import { pointer } from './json-pointer.ts';

/** Zod's issues, with JSON Pointers into the parsed value. */
export function issuesOf(error: ZodError): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    const at = pointer('', ...issue.path.map(String));
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: pointer(at, key),
        message: 'is not a known field',
        keyword: 'unknown',
      }));
    }
    return [{ path: at, message: messageOf(issue), keyword: issue.code }];
  });
}

/** Of a field that says which of several shapes its object has: the values that it may have. */
function messageOf(issue: ZodError['issues'][number]): string {
  return 'options' in issue && issue.options
    ? `must be one of ${issue.options.map(String).join(', ')}`
    : issue.message;
}
