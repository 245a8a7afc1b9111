import { undoPreviewSchema } from '../../shared/executions/undo-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const previewUndo = procedure('tools.execute', {
  method: 'POST',
  path: '/api/tools/executions/{id}/undo/preview',
  summary: 'Show what undoing an execution would send, or why it cannot be undone; nothing is executed',
  tags: ['executions'],
})
  .input(byId)
  .output(undoPreviewSchema)
  .mutation(({ ctx, input }) =>
    ctx.services.executor.previewUndo({ identity: ctx.identity, executionId: input.id }),
  );
