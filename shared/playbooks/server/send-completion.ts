import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type ErrorCode, errorStatus, InterlockError } from '../../platform/error-codes.ts';
import { TemporalTimeoutError, within } from '../../platform/server/temporal/within.ts';
import { inSpan, traceToCarry } from '../../platform/server/tracing/tracing.ts';
import { type CompletionRow, decideCompletion, readCompletion } from '../db/step-completions.ts';
import {
  type CompleteStepMessage,
  type CompletionReceipt,
  completeStepName,
  completionRefused,
} from '../playbook-contract.ts';
import { findStep, type StepSituation } from './find-step.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PlaybookContext } from './run-context.ts';
import { runHandle } from './run-workflow.ts';
import { refusedByState } from './step-rules.ts';
import { refuseIf } from './step-subject.ts';
import { whyUnreached } from './why-unreached.ts';

/** Timeout for a completion to be decided. */
const updateDeadlineMs = 8000;
/**
 * The same while Temporal responds. Of a worker that is lost, and of a Temporal server that is replaced, Temporal gives the task
 * to another worker after 10 s.
 */
const patientDeadlineMs = 20_000;
const probeMs = 1000;
/** gRPC RESOURCE_EXHAUSTED: ten updates of this run are in flight. */
const tooMany = 8;

/**
 * Sends a stored completion to the workflow of its run, which decides on it.
 * @throws InterlockError when it is refused, or `unavailable` when Temporal is unreachable: then nothing was done
 */
export function sendCompletion(
  context: PlaybookContext,
  situation: StepSituation,
  completion: CompletionRow,
  apiRequestId: string,
): Promise<void> {
  return inSpan('update workflow', { kind: 'producer' }, () =>
    send(context, situation, completion, apiRequestId),
  );
}

async function send(
  context: PlaybookContext,
  situation: StepSituation,
  completion: CompletionRow,
  apiRequestId: string,
): Promise<void> {
  const { run, row } = situation;
  const handle = runHandle(context, run);
  const traceparent = traceToCarry();
  const message: CompleteStepMessage = {
    stepId: row.step_id,
    completionId: completion.id,
    apiRequestId,
    ...(traceparent && { traceparent }),
  };
  const began = performance.now();
  let until = began + updateDeadlineMs;
  // Sent again, it is the same update.
  const updateId = randomUUID();
  await oneAtATime(run.id, async (waited) => {
    // Most likely someone else has completed the step meanwhile.
    if (waited) await assertOpen(context, situation, completion);
    for (let left = until - performance.now(); ; left = until - performance.now()) {
      if (left <= 0)
        return await explain(context, situation, completion, new TemporalTimeoutError(updateDeadlineMs));
      try {
        await within(context.temporal.client, left, () =>
          handle.executeUpdate<CompletionReceipt, [CompleteStepMessage]>(completeStepName, {
            args: [message],
            updateId,
          }),
        );
        return;
      } catch (error) {
        if (error instanceof TemporalTimeoutError && (await responds(context)))
          until = began + patientDeadlineMs;
        else if (grpcCode(error) === tooMany) await sleep(20 + Math.random() * 150);
        else return await explain(context, situation, completion, error);
        await assertOpen(context, situation, completion);
      }
    }
  });
}

/** Whether a completion was accepted; false while it is undecided. @throws InterlockError when it was refused */
export function wasAccepted({ status, refusal_code, refusal_message }: CompletionRow): boolean {
  if (status === 'refused') throw new InterlockError(codeOf(refusal_code), refusal_message ?? 'Refused.');
  return status === 'accepted';
}

const responds = ({ temporal: { client } }: PlaybookContext): Promise<boolean> =>
  within(client, probeMs, () => client.workflowService.getSystemInfo({})).then(
    () => true,
    () => false,
  );

function grpcCode(error: unknown): number | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++)
    if (isGrpcServiceError(at)) return Number(at.code);
  return undefined;
}

/** Refuses the completion when the step is no longer open. @throws InterlockError */
async function assertOpen(
  context: PlaybookContext,
  { run: { id: runId, tenant_id: tenantId }, row: { step_id: stepId } }: StepSituation,
  completion: CompletionRow,
): Promise<void> {
  const { run, row } = await findStep(context, tenantId, { runId, stepId });
  const refusal = refusedByState(run, row);
  if (!refusal) return;
  const refused = await context.db.tenant(tenantId, (connection) =>
    decideCompletion(connection, completion.id, { status: 'refused', refusal }),
  );
  if (refused) refuseIf(refusal);
}

/** Finds out what happened to a completion that Temporal did not confirm. @throws InterlockError */
async function explain(
  context: PlaybookContext,
  situation: StepSituation,
  completion: CompletionRow,
  error: unknown,
): Promise<void> {
  const { run } = situation;
  const read = () =>
    context.db.tenant(run.tenant_id, (connection) => readCompletion(connection, completion.id));
  if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError) {
    const now = await read();
    if (now?.status === 'accepted') return;
    await assertOpen(context, situation, completion);
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null;
    if (cause instanceof ApplicationFailure && cause.type === completionRefused) {
      const code = codeOf(cause.details?.[0]);
      const retryAfterSeconds = code === 'rate_limited' ? 2 : undefined;
      throw new InterlockError(code, cause.message, { retryAfterSeconds });
    }
  }
  // Withdrawn, so that it does not take effect later, when no one expects it.
  const withdrawn = await context.db.tenant(run.tenant_id, (connection) =>
    decideCompletion(connection, completion.id, { status: 'withdrawn' }),
  );
  const decided = withdrawn ? null : await read();
  if (decided && wasAccepted(decided)) return;
  const why = await whyUnreached(context, run, error);
  throw new InterlockError('unavailable', `${why} Nothing was done. Try again in a moment.`, {
    retryAfterSeconds: 2,
    cause: error,
  });
}

function codeOf(code: unknown): ErrorCode {
  return typeof code === 'string' && code in errorStatus ? (code as ErrorCode) : 'conflict';
}
