import { callsInProgress, providerCalls } from '../../shared/executions/server/execution-metrics.ts';
import type { PreparedCall } from '../../shared/executions/server/prepared-call.ts';
import { inSpan } from '../../shared/platform/server/tracing/tracing.ts';
import { currentScope } from '../../shared/platform/server/work-scope.ts';
import { writeTraceparent } from '../../shared/platform/trace-context.ts';
import { limitProblem } from '../../shared/tools/credential-limits.ts';
import type { CallResult, OutputChunk } from '../../shared/tools/server/provider.ts';
import { callProvider } from '../../shared/tools/server/providers.ts';
import { attemptKey, type ClaimedAttempt, renewLease } from './claim-next.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';

/** How long an aborted provider call may take to stop; then it is abandoned. */
const stopGraceMs = 500;

export interface SendOptions {
  /** For the provider; null: the tool takes none. */
  idempotencyKey: string | null;
  /** Its reason is an `AbortReason`. */
  signal: AbortSignal;
  heartbeat: () => void;
  /** Called with every secret that the call itself fetches. */
  onSecret: (secret: string) => void;
  onOutput: (chunk: OutputChunk) => void;
}

export interface SentCall {
  result: CallResult;
  /** The headers that the request got when it left; null: nothing was sent. */
  added: Record<string, string> | null;
  /** Of the credential that the last request carried. */
  credentialVersion: number | null;
}

/**
 * Sends the call, within the timeout of an attempt and the deadline, and only while the attempt belongs to this process: a
 * process that was stopped, or was slow, asks before it sends. Never rejects.
 */
export async function sendCall(
  context: ExecutionWorkerContext,
  { row, number, deadlineAt, lease, egress }: ClaimedAttempt,
  { tool, request, credential }: PreparedCall,
  { signal, ...options }: SendOptions,
): Promise<SentCall> {
  const { timeoutMs, type } = tool.definition;
  const remaining = Math.max(1, deadlineAt.getTime() - Date.now());
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new Error(remaining < timeoutMs ? 'deadline' : 'timeout')),
    Math.min(timeoutMs, remaining),
  );
  const stop = AbortSignal.any([signal, timeout.signal]);
  let added: SentCall['added'] = null;
  let usedVersion = credential?.version ?? null;
  const failed = (result: { code: 'timeout' | 'provider_error'; message: string; transient: boolean }) =>
    ({ ok: false, sent: added ? 'unknown' : 'before', ...result }) as const;
  const abandoned = Promise.withResolvers<CallResult>();
  const abandon = () => {
    const message = `No response from ${new URL(request.url).host || type}`;
    const result = () => failed({ code: 'timeout', message, transient: true });
    setTimeout(() => abandoned.resolve(result()), stopGraceMs).unref();
  };
  stop.addEventListener('abort', abandon);
  const calledAt = performance.now();
  let withheld = false;
  const callOnce = () => {
    const { trace } = currentScope();
    return callProvider(
      tool.definition,
      request,
      {
        ...options,
        ...egress,
        caller: { type: 'tool', id: tool.toolId },
        ...(trace && tool.definition.propagateTrace && { traceparent: writeTraceparent(trace) }),
        tenantId: row.tenant_id,
        executionId: row.id,
        attempt: number,
        signal: stop,
        secret: credential?.secret ?? null,
        previousSecret: credential?.previous?.secret ?? null,
        onPrevious: () => {
          usedVersion = credential?.previous?.version ?? null;
        },
        refusesTarget: (target) => credential && limitProblem(credential.limits, target),
        maySend: () => {
          withheld = stop.aborted || !lease.holds();
          return !withheld;
        },
        onSent: (headers = {}) => {
          added = headers;
        },
      },
      context.providers,
    );
  };
  const call = async (): Promise<CallResult> => {
    for (;;) {
      const result = await callOnce();
      const kept = withheld && !stop.aborted && !result.ok && result.sent === 'before';
      if (!kept || !(await renewLease(context, row.tenant_id, lease))) return result;
    }
  };
  context.sent.add(attemptKey(row.id, number));
  callsInProgress.inc({ tool_type: type });
  try {
    const attributes = { 'interlock.tool.type': type, 'server.address': new URL(request.url).host };
    const result = await inSpan(`call ${type}`, { kind: 'client', attributes }, async (span) => {
      const made = await Promise.race([call(), abandoned.promise]);
      span.set({
        'http.request.method': request.method,
        'http.response.status_code': made.httpStatus,
        'error.type': made.ok ? null : made.code,
      });
      if (!made.ok) span.fail();
      return made;
    });
    providerCalls.observe(
      { tool_type: type, result: result.ok ? 'ok' : result.code },
      (performance.now() - calledAt) / 1_000,
    );
    return { result, added, credentialVersion: usedVersion };
  } catch (error) {
    context.log.error({ err: error, executionId: row.id }, 'a provider failed unexpectedly');
    const result = failed({
      code: 'provider_error',
      message: 'Unexpected error in the provider',
      transient: false,
    });
    return { result, added, credentialVersion: usedVersion };
  } finally {
    clearTimeout(timer);
    callsInProgress.dec({ tool_type: type });
    // Node keeps a signal of several for as long as it has a listener, and with it the call and its payload.
    stop.removeEventListener('abort', abandon);
  }
}
