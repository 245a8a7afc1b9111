import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { v7 as uuidv7 } from 'uuid';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { previewOf } from '../../executions/server/preview-call.ts';
import type { Identity } from '../../identity/roles.ts';
import { type ErrorCode, errorStatus, InterlockError } from '../../platform/error-codes.ts';
import { TemporalTimeoutError, within } from '../../platform/server/temporal/within.ts';
import { isRunOpen, type RunRow } from '../db/playbook-runs.ts';
import {
  type CompletionRow,
  decideCompletion,
  findCompletion,
  insertCompletion,
  listAccepted,
  readCompletion,
} from '../db/step-completions.ts';
import { readStepRun, type StepRow } from '../db/step-runs.ts';
import {
  type CompletionReceipt,
  completeStepName,
  completionRefused,
  runWorkflowId,
} from '../playbook-contract.ts';
import { allSteps } from '../playbook-document.ts';
import type { Step } from '../steps/registry.ts';
import { type CheckedCompletion, checkCompletion, type SentCompletion } from './check-completion.ts';
import { mustReadRun } from './load-runs.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PlaybookContext } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { refusedByState, refusedBySubject } from './step-rules.ts';

export interface CompleteStepRequest extends SentCompletion {
  identity: Identity;
  runId: string;
  stepId: string;
  previewDigest?: string | undefined;
  requestId?: string | undefined;
}

/** Timeout for Temporal to accept a completion. */
const updateDeadlineMs = 8000;
/** gRPC RESOURCE_EXHAUSTED: ten updates of this run are in flight. */
const tooMany = 8;

export interface StepSituation {
  run: RunRow;
  step: Step;
  row: StepRow | null;
}

/** @throws InterlockError `not_found` */
export async function findStep(
  { db }: Pick<PlaybookContext, 'db'>,
  tenantId: string,
  runId: string,
  stepId: string,
): Promise<StepSituation> {
  return db.tenant(tenantId, async (connection) => {
    const run = await mustReadRun(connection, runId);
    const placed = allSteps(await loadDocument(connection, run)).find(({ step }) => step.id === stepId);
    if (!placed) throw new InterlockError('not_found', 'Step not found in this run.');
    return { run, step: placed.step, row: await readStepRun(connection, run.id, stepId) };
  });
}

/**
 * Completes a step for a person or an engine: stores the completion and sends it to the run's workflow, which decides.
 * @throws InterlockError `conflict` with who was faster, `forbidden`, `invalid_input`, `preview_changed`, or
 * `unavailable` when Temporal is unreachable: then nothing was done
 */
export async function completeStep(
  services: ExecutionServices,
  context: PlaybookContext,
  request: CompleteStepRequest,
): Promise<void> {
  const { identity, runId, stepId } = request;
  const { tenantId } = identity;
  const found = await findStep(context, tenantId, runId, stepId);
  const { run, step, row } = found;
  if (!row) throw new InterlockError('conflict', 'This step has not been reached.');
  const requestId = request.requestId ?? uuidv7();
  const fingerprint = context.digest('idempotency', [
    'completion',
    request.outcome ?? null,
    request.input ?? null,
    request.reason ?? null,
  ]);
  const known = await context.db.tenant(tenantId, (connection) =>
    findCompletion(connection, row.id, requestId),
  );
  if (known && (await isSettled(known, fingerprint, identity))) return;
  const refusal = await context.db.tenant(tenantId, async (connection) => {
    const accepted = await listAccepted(connection, run.id);
    return refusedByState(run, row) ?? refusedBySubject(step, { run, row, accepted }, identity);
  });
  if (refusal) throw new InterlockError(refusal.code, refusal.message);
  const checked = await checkCompletion(context, { run, step, row }, request);
  const previewDigest = await shownDigest(context, request, checked);
  const completion = await context.db.tenant(tenantId, (connection) =>
    insertCompletion(connection, {
      ...checked,
      id: uuidv7(),
      runId: run.id,
      stepRunId: row.id,
      requestId,
      fingerprint,
      previewDigest,
      actor: identity.actor,
      roles: identity.roles,
      person: identity.person,
    }),
  );
  if (await isSettled(completion, fingerprint, identity)) return;
  await send(services, context, run, stepId, completion);
}

