import { z } from 'zod';
import {
  executeInputSchema,
  executionListInputSchema,
  executionSchema,
  executionSummarySchema,
} from '../../shared/executions/execution-schemas.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure, router } from '../trpc.ts';
import { json } from './execute-procedures.ts';
import { executionHttpStatus } from './execution-status.ts';

const byId = z.object({ id: z.string() });

export const executionsRouter = router({
  list: procedure('executions.read', {
    method: 'GET',
    path: '/api/tools/executions',
    summary: 'Executions, newest first',
    tags: ['executions'],
  })
    .input(executionListInputSchema)
    .output(pageOf(executionSummarySchema))
    .query(({ ctx, input }) => ctx.services.executor.list(ctx.identity, input)),

  get: procedure('executions.read', {
    method: 'GET',
    path: '/api/tools/executions/{id}',
    summary: 'An execution with its attempts',
    tags: ['executions'],
  })
    .input(byId)
    .output(executionSchema)
    .query(({ ctx, input }) => ctx.services.executor.get(ctx.identity, input.id)),

  cancel: procedure('executions.control', {
    method: 'POST',
    path: '/api/tools/executions/{id}/cancel',
    summary: 'Ask a run to stop',
    tags: ['executions'],
  })
    .input(byId)
    .output(executionSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.executor.cancel({
        identity: ctx.identity,
        executionId: input.id,
        requestId: ctx.requestId,
      }),
    ),

  rerun: procedure('tools.execute', {
    method: 'POST',
    path: '/api/tools/executions/{id}/rerun',
    summary: 'Run a tool again with the input of an earlier run',
    tags: ['executions'],
    headers: { 'idempotency-key': 'idempotencyKey' },
    status: executionHttpStatus,
    startsRun: true,
  })
    .input(
      executeInputSchema
        .pick({ id: true, payload: true, waitMs: true, idempotencyKey: true })
        .partial({ payload: true }),
    )
    .output(executionSchema)
    .mutation(({ ctx, input: { id, payload, ...input } }) =>
      ctx.services.executor.rerun({
        ...input,
        identity: ctx.identity,
        requestId: ctx.requestId,
        executionId: id,
        ...(payload === undefined ? {} : { payload: json(payload) }),
      }),
    ),
});
