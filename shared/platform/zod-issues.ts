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
    return [{ path: at, message: issue.message, keyword: issue.code }];
  });
}
