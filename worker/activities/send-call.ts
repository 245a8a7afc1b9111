import type { PreparedCall } from '../../shared/executions/server/prepared-call.ts';
import type { CallResult } from '../../shared/tools/server/provider.ts';
import { callProvider } from '../../shared/tools/server/providers.ts';
import { attemptKey, type ClaimedAttempt } from './claim-next.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';

/** How long an aborted provider call may take to stop; then it is abandoned. */
const stopGraceMs = 500;

export interface SendOptions {
  privateHosts: string[];
  /** Its reason is an `AbortReason`. */
  signal: AbortSignal;
  heartbeat: () => void;
  /** Called with every secret that the call itself fetches. */
  onSecret: (secret: string) => void;
}

/** Sends the call, within the timeout of an attempt and the deadline. Never rejects. */
export async function sendCall(
  context: ExecutionWorkerContext,
  { row, number, deadlineAt }: ClaimedAttempt,
  { tool, request, credential }: PreparedCall,
  { signal, ...options }: SendOptions,
): Promise<CallResult> {
  const { timeoutMs, type, idempotent } = tool.definition;
  const remaining = Math.max(1, deadlineAt.getTime() - Date.now());
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new Error(remaining < timeoutMs ? 'deadline' : 'timeout')),
    Math.min(timeoutMs, remaining),
  );
  const stop = AbortSignal.any([signal, timeout.signal]);
  let sent = false;
  const failed = (result: { code: 'timeout' | 'provider_error'; message: string; transient: boolean }) =>
    ({ ok: false, sent: sent ? 'unknown' : 'before', ...result }) as const;
  const abandoned = Promise.withResolvers<CallResult>();
  stop.addEventListener('abort', () => {
    const message = `No response from ${new URL(request.url).host || type}`;
    const result = () => failed({ code: 'timeout', message, transient: true });
    setTimeout(() => abandoned.resolve(result()), stopGraceMs).unref();
  });
  context.sent.add(attemptKey(row.id, number));
  try {
    return await Promise.race([
      callProvider(
        tool.definition,
        request,
        {
          ...options,
          tenantId: row.tenant_id,
          executionId: row.id,
          attempt: number,
          idempotencyKey: idempotent ? row.id : null,
          signal: stop,
          secret: credential?.secret ?? null,
          onSent: () => {
            sent = true;
          },
        },
        context.providers,
      ),
      abandoned.promise,
    ]);
  } catch (error) {
    context.log.error({ err: error, executionId: row.id }, 'a provider failed unexpectedly');
    return failed({ code: 'provider_error', message: 'Unexpected error in the provider', transient: false });
  } finally {
    clearTimeout(timer);
  }
}
