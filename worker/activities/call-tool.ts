import type { UsedCredential } from '../../shared/executions/db/executions-settle.ts';
import type { FailureCode } from '../../shared/executions/failure-codes.ts';
import { prepareApproved, prepareStored } from '../../shared/executions/server/check-approved.ts';
import type { PreparedCall } from '../../shared/executions/server/prepared-call.ts';
import { providerKey } from '../../shared/executions/server/provider-key.ts';
import type { AbortReason } from '../../shared/executions/server/running-calls.ts';
import type { Hindrance } from '../../shared/limits/server/gate.ts';
import { type ErrorCode, InterlockError, type Issue } from '../../shared/platform/error-codes.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import { retrySafety } from '../../shared/tools/providers/registry.ts';
import { type CredentialVerdict, isAccepted } from '../../shared/tools/server/credential-verdicts.ts';
import type { CallResult } from '../../shared/tools/server/provider.ts';
import type { LoadedTool } from '../../shared/tools/server/tool-service.ts';
import type { ClaimedAttempt } from './claim-next.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';
import { type Judgement, judgeResult } from './judge-result.ts';
import { sendCall } from './send-call.ts';
import { showOutput } from './show-output.ts';

/** How an attempt ended, redacted and ready to be recorded. */
export interface AttemptOutcome extends Judgement {
  credential: UsedCredential | null;
  /** What the response says about it; null: nothing. */
  verdict: CredentialVerdict | null;
  /** Null when nothing was sent because the call was refused. */
  tool: LoadedTool | null;
  /** What the provider responded, not redacted; null: nothing was sent, or we have stopped the call. */
  result: CallResult | null;
}

export interface CallOptions {
  signal: AbortSignal;
  heartbeat: () => void;
  /** Prepared by this process a moment ago; null: prepare it now. */
  prepared: PreparedCall | null;
  /** Set when nothing may be sent to the host. */
  refused: Hindrance | null;
}

/** Checks the call again, sends it and judges the result. Never rejects. */
export async function callTool(
  context: ExecutionWorkerContext,
  claimed: ClaimedAttempt,
  { prepared, refused, ...options }: CallOptions,
): Promise<AttemptOutcome> {
  const { row, number } = claimed;
  if (refused) return paused(claimed, refused);
  let call: PreparedCall;
  let idempotencyKey: string | null;
  try {
    call = prepared ?? (await withDatabaseRetry(() => prepareAgain(context, claimed)));
    idempotencyKey = await providerKey(context, call.tool, row);
  } catch (error) {
    return refusal(context, claimed, error);
  }

  const secrets = new Set(call.secrets);
  const shown = showOutput(context, claimed, call, secrets);
  const { result, added, credentialVersion } = await sendCall(context, claimed, call, {
    ...options,
    idempotencyKey,
    onSecret: (secret) => secrets.add(secret),
    onOutput: shown.add,
  });
  await shown.end();
  const credential = call.credential && {
    id: call.credential.credentialId,
    version: credentialVersion ?? call.credential.version,
  };
  const stopped = options.signal.aborted ? (options.signal.reason as AbortReason) : null;
  const base = {
    credential,
    verdict: verdictOf(call, result, credential),
    tool: call.tool,
    result: stopped ? null : result,
  };
  try {
    return { ...base, ...(await judgeResult(claimed, call, result, { secrets, stopped, added })) };
  } catch (error) {
    context.log.error({ err: error, executionId: row.id }, 'a response could not be processed');
    const failure = { code: 'internal', message: 'The response could not be processed.' } as const;
    const unsent = !result.ok && result.sent === 'before';
    const retryable = unsent || retrySafety(call.tool.definition).safe;
    return {
      ...base,
      attempt: { number, status: 'failed', httpStatus: result.httpStatus, error: failure },
      settlement: { status: 'failed', failure: { ...failure, retryable } },
    };
  }
}

function verdictOf(
  { tool, credential }: PreparedCall,
  result: CallResult,
  used: UsedCredential | null,
): CredentialVerdict | null {
  const accepted = isAccepted(result);
  if (!credential || !used || accepted === null) return null;
  const { credentialId, refused: wasRefused } = credential;
  const httpStatus = result.httpStatus ?? null;
  return { credentialId, ownerId: tool.tenantId, version: used.version, wasRefused, accepted, httpStatus };
}

/**
 * Checks the call again. What people have approved is compared before the first attempt; the others repeat that.
 * @throws InterlockError when policy, approval, definition or input no longer allow this call
 */
const prepareAgain = (
  context: ExecutionWorkerContext,
  { row, number }: ClaimedAttempt,
): Promise<PreparedCall> =>
  row.approval_status !== null && number === 1 ? prepareApproved(context, row) : prepareStored(context, row);

/** The host is not called for now. */
function paused({ number }: ClaimedAttempt, hindrance: Hindrance): AttemptOutcome {
  const retryAt = 'retryAt' in hindrance ? hindrance.retryAt : null;
  const next = retryAt ? ` Try again after ${retryAt.toISOString().slice(11, 19)} UTC.` : '';
  const failure = { code: 'circuit_open', message: `${hindrance.message} Nothing was sent.${next}` } as const;
  return {
    attempt: { number, status: 'failed', error: failure },
    settlement: { status: 'failed', failure: { ...failure, retryable: true } },
    credential: null,
    verdict: null,
    tool: null,
    result: null,
  };
}

/** The failure of an execution that is refused with one of these before its call. */
const refusals: Partial<Record<ErrorCode, FailureCode>> = {
  not_found: 'denied',
  forbidden: 'denied',
  denied: 'denied',
  preview_changed: 'denied',
  disabled: 'disabled',
  invalid_input: 'invalid_input',
};

function refusal(
  context: ExecutionWorkerContext,
  { row, number }: ClaimedAttempt,
  error: unknown,
): AttemptOutcome {
  const refused = (code: FailureCode, message: string, issues?: Issue[]): AttemptOutcome => ({
    attempt: { number, status: 'failed', error: { code, message } },
    settlement: { status: 'failed', failure: { code, message, retryable: true }, issues },
    credential: null,
    verdict: null,
    tool: null,
    result: null,
  });
  const code = error instanceof InterlockError && refusals[error.code];
  if (code) return refused(code, error.message, error.issues);
  context.log.error({ err: error, executionId: row.id }, 'preparing a call failed');
  return refused('internal', 'Unexpected error before the call. Nothing was sent.');
}
