import type { ExecutionRow } from '../../shared/executions/db/executions-row.ts';
import type { SettledAttempt, Settlement } from '../../shared/executions/db/executions-settle.ts';
import type { FailureCode } from '../../shared/executions/failure-codes.ts';
import { judgeFailure } from '../../shared/executions/retry-rules.ts';
import {
  type ExecutionTool,
  loadExecutionTool,
  openInput,
  openSecret,
  requestDigest,
} from '../../shared/executions/server/execution-tool.ts';
import type { AbortReason, PreparedCall } from '../../shared/executions/server/outcomes.ts';
import { InterlockError, type Issue } from '../../shared/platform/error-codes.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { createSecretRedactor, redactBySchema } from '../../shared/platform/redaction/redaction.ts';
import { makeStorable } from '../../shared/platform/server/json-schema/storable.ts';
import { validateAgainst } from '../../shared/platform/server/json-schema.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import { renderRequest, retrySafety } from '../../shared/tools/providers/registry.ts';
import type { RenderedRequest } from '../../shared/tools/providers/rendered-request.ts';
import type { CallResult } from '../../shared/tools/server/provider.ts';
import { callProvider } from '../../shared/tools/server/providers.ts';
import { attemptKey, type ClaimedAttempt } from './claim-next.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';

/** What an attempt came to, redacted and ready to be recorded. */
export interface AttemptOutcome {
  attempt: SettledAttempt;
  settlement: Settlement;
  credentialId: string | null;
  /** Null when the tool could not be loaded. */
  tool: ExecutionTool | null;
}

export interface CallOptions {
  signal: AbortSignal;
  heartbeat: () => void;
  /** Checked, opened and rendered by this process a moment ago. */
  prepared: PreparedCall | null;
}

/** Authorises again, calls the provider and judges what came back. */
export async function callTool(
  context: ExecutionWorkerContext,
  claimed: ClaimedAttempt,
  privateHosts: string[],
  { signal, heartbeat, prepared }: CallOptions,
): Promise<AttemptOutcome> {
  const { row, number } = claimed;
  const refuse = (
    tool: ExecutionTool | null,
    code: FailureCode,
    message: string,
    issues?: Issue[],
  ): AttemptOutcome => ({
    attempt: { number, status: 'failed', error: { code, message } },
    settlement: { status: 'failed', failure: { code, message, retryable: true }, issues },
    credentialId: null,
    tool,
  });

  const call =
    prepared ??
    (await withDatabaseRetry(() => prepare(context, row)).catch((error: unknown) => {
      if (error instanceof Refusal) return refuse(error.tool, error.code, error.message, error.issues);
      context.log.error({ err: error, executionId: row.id }, 'preparing a call failed');
      return refuse(null, 'internal', 'Unexpected error before the call; nothing was sent.');
    }));
  if ('settlement' in call) return call;

  const secrets = new Set<string>(call.secret ? [call.secret.secret] : []);
  const result = await timedCall(context, claimed, call, privateHosts, { signal, heartbeat, secrets });
  try {
    return conclude(claimed, call, result, { secrets, stopped: stopReason(signal) });
  } catch (error) {
    context.log.error({ err: error, executionId: row.id }, 'an answer could not be processed');
    const told = { code: 'internal', message: 'The answer could not be processed.' } as const;
    const unsent = !result.ok && result.sent === 'before';
    const retryable = unsent || retrySafety(call.tool.definition).safe;
    return {
      attempt: { number, status: 'failed', httpStatus: result.httpStatus, error: told },
      settlement: { status: 'failed', failure: { ...told, retryable } },
      credentialId: call.secret?.credentialId ?? null,
      tool: call.tool,
    };
  }
}

class Refusal extends Error {
  readonly tool: ExecutionTool | null;
  readonly code: FailureCode;
  readonly issues: Issue[] | undefined;
  constructor(tool: ExecutionTool | null, code: FailureCode, message: string, issues?: Issue[]) {
    super(message);
    this.tool = tool;
    this.code = code;
    this.issues = issues;
  }
}

/** @throws Refusal when the policy, the definition or the input no longer allows this call */
async function prepare(context: ExecutionWorkerContext, row: ExecutionRow): Promise<PreparedCall> {
  const tool = await loadExecutionTool(context, row);
  if (!tool) throw new Refusal(null, 'denied', 'The tool is not there for this organisation any more.');
  if (tool.archived) throw new Refusal(tool, 'disabled', 'The tool was archived before the call.');
  if (!tool.enabled) throw new Refusal(tool, 'disabled', 'The tool was disabled before the call.');
  const input = await openInput(context, row);
  const issues = validateAgainst(tool.definition.inputSchema, input);
  if (issues.length > 0)
    throw new Refusal(tool, 'invalid_input', 'The input does not match the input schema.', issues);
  let request: RenderedRequest;
  try {
    request = renderRequest(tool.definition, input);
  } catch (error) {
    if (error instanceof InterlockError && error.code === 'invalid_input') {
      throw new Refusal(tool, 'invalid_input', error.message, error.issues);
    }
    throw error;
  }
  if (row.preview_digest !== null && requestDigest(context, tool, request) !== row.preview_digest) {
    throw new Refusal(tool, 'denied', 'The request would no longer be the one that was previewed.');
  }
  const secret = await openSecret(context, tool).catch((error: unknown) => {
    if (error instanceof InterlockError && error.code === 'forbidden') {
      throw new Refusal(tool, 'denied', error.message);
    }
    throw error;
  });
  return { tool, input, request, secret, checkedAt: performance.now() };
}

