import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { KeyedDigest } from '../../platform/server/keyed-digest.ts';
import { type CompletionRow, decideCompletion, findCompletion } from '../db/step-completions.ts';
import type { StepRow } from '../db/step-runs.ts';
import type { StepView } from '../run-schemas.ts';
import type { SentCompletion } from './check-completion.ts';
import { findStep, type StepRef } from './find-step.ts';
import { readInvolved } from './involved.ts';
import { readStepView } from './read-runs.ts';
import type { PlaybookContext, RunChange } from './run-context.ts';
import { sendCompletion, wasAccepted } from './send-completion.ts';
import { refusedByState, refusedBySubject } from './step-rules.ts';
import { type Refusal, refuseIf } from './step-subject.ts';
import { storeCompletion } from './store-completion.ts';

export interface CompleteStepRequest extends StepRef, SentCompletion {
  /** Of the preview that was shown. */
  previewDigest?: string | undefined;
  /** The caller's: a completion with the same one is accepted once. */
  requestId?: string | undefined;
  /** Of the step that was shown, as `stateOf` says. A completion of another state is refused. */
  shown?: string | undefined;
}

/** Completes a step, as `submitCompletion` does. @returns the step afterwards */
export async function completeStep(context: RunChange, request: CompleteStepRequest): Promise<StepView> {
  await submitCompletion(context, request);
  return readStepView(context, request);
}

/**
 * Completes a step for a person or an engine: stores the completion and sends it to the run's workflow, which decides.
 * @throws InterlockError `not_found`, `conflict` that names who completed it first, `forbidden`, `invalid_input`,
 * `preview_changed`, `rate_limited`, or `unavailable` when Temporal is unreachable: then nothing was done
 */
export async function submitCompletion(
  { services, identity, requestId: apiRequestId }: RunChange,
  { runId, stepId, shown, ...request }: CompleteStepRequest,
): Promise<void> {
  const { db, digest } = services;
  const { tenantId } = identity;
  const found = await findStep(services, tenantId, { runId, stepId });
  const { run, step, row } = found;
  if (request.previewDigest !== undefined) services.previewLimits.beforeDigest(identity, row.id);
  const { requestId = uuidv7(), outcome, input, reason } = request;
  const fingerprint = fingerprintOf(digest, { outcome, input, reason });
  const known = await db.tenant(tenantId, (connection) => findCompletion(connection, row.id, requestId));
  if (known && wasAcceptedBefore(known, fingerprint, identity)) return;
  const involved = await db.tenant(tenantId, (connection) => readInvolved(connection, run, step));
  refuseIf(refusedByState(run, row) ?? refusedBySubject(step, { run, row, ...involved }, identity, outcome));
  const completion = await storeCompletion(services, found, { ...request, requestId, fingerprint }, identity);
  if (wasAcceptedBefore(completion, fingerprint, identity)) return;
  if (shown !== undefined) await refuseIfChanged(services, { runId, stepId }, completion, shown);
  await sendCompletion(services, found, completion, apiRequestId);
}

/**
 * What a person has seen of a step besides the request of its call: whether it is open, has failed, was called before, and what
 * an approval covers. Claims, reminders and due dates do not change what completing it does.
 */
export function stateOf(
  digest: KeyedDigest,
  row: Pick<StepRow, 'id' | 'status' | 'failure_code' | 'execution_ids' | 'covers' | 'opened_at'>,
): string {
  const { id, status, failure_code, execution_ids, covers, opened_at } = row;
  const covered = covers?.digest ?? null;
  return digest('preview', [
    'step',
    id,
    status,
    failure_code,
    execution_ids,
    covered,
    opened_at.toISOString(),
  ]);
}

/**
 * Of a completion that is stored: whoever completes the step after this look at it is found under the lock, by the times of
 * both completions. @throws InterlockError `preview_changed`; then the completion is refused
 */
async function refuseIfChanged(
  { db, digest }: PlaybookContext,
  ref: StepRef,
  completion: CompletionRow,
  shown: string,
): Promise<void> {
  const { row } = await findStep({ db }, completion.tenant_id, ref);
  if (stateOf(digest, row) === shown) return;
  const refusal: Refusal = {
    code: 'preview_changed',
    message: `${row.title} has changed since the preview. Nothing was done.`,
  };
  const refused = await db.tenant(completion.tenant_id, (connection) =>
    decideCompletion(connection, completion.id, { status: 'refused', refusal }),
  );
  if (refused) refuseIf(refusal);
}

/** The same for the same completion: a request id is for one. */
export function fingerprintOf(digest: KeyedDigest, { outcome, input, reason }: SentCompletion): string {
  return digest('idempotency', ['completion', outcome ?? null, input ?? null, reason ?? null]);
}

/** Whether the same request was accepted before. @throws InterlockError when it was refused, or its id is in use */
function wasAcceptedBefore(
  completion: CompletionRow,
  fingerprint: string,
  { actor }: { actor: Actor },
): boolean {
  if (completion.fingerprint !== fingerprint || completion.actor_id !== actor.id)
    throw new InterlockError('idempotency_conflict', 'This requestId was used for another completion.');
  return wasAccepted(completion);
}
