import { z } from 'zod';
import {
  executeInputSchema,
  executionSchema,
  previewSchema,
} from '../../shared/executions/execution-schemas.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { procedure } from '../trpc.ts';
import { executionHttpStatus } from './execution-status.ts';

/** Looking at what would be sent; stands in the tools router. */
export const preview = procedure('tools.execute', {
  method: 'POST',
  path: '/api/tools/{id}/preview',
  summary: 'The exact request of a payload, redacted, and its digest',
  tags: ['tools'],
})
  .input(z.object({ id: z.string(), payload: z.unknown().optional() }))
  .output(previewSchema)
  .mutation(({ ctx, input }) =>
    ctx.services.executor.preview({ identity: ctx.identity, toolId: input.id, payload: json(input.payload) }),
  );

/** Running a tool; stands in the tools router. */
export const execute = procedure('tools.execute', {
  method: 'POST',
  path: '/api/tools/{id}/execute',
  summary: 'Run a tool',
  startsRun: true,
  tags: ['tools'],
  headers: { 'idempotency-key': 'idempotencyKey' },
  status: executionHttpStatus,
})
  .input(executeInputSchema)
  .output(executionSchema)
  .mutation(({ ctx, input: { id, payload, ...input } }) =>
    ctx.services.executor.execute({
      ...input,
      identity: ctx.identity,
      requestId: ctx.requestId,
      toolId: id,
      payload: json(payload),
    }),
  );

/** A body without a payload is one without inputs. What else arrives was parsed from JSON. */
export function json(payload: unknown): JsonValue {
  return payload === undefined ? {} : (payload as JsonValue);
}
