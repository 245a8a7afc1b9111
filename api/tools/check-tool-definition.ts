import { z } from 'zod';
import { checkTool } from '../../shared/tools/server/write-tool.ts';
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
    await checkTool(ctx, input.definition, { secretRequired: false });
    return { valid: true as const };
  });
