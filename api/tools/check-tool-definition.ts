import { z } from 'zod';
import { checkToolWrite } from '../../shared/tools/server/write-tool.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const checkToolDefinition = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/check',
  summary: 'Check a definition without saving it: what creating or, with a tool ID, updating would refuse',
  tags: ['tools'],
  bodyField: 'definition',
  query: ['toolId'],
})
  .input(z.object({ definition: anyObject, toolId: z.string().optional() }))
  .output(z.object({ valid: z.literal(true) }))
  .mutation(async ({ ctx, input }) => {
    await checkToolWrite(ctx, input.definition, input.toolId);
    return { valid: true as const };
  });
