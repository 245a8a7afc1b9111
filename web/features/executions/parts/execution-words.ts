import type { FailureCode } from '../../../../shared/executions/failure-codes.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { formatDuration } from '../../../kit/format.ts';

export type Execution = Outputs['executions']['get'];

/** What an execution says of itself, in words. Pure, so that every sentence can be tested. */

/** How a failure code reads in lists and filters. */
export const failureWords: Record<FailureCode, string> = {
  invalid_input: 'Invalid input',
  denied: 'Denied',
  disabled: 'Turned off',
  rate_limited: 'Rate limited',
  circuit_open: 'Calls paused',
  timeout: 'Timed out',
  provider_error: 'Provider error',
  invalid_output: 'Invalid output',
  outcome_unknown: 'Outcome unknown',
  cancelled: 'Cancelled',
  terminated: 'Terminated',
  internal: 'Our fault',
};

/** How long something has been going on: in whole seconds, so that it does not flicker. */
export const formatSince = (ms: number): string =>
  ms < 1000 ? 'under 1 s' : formatDuration(Math.floor(ms / 1000) * 1000);

export const isOpen = (execution: Pick<Execution, 'status'>): boolean =>
  execution.status === 'requested' || execution.status === 'running';

type Told = Pick<Execution, 'status' | 'failure' | 'attempts' | 'toolName'>;

/** What a failure did not do, or may have done; null where its message has said it. */
export function effectWords(execution: Told): string | null {
  const { failure, attempts } = execution;
  if (!failure) return null;
  const last = attempts.at(-1);
  switch (failure.code) {
    case 'outcome_unknown':
      return 'It was not repeated, since a second call could have a second effect.';
    case 'invalid_output':
      return failure.retryable
        ? 'The provider did answer; its answer is kept below.'
        : 'The provider did answer, so the call may have had its effect. Its answer is kept below.';
    case 'internal':
      return attempts.length === 0 ? 'Nothing was sent.' : null;
    default:
      break;
  }
  if (attempts.length === 0) return 'Nothing was sent.';
  if (isRefusal(last?.httpStatus)) return 'The provider refused the request.';
  if (last?.httpStatus !== undefined && !failure.retryable) return 'The provider did get the request.';
  return failure.retryable ? 'No call is known to have had an effect.' : null;
}

/** The provider says that the request itself is wrong: sent again as it is, it would be refused again. */
const isRefusal = (status: number | undefined) =>
  status !== undefined && status >= 400 && status < 500 && ![408, 425, 429].includes(status);

/** What to do next. */
export function adviceWords(execution: Told): string {
  const { failure } = execution;
  if (!failure) return '';
  const again = failure.retryable
    ? 'Running it again is safe.'
    : 'A second run could have a second effect: look at the provider first.';
  switch (failure.code) {
    case 'invalid_input':
      return 'Correct the input and run it again.';
    case 'denied':
      return 'Ask a tenant admin whether this is meant to be allowed; then run it again.';
    case 'disabled':
      return 'Turn the tool on for this tenant, then run it again.';
    case 'rate_limited':
    case 'circuit_open':
      return 'Wait a moment, then run it again.';
    case 'invalid_output':
      return `If the answer is right, the tool’s output schema needs a change. ${again}`;
    case 'outcome_unknown':
      return 'Once that is known, run it again or leave it.';
    case 'provider_error':
      return isRefusal(execution.attempts.at(-1)?.httpStatus)
        ? 'Its answer below says why: change the input or the tool, then run it again.'
        : again;
    case 'cancelled':
    case 'terminated':
    case 'timeout':
      return again;
    case 'internal':
      return `Give the execution’s id to whoever runs this installation. ${again}`;
  }
}

/** The next thing that will happen to an open execution, at a given time. */
export function nextWords(
  execution: Pick<Execution, 'status' | 'attempts' | 'maxAttempts' | 'cancelRequestedAt' | 'createdAt'>,
  now: number,
): string {
  const since = (iso: string) =>
    formatDuration(Math.max(0, Math.floor((now - Date.parse(iso)) / 1000)) * 1000);
  if (execution.status === 'requested') {
    const waited = now - Date.parse(execution.createdAt);
    return waited > 10_000
      ? `Not started for ${since(execution.createdAt)}. It starts by itself as soon as a worker is there.`
      : 'Waiting for a worker to take it.';
  }
  if (execution.status !== 'running') return '';
  const last = execution.attempts.at(-1);
  if (!last) return 'Preparing the first attempt.';
  const which =
    execution.maxAttempts > 1 ? `Attempt ${last.number} of ${execution.maxAttempts}` : 'The only attempt';
  if (execution.cancelRequestedAt) return `${which} is being cancelled.`;
  if (last.status === 'running') {
    return `${which} is under way${now - Date.parse(last.startedAt) >= 1000 ? ` for ${since(last.startedAt)}` : ''}.`;
  }
  if (last.status === 'failed' && last.willRetryAt) {
    const seconds = Math.ceil((Date.parse(last.willRetryAt) - now) / 1000);
    const cause = last.error ? `: ${withoutStop(last.error.message)}` : '';
    return `${which} failed${cause}; next try ${seconds > 0 ? `in ${formatDuration(seconds * 1000)}` : 'now'}.`;
  }
  return `${which} has ended; its outcome is being recorded.`;
}

const withoutStop = (sentence: string) => sentence.replace(/[.]$/, '');

/** How an event of an execution reads; the technical name stands beside it. */
const eventWords: Record<string, string> = {
  ToolExecutionRequested: 'Requested',
  ToolExecutionStarted: 'Started',
  ToolExecutionAttempted: 'Attempted',
  ToolExecutionCancelRequested: 'Cancel requested',
  ToolExecutionCompleted: 'Succeeded',
  ToolExecutionFailed: 'Failed',
};
export const eventWord = (type: string): string =>
  eventWords[type] ?? type.replace(/^ToolExecution/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
