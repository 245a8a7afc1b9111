import type { Issue } from '../../../../shared/platform/error-codes.ts';

/** The server locates issues in the request, `{input}`. @returns those in the input, located in the input */
export const inputIssues = (issues: readonly Issue[]): Issue[] =>
  issues.flatMap(({ path, ...issue }) =>
    /^\/input(\/|$)/.test(path) ? [{ ...issue, path: path.slice('/input'.length) }] : [],
  );
