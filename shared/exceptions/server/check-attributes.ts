import { piiMarkPaths } from '../../executions/redacted-paths.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { pointerSteps } from '../../platform/json-pointer.ts';
import { redactBySchema, redactionMark } from '../../platform/redaction/redaction.ts';
import { checkStorable, validateAgainst } from '../../platform/server/json-schema.ts';

/**
 * The attributes as they are stored: valid by the schema of their domain, with secrets replaced by the redaction mark.
 * A caller that sends back what it has read sends marks in place of secrets and personal data, so marks are always valid.
 * @throws InterlockError `invalid_input` with issues under `/attributes`
 */
export async function checkAttributes(
  attributes: Record<string, unknown>,
  schema: Record<string, unknown> | null,
  tenantId: string,
): Promise<Record<string, unknown>> {
  if (!schema) return attributes;
  const redacted = redactBySchema(attributes as JsonObject, schema);
  const secrets = redacted.paths.filter((path) => valueAt(attributes, path) === redactionMark);
  const shown = new Set([...secrets, ...piiMarkPaths(attributes as JsonObject)]);
  const found = await validateAgainst(schema, attributes, tenantId);
  const issues = found.filter((issue) => !shown.has(issue.path));
  if (issues.length > 0) {
    throw invalidInput(issues.map((issue) => ({ ...issue, path: `/attributes${issue.path}` })));
  }
  // The whole document is secret, so nothing is left to store.
  return redacted.paths.includes('') ? {} : (redacted.value as JsonObject);
}

/** @throws InterlockError `invalid_input` at every value that PostgreSQL cannot store */
export function assertStorable(sent: unknown): void {
  const issues = checkStorable(sent as JsonValue);
  if (issues.length > 0) throw invalidInput(issues);
}

export function invalidInput(issues: Issue[]): InterlockError {
  return new InterlockError('invalid_input', 'Some fields are not valid.', { issues });
}

function valueAt(value: unknown, path: string): unknown {
  return pointerSteps(path).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], value);
}
