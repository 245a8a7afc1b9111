import type { Issue } from '../../../shared/platform/error-codes.ts';
import { isWithin } from './json-edit.ts';

/** The issues that are still valid after a change at `pointer`: those neither at it, nor inside it, nor around it. */
export const issuesElsewhere = (issues: readonly Issue[], pointer: string): Issue[] =>
  issues.filter(({ path }) => !isWithin(path, pointer) && !isWithin(pointer, path));
