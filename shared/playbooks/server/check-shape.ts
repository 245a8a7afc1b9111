import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { fitTo } from '../../platform/fit-numbers.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import { issuesOf } from '../../platform/zod-issues.ts';
import { type PlaybookDocument, playbookDocumentSchema } from '../playbook-document.ts';

/** The parsed document, or every problem of its shape. */
export function parseShape(
  sent: unknown,
): { document: PlaybookDocument; issues: [] } | { document: null; issues: Issue[] } {
  const unstorable = checkStorable(sent as JsonValue);
  if (unstorable.length > 0) return { document: null, issues: unstorable };
  const parsed = playbookDocumentSchema.safeParse(fitTo(playbookDocumentSchema, sent));
  return parsed.success
    ? { document: parsed.data, issues: [] }
    : { document: null, issues: issuesOf(parsed.error) };
}

const headSchema = playbookDocumentSchema.pick({ name: true, title: true });

/**
 * The name and the title, without which no draft is stored.
 * @throws InterlockError `invalid_definition`
 */
export function draftHead(sent: Record<string, unknown>): {
  name: string;
  title: string;
  description: string;
} {
  const unstorable = checkStorable(sent as JsonValue);
  if (unstorable.length > 0) throw invalidDocument(unstorable);
  const head = headSchema.safeParse({ name: sent.name, title: sent.title });
  if (!head.success) throw invalidDocument(issuesOf(head.error));
  return { ...head.data, description: typeof sent.description === 'string' ? sent.description : '' };
}

export function invalidDocument(issues: Issue[]): InterlockError {
  return new InterlockError('invalid_definition', 'Invalid playbook.', { issues });
}
