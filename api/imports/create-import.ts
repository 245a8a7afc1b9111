import {
  createImportSchema,
  importViewSchema,
  maxDocumentLength,
} from '../../shared/imports/import-schemas.ts';
import { createImport as create } from '../../shared/imports/server/create-import.ts';
import { procedure } from '../trpc.ts';

export const createImport = procedure('tools.write', {
  method: 'POST',
  path: '/api/imports',
  summary: 'Read a document whose operations can become tools',
  tags: ['imports'],
  status: 201,
  // Escaped, a document takes more bytes than it has characters.
  bodyLimit: 2 * maxDocumentLength,
  plainNumbers: true,
  errors: [413],
})
  .input(createImportSchema)
  .output(importViewSchema)
  .mutation(({ ctx, input }) => create(ctx, input));
