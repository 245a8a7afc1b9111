import type { Issue } from '../../platform/error-codes.ts';
import { checkUrl } from '../http/url.ts';
import { authIssue } from './auth-definition.ts';

/** Problems of a URL of a provider that must not depend on an input. */
export function checkFixedUrl(url: string, path: string, label: string): Issue[] {
  const issues = checkUrl(url, path);
  if (issues.length > 0 || !/[{}]/.test(url)) return issues;
  return [authIssue(path, `The ${label} must not contain a template`)];
}
