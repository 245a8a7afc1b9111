import { type PlaybookDocument, playbookDocumentSchema } from './playbook-document.ts';

/**
 * A published document with every default; it was checked before it was published.
 * @throws ZodError for one that was not
 */
export function parseDocument(stored: unknown): PlaybookDocument {
  return playbookDocumentSchema.parse(stored);
}