/** A provider that does not stop when told to is left behind after this long. */
const stopGraceMs = 500;

async function timedCall(
  context: ExecutionWorkerContext,
  claimed: ClaimedAttempt,
  { tool, request, secret }: PreparedCall,
  privateHosts: string[],
  { signal, heartbeat, secrets }: { signal: AbortSignal; heartbeat: () => void; secrets: Set<string> },
): Promise<CallResult> {
  const { row, number, deadlineAt } = claimed;
  const remaining = Math.max(1, deadlineAt.getTime() - Date.now());
  const timeoutMs = Math.min(tool.definition.timeoutMs, remaining);
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new Error(remaining < tool.definition.timeoutMs ? 'deadline' : 'timeout')),
    timeoutMs,
  );
  const stop = AbortSignal.any([signal, timeout.signal]);
  let sent = false;
  const abandoned = Promise.withResolvers<CallResult>();
  stop.addEventListener('abort', () => {
    const host = new URL(request.url).host || tool.definition.type;
    const grace = setTimeout(
      () =>
        abandoned.resolve({
          ok: false,
          code: 'timeout',
          message: `No answer from ${host}`,
          sent: sent ? 'unknown' : 'before',
          transient: true,
        }),
      stopGraceMs,
    );
    grace.unref();
  });
  context.sent.add(attemptKey(row.id, number));
  try {
    return await Promise.race([
      callProvider(
        tool.definition,
        request,
        {
          tenantId: row.tenant_id,
          executionId: row.id,
          attempt: number,
          idempotencyKey: tool.definition.idempotent ? row.id : null,
          signal: stop,
          secret: secret?.secret ?? null,
          privateHosts,
          onSent: () => {
            sent = true;
          },
          onSecret: (value) => secrets.add(value),
          heartbeat,
        },
        context.providers,
      ),
      abandoned.promise,
    ]);
  } catch (error) {
    context.log.error({ err: error, executionId: row.id }, 'a provider failed unexpectedly');
    const message = 'Unexpected error in the provider';
    return {
      ok: false,
      code: 'provider_error',
      message,
      sent: sent ? 'unknown' : 'before',
      transient: false,
    };
  } finally {
    clearTimeout(timer);
  }
}

function stopReason(signal: AbortSignal): AbortReason | null {
  return signal.aborted ? (signal.reason as AbortReason) : null;
}

function conclude(
  { row, number, deadlineAt }: ClaimedAttempt,
  { tool, input, secret }: PreparedCall,
  result: CallResult,
  { secrets, stopped }: { secrets: Set<string>; stopped: AbortReason | null },
): AttemptOutcome {
  const { definition } = tool;
  const repeatSafe = retrySafety(definition).safe;
  for (const marked of redactBySchema(input, definition.inputSchema).secrets) secrets.add(marked);
  const redact = (value: JsonValue): { value: JsonValue; text: (text: string) => string } => {
    const bySchema = redactBySchema(value, definition.outputSchema);
    const redactor = createSecretRedactor([...secrets, ...bySchema.secrets]);
    return { value: makeStorable(redactor.json(bySchema.value)), text: redactor.text };
  };
  const base = { credentialId: secret?.credentialId ?? null, tool };
  const httpStatus = result.httpStatus;

  if (result.ok) {
    const issues = definition.outputSchema ? validateAgainst(definition.outputSchema, result.output) : [];
    const output = redact(result.output);
    if (issues.length === 0) {
      return {
        ...base,
        attempt: { number, status: 'succeeded', httpStatus },
        settlement: { status: 'succeeded', output: output.value },
      };
    }
    const failure = {
      code: 'invalid_output' as const,
      message: 'The answer does not match the output schema.',
      retryable: repeatSafe,
    };
    return {
      ...base,
      attempt: {
        number,
        status: 'failed',
        httpStatus,
        error: { code: failure.code, message: failure.message },
      },
      settlement: {
        status: 'failed',
        failure,
        output: output.value,
        issues: issues.map((issue) => ({ ...issue, message: output.text(issue.message) })),
      },
    };
  }

  const raw = redact(result.raw ?? null);
  const failed = { ...result, message: raw.text(result.message).replace(/\.$/, '') };
  const verdict = judgeFailure(failed, {
    attempt: number,
    maxAttempts: row.max_attempts,
    remainingMs: deadlineAt.getTime() - Date.now(),
    retry: definition.retry,
    repeatSafe,
    stopped,
    random: Math.random(),
  });
  const unknown = 'failure' in verdict && verdict.failure.code === 'outcome_unknown';
  const attempt: SettledAttempt = {
    number,
    status: unknown ? 'unknown' : 'failed',
    httpStatus,
    error: { code: failed.code, message: failed.message },
  };
  if ('failure' in verdict) {
    const output = result.raw === undefined ? undefined : raw.value;
    return { ...base, attempt, settlement: { status: 'failed', failure: verdict.failure, output } };
  }
  return {
    ...base,
    attempt,
    settlement: { status: 'running', willRetryAt: new Date(Date.now() + verdict.retryAfterMs) },
  };
}
