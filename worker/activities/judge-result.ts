import type { SettledAttempt, Settlement } from '../../shared/executions/db/executions-settle.ts';
import { providerReason } from '../../shared/executions/provider-reason.ts';
import { judgeFailure } from '../../shared/executions/retry-rules.ts';
import { invalidOutput, outputIssues } from '../../shared/executions/server/check-output.ts';
import { type PreparedCall, redactorOf } from '../../shared/executions/server/prepared-call.ts';
import { type RedactedResponse, redactResponse } from '../../shared/executions/server/redact-response.ts';
import type { AbortReason } from '../../shared/executions/server/running-calls.ts';
import { sentRequest } from '../../shared/executions/server/shown-request.ts';
import { shownResponse } from '../../shared/executions/server/shown-response.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { type Json, jsonValue } from '../../shared/platform/json-text.ts';
import { partsWithMarks } from '../../shared/platform/redaction/schema-marks.ts';
import { retrySafety } from '../../shared/tools/providers/registry.ts';
import type { CallResult } from '../../shared/tools/server/provider.ts';
import type { ClaimedAttempt } from './claim-next.ts';
import type { SentCall } from './send-call.ts';

/** The end of an attempt and the new state of its execution, redacted and ready to be recorded. */
export interface Judgement {
  attempt: SettledAttempt;
  settlement: Settlement;
}

/** Why the call was stopped from our side, every secret that is known by now, and what was sent. */
interface Circumstances {
  secrets: ReadonlySet<string>;
  stopped: AbortReason | null;
  added: SentCall['added'];
}

export async function judgeResult(
  claimed: ClaimedAttempt,
  call: PreparedCall,
  result: CallResult,
  circumstances: Circumstances,
): Promise<Judgement> {
  const { value, ...known } = await redactResponse(
    (result.ok ? result.output : result.raw) ?? null,
    call.tool.definition.outputSchema,
    [...circumstances.secrets],
    claimed.row.tenant_id,
    call.pii,
    result.streamed ?? false,
  );
  const redactor = redactorOf(known);
  const redacted = { value, text: redactor.text };
  const judged = result.ok
    ? await judgeOutput(claimed, call, result, redacted)
    : judgeFailed(claimed, call, result, redacted, circumstances.stopped);
  const { added } = circumstances;
  const { httpStatus, headers, log } = result;
  const body = await transformedBody(result, call, known, claimed.row.tenant_id);
  return {
    ...judged,
    attempt: {
      ...judged.attempt,
      request: added && sentRequest(call, added, redactor),
      response:
        (httpStatus !== undefined && headers) || log
          ? { ...shownResponse(httpStatus ?? 0, headers ?? {}, redactor, log), ...body }
          : null,
    },
  };
}

/**
 * What a transform was applied to: another one can be tried on it. Marks of an output schema say nothing of where a secret is in
 * it, and a short one is not found elsewhere: then it is not kept.
 */
async function transformedBody(
  result: CallResult,
  { tool }: PreparedCall,
  { secrets, pii }: Pick<RedactedResponse, 'secrets' | 'pii'>,
  tenantId: string,
): Promise<{ body?: JsonValue }> {
  if (!result.ok || result.transformed === undefined) return {};
  if (partsWithMarks(tool.definition.outputSchema, true).size > 0) return {};
  const { transformed, streamed = false } = result;
  const { value } = await redactResponse(transformed, null, secrets, tenantId, pii, streamed);
  return { body: jsonValue(value) };
}

/** The output or the body of the response, and how to remove secrets from a text about it. */
interface Redacted {
  value: Json;
  text: (text: string) => string;
}

async function judgeOutput(
  { row, number }: ClaimedAttempt,
  { tool: { definition } }: PreparedCall,
  { output, httpStatus }: Extract<CallResult, { ok: true }>,
  redacted: Redacted,
): Promise<Judgement> {
  const issues = await outputIssues(definition, output, row.tenant_id);
  if (issues.length === 0) {
    return {
      attempt: { number, status: 'succeeded', httpStatus },
      settlement: { status: 'succeeded', output: redacted.value },
    };
  }
  const error = invalidOutput;
  return {
    attempt: { number, status: 'failed', httpStatus, error },
    settlement: {
      status: 'failed',
      failure: { ...error, retryable: retrySafety(definition).safe },
      output: redacted.value,
      issues: issues.map((issue) => ({ ...issue, message: redacted.text(issue.message) })),
    },
  };
}

function judgeFailed(
  { row, number, deadlineAt }: ClaimedAttempt,
  { tool: { definition } }: PreparedCall,
  result: Extract<CallResult, { ok: false }>,
  raw: Redacted,
  stopped: AbortReason | null,
): Judgement {
  const failed = { ...result, message: raw.text(result.message).replace(/\.$/, '') };
  const verdict = judgeFailure(failed, {
    attempt: number - row.lost_attempts,
    maxAttempts: row.max_attempts,
    remainingMs: deadlineAt.getTime() - Date.now(),
    retry: definition.retry,
    retrySafe: retrySafety(definition).safe,
    serverErrors: definition.serverErrors,
    stopped,
    random: Math.random(),
  });
  const unknown = 'failure' in verdict && verdict.failure.code === 'outcome_unknown';
  // Protocols other than HTTP have no status.
  const { raw: body, httpStatus = 400 } = result;
  const said = result.reason ?? (body !== undefined && httpStatus >= 400 ? jsonValue(raw.value) : null);
  const reason = said === null ? null : providerReason(httpStatus, said, raw.text, result.reasonLead);
  const attempt: SettledAttempt = {
    number,
    status: unknown ? 'unknown' : 'failed',
    httpStatus: result.httpStatus,
    error: { code: failed.code, message: failed.message, reason },
  };
  if ('failure' in verdict) {
    const output = body === undefined ? undefined : raw.value;
    return { attempt, settlement: { status: 'failed', failure: verdict.failure, output } };
  }
  return {
    attempt,
    settlement: { status: 'running', willRetryAt: new Date(Date.now() + verdict.retryAfterMs) },
  };
}
