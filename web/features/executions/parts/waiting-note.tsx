import { Show } from 'solid-js';
import { formatExactTime, formatNumber } from '../../../kit/format.ts';
import { useNow } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { counted, t } from '../../../words/words.ts';
import { useExecution } from './execution-query.ts';
import type { Execution } from './execution-words.ts';

const reasonWords = {
  rate_limit: t('Waits for the rate limit of the provider'),
  concurrency: t('Waits for other calls to end'),
  breaker_open: t('Waits: its host is not called now'),
  backlog: t('Waits for its turn'),
  retry: t('Waits for the next attempt'),
} as const;

type Waiting = NonNullable<Execution['waiting']>;

/** Why an open execution makes no call now, how many are ahead, and when it is tried. */
export function WaitingNote(props: { waiting: Waiting }) {
  return (
    <div role="status" class="rounded-md border bg-sunken px-3 py-2">
      <Status kind="paused" word={reasonWords[props.waiting.reason]} />
      <p class="break-words">
        {said(props.waiting.message)}{' '}
        <Show when={props.waiting.ahead !== null && props.waiting.ahead}>
          {(ahead) => (
            <>
              {counted(
                ahead(),
                '{1} execution is ahead.|{1} executions are ahead.',
                ahead() >= 1000 ? t('At least 1000') : formatNumber(ahead()),
              )}{' '}
            </>
          )}
        </Show>
        <NextTry waiting={props.waiting} />
      </p>
    </div>
  );
}

function NextTry(props: { waiting: Waiting }) {
  const now = useNow();
  const seconds = (at: string) => Math.ceil((Date.parse(at) - now()) / 1000);
  return (
    <Show when={props.waiting.nextTryAt}>
      {(at) => (
        <time datetime={at()} title={formatExactTime(at())}>
          {seconds(at()) > 0 ? t`It is tried in ${inWords(seconds(at()))}.` : t('It is tried now.')}
        </time>
      )}
    </Show>
  );
}

const inWords = (seconds: number): string =>
  seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;

/** The same for an execution that is not loaded, such as that of a step. Nothing while it makes its call. */
export function ExecutionWaiting(props: { executionId: string }) {
  const query = useExecution(() => props.executionId);
  return <Show when={query.data?.waiting}>{(waiting) => <WaitingNote waiting={waiting()} />}</Show>;
}
