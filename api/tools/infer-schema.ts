import { inferredSchemaSchema, inferSchemaInputSchema } from '../../shared/tools/infer-schema.ts';
import { inferSchemaOf } from '../../shared/tools/server/infer-schema.ts';
import { procedure } from '../trpc.ts';

export const inferSchema = procedure('tools.read', {
  method: 'POST',
  path: '/api/schemas/infer',
  summary: 'Make a JSON Schema of examples: every one of them matches it',
  tags: ['tools'],
})
  .input(inferSchemaInputSchema)
  .output(inferredSchemaSchema)
  .mutation(({ ctx, input }) => inferSchemaOf(input, ctx.identity.tenantId));
