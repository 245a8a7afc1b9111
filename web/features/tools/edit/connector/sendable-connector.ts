import type { Document } from '../../../../kit/document-form/document-form.ts';

/** The document as it is sent: an empty title means "not set". */
export function sendableConnector(document: Document): Document {
  const { title, ...rest } = document;
  return title === '' || title === undefined ? rest : document;
}
