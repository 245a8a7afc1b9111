import { z } from 'zod';
import { previewSchema } from '../../shared/executions/preview-schemas.ts';
import { byId, payloadOf } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const previewTool = procedure('tools.execute', {
  method: 'POST',
  path: '/api/tools/{id}/preview',
  summary: 'Show the exact request that a payload would send, redacted, and its digest',
  tags: ['tools'],
})
  .input(byId.extend({ payload: z.unknown().optional() }))
  .output(previewSchema)
  .mutation(({ ctx, input }) =>
    ctx.services.executor.preview({
      identity: ctx.identity,
      toolId: input.id,
      payload: payloadOf(input.payload),
    }),
  );
