import { z } from 'zod';
import { checkToolDefinition as check } from '../../shared/tools/server/check-definition.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const checkToolDefinition = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/check',
  summary: 'Check a definition without saving it',
  tags: ['tools'],
  bodyField: 'definition',
})
  .input(z.object({ definition: anyObject }))
  .output(z.object({ valid: z.literal(true) }))
  .mutation(async ({ ctx, input }) => {
    await ctx.services.db.tenant(ctx.identity.tenantId, (connection) =>
      check(connection, input.definition, { secretRequired: false }),
    );
    return { valid: true as const };
  });
