import { z } from 'zod';
import { assertPayload } from '../../shared/tools/server/manage-tool.ts';
import { byId, payloadOf } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const validatePayload = procedure('tools.read', {
  method: 'POST',
  path: '/api/tools/{id}/validate',
  summary: 'Validate a payload without executing the tool',
  tags: ['tools'],
})
  .input(byId.extend({ payload: z.unknown().optional() }))
  .output(z.object({ valid: z.literal(true) }))
  .mutation(async ({ ctx, input }) => {
    await assertPayload(ctx, input.id, payloadOf(input.payload));
    return { valid: true as const };
  });
