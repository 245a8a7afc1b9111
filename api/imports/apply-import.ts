import { z } from 'zod';
import { applyImportSchema, importResultSchema } from '../../shared/imports/import-schemas.ts';
import { applyImport as apply } from '../../shared/imports/server/apply-import.ts';
import { procedure } from '../trpc.ts';

export const applyImport = procedure('tools.write', {
  method: 'POST',
  path: '/api/imports/{id}/apply',
  summary: 'Make tools of the chosen operations',
  tags: ['imports'],
  errors: [409],
})
  .input(applyImportSchema.extend({ id: z.string() }))
  .output(importResultSchema)
  .mutation(({ ctx, input: { id, ...sent } }) => apply(ctx, id, sent));
