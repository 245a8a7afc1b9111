import type { CallDoorFilter } from '../../../../shared/executions/call-doors.ts';
import type { FailureCode } from '../../../../shared/executions/failure-codes.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { formatDuration } from '../../../kit/format.ts';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { approvalWords } from './approval-words.ts';

export type Execution = Outputs['executions']['get'];

/** The sentences about an execution; pure functions, so that each sentence can be tested. */

/** The failure codes as lists and filters show them. */
export const failureWords: Record<FailureCode, string> = {
  invalid_input: t('Invalid input'),
  denied: t('Denied'),
  disabled: t('Tool disabled'),
  rate_limited: t('Rate limited'),
  circuit_open: t('Calls paused'),
  timeout: t('Timed out'),
  provider_error: t('Provider error'),
  invalid_output: t('Invalid output'),
  outcome_unknown: t('Outcome unknown'),
  cancelled: t('Cancelled'),
  terminated: t('Terminated'),
  internal: t('Internal error'),
};

/** How an execution came. */
export const callDoorWords: Record<CallDoorFilter, string> = {
  web: t('Page'),
  rest: t('REST API'),
  cli: t('Command line'),
  trpc: 'tRPC',
  mcp: t('MCP'),
  schedule: t('Schedule'),
  worker: t('Interlock'),
  playbook: t('Playbook'),
  batch: t('Batch'),
  not_recorded: t('Not recorded'),
};

/** An elapsed time in whole seconds, so that it does not flicker. */
export const formatSince = (ms: number): string =>
  ms < 1000 ? t('under 1 s') : formatDuration(Math.floor(ms / 1000) * 1000);

export const isOpen = (execution: Pick<Execution, 'status'>): boolean =>
  execution.status === 'requested' || execution.status === 'running';

type Described = Pick<Execution, 'status' | 'failure' | 'attempts' | 'toolName' | 'approval'>;

/** Whether a failed execution may have had an effect; null if its message already says so. */
export function effectWords(execution: Described): string | null {
  const { failure, attempts } = execution;
  if (!failure) return null;
  const last = attempts.at(-1);
  switch (failure.code) {
    case 'outcome_unknown':
      return t('It was not retried, because a second call could have a second effect.');
    case 'invalid_output':
      return failure.retryable
        ? t('The provider responded. Its response is stored below.')
        : t('The provider responded, so the call may have taken effect. Its response is stored below.');
    case 'internal':
      return attempts.length === 0 ? t('Nothing was sent.') : null;
    default:
      break;
  }
  if (attempts.length === 0) return t('Nothing was sent.');
  if (isRejection(last?.httpStatus)) return saysWhy(failure) ? null : t('The provider rejected the request.');
  if (last?.httpStatus !== undefined && !failure.retryable) return t('The provider received the request.');
  return failure.retryable ? t('No call is known to have taken effect.') : null;
}

/** Does the message give the provider's own words? */
const saysWhy = ({ message }: { message: string }) => /^The provider (?:refused|failed): /.test(message);

/** Did the provider reject the request itself? A retry of the same request would be rejected too. */
const isRejection = (status: number | undefined) =>
  status !== undefined && status >= 400 && status < 500 && ![408, 425, 429].includes(status);

/** What to do next. */
export function adviceWords(execution: Described): string {
  const { failure } = execution;
  if (!failure) return '';
  const again = failure.retryable
    ? t('Running it again is safe.')
    : t('A second execution could have a second effect. Check with the provider first.');
  switch (failure.code) {
    case 'invalid_input':
      return t('Correct the input, then run the tool again.');
    case 'denied':
      return execution.approval
        ? t('Running it again asks for approval again.')
        : t('Ask a tenant admin to allow it, then run the tool again.');
    case 'disabled':
      return t('Enable the tool for this organization, then run it again.');
    case 'rate_limited':
    case 'circuit_open':
      return t('Wait a moment, then run the tool again.');
    case 'invalid_output':
      return t`If the response is correct, change the tool’s output schema. ${again}`;
    case 'outcome_unknown':
      return failure.retryable
        ? again
        : t('Check with the provider whether it happened, then settle it. It can run again after that.');
    case 'provider_error':
      if (execution.attempts.at(-1)?.httpStatus === 401)
        return t(
          'Give the tool, or its connector, a credential that the provider accepts, then run it again.',
        );
      return isRejection(execution.attempts.at(-1)?.httpStatus)
        ? saysWhy(failure)
          ? t('Correct the input or the tool, then run it again.')
          : t('Its response below says why. Correct the input or the tool, then run it again.')
        : again;
    case 'cancelled':
    case 'terminated':
    case 'timeout':
      return again;
    case 'internal':
      return t`Please quote the execution ID when you report it. ${again}`;
  }
}

/** What an open execution is doing, and what happens next. */
export function nextWords(
  execution: Pick<
    Execution,
    'status' | 'attempts' | 'maxAttempts' | 'cancelRequestedAt' | 'createdAt' | 'approval'
  >,
  now: number,
): string {
  const since = (iso: string) =>
    formatDuration(Math.max(0, Math.floor((now - Date.parse(iso)) / 1000)) * 1000);
  if (execution.status === 'requested') {
    if (execution.approval?.status === 'waiting') return `${approvalWords(execution.approval)}.`;
    const waited = now - Date.parse(execution.createdAt);
    return waited > 10_000
      ? t`Not started for ${since(execution.createdAt)}. It starts as soon as a worker is available.`
      : t('Waiting for a worker.');
  }
  if (execution.status !== 'running') return '';
  const last = execution.attempts.at(-1);
  if (!last) return t('Preparing the first attempt.');
  const which =
    execution.maxAttempts > 1 ? t`Attempt ${last.number} of ${execution.maxAttempts}` : t('The only attempt');
  if (execution.cancelRequestedAt) return t`${which} is being cancelled.`;
  if (last.status === 'running') {
    return now - Date.parse(last.startedAt) >= 1000
      ? t`${which} is running for ${since(last.startedAt)}.`
      : t`${which} is running.`;
  }
  if (last.status === 'failed' && last.willRetryAt) {
    const seconds = Math.ceil((Date.parse(last.willRetryAt) - now) / 1000);
    const cause = last.error ? `: ${withoutStop(said(last.error.message))}` : '';
    return t`${which} failed${cause}; next attempt ${seconds > 0 ? t`in ${formatDuration(seconds * 1000)}` : t('now')}.`;
  }
  return t`${which} has ended. Its outcome is being recorded.`;
}

const withoutStop = (sentence: string) => sentence.replace(/[.]$/, '');

/** An event type in words. */
const eventWords: Record<string, string> = {
  ToolExecutionRequested: t('Requested'),
  ToolExecutionStarted: t('Started'),
  ToolExecutionAttempted: t('Attempted'),
  ToolExecutionCancelRequested: t('Cancel requested'),
  ToolExecutionCompleted: t('Succeeded'),
  ToolExecutionFailed: t('Failed'),
  ToolExecutionQuarantined: t('Quarantined'),
  ToolExecutionReleased: t('Released'),
  ToolExecutionSettled: t('Settled'),
  ToolExecutionUndoRequested: t('Undo requested'),
  ToolExecutionApprovalRequested: t('Approval requested'),
  ToolExecutionApproved: t('Approved'),
  ToolExecutionApprovalWithdrawn: t('Approval withdrawn'),
  ToolExecutionRejected: t('Rejected'),
  ToolExecutionApprovalExpired: t('Approval expired'),
};
export const eventWord = (type: string): string =>
  eventWords[type] ?? type.replace(/^ToolExecution/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
