import { executeInputSchema, executionSchema } from '../../shared/executions/execution-schemas.ts';
import { authorize } from '../../shared/identity/roles.ts';
import { payloadOf, versionNumber } from '../common-inputs.ts';
import { answersExecution } from '../executions/execution-status.ts';
import { procedure } from '../trpc.ts';

/** The call is real: who tests may execute too. */
export const testToolDraft = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/draft/test',
  summary: 'Test the draft of a tool with a real call, under the same policies as any other',
  tags: ['tools'],
  headers: { 'idempotency-key': 'idempotencyKey' },
  ...answersExecution,
})
  .input(executeInputSchema.extend({ version: versionNumber }))
  .output(executionSchema)
  .mutation(({ ctx, input: { id, payload, version, ...input } }) => {
    authorize(ctx.identity, 'tools.execute');
    return ctx.services.executor.execute({
      ...input,
      identity: ctx.identity,
      requestId: ctx.requestId,
      toolId: id,
      payload: payloadOf(payload),
      test: { version },
    });
  });
