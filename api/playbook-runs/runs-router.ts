import { z } from 'zod';
import { pageOf } from '../../shared/pure/api-schemas.ts';
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
} from '../../shared/pure/playbook-schemas.ts';
import { procedure, router } from '../trpc.ts';
import { unfinished } from '../unfinished.ts';

const tags = ['playbook runs'];
const byId = z.object({ id: z.string() });
const stepAddress = byId.extend({ stepId: z.string() });
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
    .query(() => unfinished()),

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
    .mutation(() => unfinished()),

  get: procedure('runs.read', {
    method: 'GET',
    path: '/api/playbook-runs/{id}',
    summary: 'A run with all its steps',
    tags,
  })
    .input(byId)
    .output(runSchema)
    .query(() => unfinished()),

  step: procedure('runs.read', {
    method: 'GET',
    path: '/api/playbook-runs/{id}/steps/{stepId}',
    summary: 'A step of a run',
    tags,
  })
    .input(stepAddress)
    .output(stepViewSchema)
    .query(() => unfinished()),

  complete: procedure('steps.complete', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/complete',
    summary: 'Complete a step; 409 says who was faster',
    tags,
  })
    .input(completeStepInputSchema)
    .output(stepViewSchema)
    .mutation(() => unfinished()),

  preview: procedure('runs.read', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/preview',
    summary: 'The exact request that completing a call_tool step would send, redacted',
    tags,
  })
    .input(previewStepInputSchema)
    .output(stepPreviewSchema)
    .mutation(() => unfinished()),

  claim: procedure('steps.complete', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/claim',
    summary: 'Say that I am at it; `takeOver` takes it from whoever is',
    tags,
  })
    .input(stepAddress.extend({ takeOver: z.boolean().default(false) }))
    .output(stepViewSchema)
    .mutation(() => unfinished()),

  release: procedure('steps.complete', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/release',
    summary: 'Give a claimed step back',
    tags,
  })
    .input(stepAddress)
    .output(stepViewSchema)
    .mutation(() => unfinished()),

  assign: procedure('steps.complete', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/steps/{stepId}/assign',
    summary: 'Hand a step to somebody else, or to a role',
    tags,
  })
    .input(assignStepInputSchema)
    .output(stepViewSchema)
    .mutation(() => unfinished()),

  sendEvent: procedure('runs.control', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/events',
    summary: 'Tell a run that something happened; wait steps listen',
    tags,
  })
    .input(sendEventInputSchema)
    .output(z.object({ received: z.array(z.string()) }))
    .mutation(() => unfinished()),

  pause: procedure('runs.control', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/pause',
    summary: 'Hold a run: no step opens and none is completed',
    tags,
  })
    .input(byId.extend({ reason }))
    .output(runSchema)
    .mutation(() => unfinished()),

  resume: procedure('runs.control', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/resume',
    summary: 'Let a paused run go on',
    tags,
  })
    .input(byId)
    .output(runSchema)
    .mutation(() => unfinished()),

  cancel: procedure('runs.control', {
    method: 'POST',
    path: '/api/playbook-runs/{id}/cancel',
    summary: 'End a run; what it did stays done',
    tags,
  })
    .input(byId.extend({ reason }))
    .output(runSchema)
    .mutation(() => unfinished()),
});