/** Whether this request was accepted before. @throws InterlockError when it was refused, or its id is in use */
async function isSettled(
  completion: CompletionRow,
  fingerprint: string,
  { actor }: Identity,
): Promise<boolean> {
  if (completion.fingerprint !== fingerprint || completion.actor_id !== actor.id)
    throw new InterlockError('idempotency_conflict', 'This requestId was used for another completion.');
  if (completion.status === 'refused')
    throw new InterlockError(codeOf(completion.refusal_code), completion.refusal_message ?? 'Refused.');
  return completion.status === 'accepted';
}

/**
 * The digest of the request that was shown, for outcomes whose request can be previewed.
 * @throws InterlockError `preview_changed` when it is not the request that would run
 */
async function shownDigest(
  context: PlaybookContext,
  { previewDigest }: CompleteStepRequest,
  { request }: CheckedCompletion,
): Promise<string | null> {
  if (previewDigest === undefined || !request) return null;
  const preview = await previewOf(context, request.tool, request.payload);
  if (preview.digest === previewDigest) return previewDigest;
  throw new InterlockError('preview_changed', 'The request has changed since the preview. Review it again.');
}

async function send(
  services: ExecutionServices,
  context: PlaybookContext,
  run: RunRow,
  stepId: string,
  completion: CompletionRow,
): Promise<void> {
  const { client } = services.temporal;
  const handle = client.workflow.getHandle(runWorkflowId({ playbookName: run.playbook_name, id: run.id }));
  const message = { stepId, completionId: completion.id };
  const until = performance.now() + updateDeadlineMs;
  await oneAtATime(run.id, async (waited) => {
    // Most likely someone else has completed the step meanwhile.
    if (waited) await assertOpen(context, run, stepId, completion);
    for (let left = until - performance.now(); ; left = until - performance.now()) {
      try {
        if (left <= 0) throw new TemporalTimeoutError(updateDeadlineMs);
        await within(client, left, () =>
          handle.executeUpdate<CompletionReceipt, [typeof message]>(completeStepName, { args: [message] }),
        );
        return;
      } catch (error) {
        if (!isCongested(error)) return await explain(context, run, stepId, completion, error);
        await sleep(20 + Math.random() * 150);
        await assertOpen(context, run, stepId, completion);
      }
    }
  });
}

const isCongested = (error: unknown): boolean => grpcCode(error) === tooMany;

function grpcCode(error: unknown): number | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++)
    if (isGrpcServiceError(at)) return Number(at.code);
  return undefined;
}

/** Refuses the completion when the step is no longer open. @throws InterlockError */
async function assertOpen(
  context: PlaybookContext,
  run: RunRow,
  stepId: string,
  completion: CompletionRow,
): Promise<void> {
  const { run: now, row } = await findStep(context, run.tenant_id, run.id, stepId);
  const refusal = row && refusedByState(now, row);
  if (!refusal) return;
  const refused = await context.db.tenant(run.tenant_id, (connection) =>
    decideCompletion(connection, completion.id, { status: 'refused', refusal }),
  );
  if (refused) throw new InterlockError(refusal.code, refusal.message);
}

/** Finds out what happened to a completion that Temporal did not confirm. @throws InterlockError */
async function explain(
  context: PlaybookContext,
  run: RunRow,
  stepId: string,
  completion: CompletionRow,
  error: unknown,
): Promise<void> {
  const tenantId = run.tenant_id;
  const read = () => context.db.tenant(tenantId, (connection) => readCompletion(connection, completion.id));
  if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError) {
    const now = await read();
    if (now?.status === 'accepted') return;
    await assertOpen(context, run, stepId, completion);
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null;
    if (cause instanceof ApplicationFailure && cause.type === completionRefused) {
      throw new InterlockError(codeOf(cause.details?.[0]), cause.message);
    }
  }
  // Withdrawn, so that it does not take effect later, when no one expects it.
  const withdrawn = await context.db.tenant(tenantId, (connection) =>
    decideCompletion(connection, completion.id, { status: 'withdrawn' }),
  );
  const now = withdrawn ? null : await read();
  if (now?.status === 'accepted') return;
  if (now?.status === 'refused')
    throw new InterlockError(codeOf(now.refusal_code), now.refusal_message ?? 'Refused.');
  const notYet = error instanceof WorkflowNotFoundError && isRunOpen(run);
  throw new InterlockError(
    'unavailable',
    notYet
      ? 'The run is still starting. Nothing was done. Try again in a moment.'
      : 'Temporal is unreachable. Nothing was done. Try again in a moment.',
    { retryAfterSeconds: 2, cause: error },
  );
}

function codeOf(code: unknown): ErrorCode {
  return typeof code === 'string' && code in errorStatus ? (code as ErrorCode) : 'conflict';
}
