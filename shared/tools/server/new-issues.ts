import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { pointerSteps } from '../../platform/json-pointer.ts';
import { holdsMark } from '../../platform/redaction/redaction-mark.ts';
import { validateAgainst } from '../../platform/server/json-schema.ts';

type Schema = Record<string, unknown>;

/** Problems of a stored input that another schema adds. Redacted places are not checked. */
export async function newInputIssues(
  before: Schema,
  after: Schema,
  input: JsonValue,
  tenantId?: string,
): Promise<Issue[]> {
  const known = await validateAgainst(before, input, tenantId);
  const issues = await validateAgainst(after, input, tenantId);
  return unredacted(withoutIssues(issues, known), input);
}

/** Without those at places that are redacted: what is there is not known. */
export const unredacted = (issues: readonly Issue[], value: JsonValue): Issue[] =>
  issues.filter(({ path }) => !isRedacted(value, path));

function isRedacted(value: JsonValue, path: string): boolean {
  let at: JsonValue | undefined = value;
  for (const step of pointerSteps(path)) {
    if (at === null || typeof at !== 'object') break;
    at = (at as Record<string, JsonValue>)[step];
  }
  return typeof at === 'string' && holdsMark(at);
}

export function withoutIssues(issues: readonly Issue[], known: readonly Issue[]): Issue[] {
  return issues.filter(
    (issue) => !known.some(({ path, message }) => path === issue.path && message === issue.message),
  );
}
