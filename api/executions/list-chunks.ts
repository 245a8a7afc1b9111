import { chunkListInputSchema, chunkPageSchema } from '../../shared/executions/output-chunks.ts';
import { procedure } from '../trpc.ts';

export const listChunks = procedure('executions.read', {
  method: 'GET',
  path: '/api/tools/executions/{id}/chunks',
  summary: 'Read what an execution shows while it runs',
  tags: ['executions'],
})
  .input(chunkListInputSchema)
  .output(chunkPageSchema)
  .query(({ ctx, input }) => ctx.services.executor.chunks(ctx.identity, input));
