import { Show } from 'solid-js';
import { dueWords, isOverdue } from './due-words.ts';
import { formatExactTime } from './format.ts';
import { useNow } from './relative-time.tsx';

/** When work is due, with the exact time on hover; red once the time has passed. */
export function Due(props: {
  /** ISO 8601. */
  at: string | null;
  /** Work that is done is never overdue. */
  done?: boolean;
  /** Written before a time that has not passed, as in "due in 2 h". */
  prefix?: string;
  none?: string;
}) {
  const now = useNow();
  const late = () => isOverdue(props, now());
  return (
    <Show when={props.at} fallback={<span class="text-faint">{props.none ?? '–'}</span>}>
      {(at) => (
        <time
          datetime={at()}
          title={formatExactTime(at())}
          class="whitespace-nowrap"
          classList={{ 'font-medium text-failed': late(), 'text-muted': !late() }}
        >
          {late() ? '' : props.prefix}
          {dueWords({ at: at(), done: props.done }, now())}
        </time>
      )}
    </Show>
  );
}
