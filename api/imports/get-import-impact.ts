import { z } from 'zod';
import { importImpactSchema, maxImpactOperations } from '../../shared/imports/import-schemas.ts';
import { readImportImpact } from '../../shared/imports/server/import-impact.ts';
import { procedure } from '../trpc.ts';

export const getImportImpact = procedure('tools.write', {
  method: 'POST',
  path: '/api/imports/{id}/impact',
  summary: 'List who uses the tools of changed operations, and what applying these would break',
  tags: ['imports'],
})
  .input(
    z.object({
      id: z.string(),
      operations: z.array(z.string().max(4096)).min(1).max(maxImpactOperations).describe('Their keys'),
    }),
  )
  .output(importImpactSchema)
  .mutation(({ ctx, input: { id, operations } }) => readImportImpact(ctx, id, operations));
