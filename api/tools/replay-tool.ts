import { toolReplayInputSchema, toolReplaySchema } from '../../shared/executions/replay-schemas.ts';
import { replayTool as replay } from '../../shared/executions/server/replay-tool.ts';
import { procedure } from '../trpc.ts';

export const replayTool = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/replay',
  summary:
    'Try a version or a definition of a tool on past executions and their recorded responses; nothing is called',
  tags: ['tools'],
  streams: true,
})
  .input(toolReplayInputSchema)
  .output(toolReplaySchema)
  .mutation(({ ctx, input, signal }) => replay(ctx, input, { signal, onItem: ctx.onItem }));
