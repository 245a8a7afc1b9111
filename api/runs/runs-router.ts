import { z } from 'zod';
import type { Identity } from '../../shared/identity/roles.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import {
  assignStepInputSchema,
  completeStepInputSchema,
  previewStepInputSchema,
  runListInputSchema,
  runSchema,
  runSummarySchema,
  sendEventInputSchema,
  startRunInputSchema,
  stepPreviewSchema,
  stepViewSchema,
} from '../../shared/playbooks/playbook-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tags = ['playbook runs'];
const byId = z.object({ id: z.string() });
const stepAddress = byId.extend({ stepId: z.string() });
const at = (ctx: { identity: Identity }, { id, stepId }: { id: string; stepId: string }) => ({
  identity: ctx.identity,
  runId: id,
  stepId,
});
/** What arrives was parsed from JSON. */
const optionalJson = (value: unknown) => value as JsonValue | undefined;
const reason = z.string().trim().min(1).max(4096);

export const runsRouter = router({
  list: procedure('runs.read', {
    method: 'GET',
    path: '/api/playbook-runs',
    summary: 'Runs of playbooks, newest first',
    tags,
  })
    .input(runListInputSchema)
    .output(pageOf(runSummarySchema))
    .query(({ ctx, input }) => ctx.services.runs.list(ctx.identity, input)),

  start: procedure('runs.start', {
    method: 'POST',
    path: '/api/playbook-runs',
    summary: 'Start a run of a published playbook',
    tags,
    status: 201,
    headers: { 'idempotency-key': 'idempotencyKey' },
  })
    .input(startRunInputSchema)
    .output(runSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.runs.start({ ...input, identity: ctx.identity, input: optionalJson(input.input) }),
    ),

  get: procedure('runs.read', {
    method: 'GET',
    path: '/api/playbook-runs/{id}',
    summary: 'A run with all its steps',
    tags,
  })
    .input(byId)
    .output(runSchema)
    .query(({ ctx, input }) => ctx.services.runs.get(ctx.identity, input.id)),

  step: procedure('runs.read', {
    method: 'GET',
    path: '/api/playbook-runs/{id}/steps/{stepId}',
    summary: 'A step of a run',
    tags,
  })
    .input(stepAddress)
    .output(stepViewSchema)
    .query(({ ctx, input }) => ctx.services.runs.step(at(ctx, input))),

  complete: procedure('steps.complete', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/complete',
    summary: 'Complete a step; 409 says who was faster',
    tags,
  })
    .input(completeStepInputSchema)
    .output(stepViewSchema)
    .mutation(({ ctx, input: { id, stepId, ...sent } }) =>
      ctx.services.runs.complete({ ...at(ctx, { id, stepId }), ...sent, input: optionalJson(sent.input) }),
    ),

  preview: procedure('runs.read', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/preview',
    summary: 'The exact request that completing a call_tool step would send, redacted',
    tags,
  })
    .input(previewStepInputSchema)
    .output(stepPreviewSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.runs.preview({ ...at(ctx, input), input: optionalJson(input.input) }),
    ),

  claim: procedure('steps.complete', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/claim',
    summary: 'Say that I am at it; `takeOver` takes it from whoever is',
    tags,
  })
    .input(stepAddress.extend({ takeOver: z.boolean().default(false) }))
    .output(stepViewSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.claim({ ...at(ctx, input), takeOver: input.takeOver })),

  release: procedure('steps.complete', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/release',
    summary: 'Give a claimed step back',
    tags,
  })
    .input(stepAddress)
    .output(stepViewSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.release(at(ctx, input))),

  assign: procedure('steps.complete', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/assign',
    summary: 'Hand a step to somebody else, or to a role',
    tags,
  })
    .input(assignStepInputSchema)
    .output(stepViewSchema)
    .mutation(({ ctx, input: { id, stepId, ...to } }) =>
      ctx.services.runs.assign({ ...at(ctx, { id, stepId }), ...to }),
    ),

  sendEvent: procedure('runs.control', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/events',
    summary: 'Tell a run that something happened; wait steps listen',
    tags,
  })
    .input(sendEventInputSchema)
    .output(z.object({ received: z.array(z.string()) }))
    .mutation(({ ctx, input: { id, data, ...event } }) =>
      ctx.services.runs.sendEvent({ ...event, identity: ctx.identity, runId: id, data: optionalJson(data) }),
    ),

  pause: procedure('runs.control', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/pause',
    summary: 'Hold a run: no step opens and none is completed',
    tags,
  })
    .input(byId.extend({ reason }))
    .output(runSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.runs.pause({ identity: ctx.identity, runId: input.id, reason: input.reason }),
    ),

  resume: procedure('runs.control', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/resume',
    summary: 'Let a paused run go on',
    tags,
  })
    .input(byId)
    .output(runSchema)
    .mutation(({ ctx, input }) => ctx.services.runs.resume({ identity: ctx.identity, runId: input.id })),

  cancel: procedure('runs.control', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/cancel',
    summary: 'End a run; what it did stays done',
    tags,
  })
    .input(byId.extend({ reason }))
    .output(runSchema)
    .mutation(({ ctx, input }) =>
      ctx.services.runs.cancel({ identity: ctx.identity, runId: input.id, reason: input.reason }),
    ),
});
