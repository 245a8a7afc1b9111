import { Show } from 'solid-js';
import { useQuery } from '../api/query.ts';
import { queries } from '../api/trpc.ts';
import { t } from '../words/words.ts';

/** What the person can do now, as the navigation shows it. */
export function useInboxCount() {
  const count = useQuery(() => queries.inbox.count());
  const waiting = () => (count.isSuccess ? count.data.todo : 0);
  return {
    waiting,
    /** Counting stops at 200. */
    words: () => (waiting() >= 200 ? '200+' : String(waiting())),
    overdue: () => (count.isSuccess ? count.data.todoOverdue : 0),
  };
}

/** The number beside "Inbox", or at the corner of its icon. */
export function InboxCount(props: { count: ReturnType<typeof useInboxCount>; corner: boolean }) {
  return (
    <Show when={props.count.waiting() > 0}>
      <span
        class="tabular-nums text-xs"
        classList={{
          'text-failed': props.count.overdue() > 0,
          'text-faint': props.count.overdue() === 0,
          'absolute top-0 right-0 rounded-sm bg-rail px-0.5 leading-none': props.corner,
        }}
        title={props.count.overdue() > 0 ? t`${props.count.overdue()} overdue` : undefined}
      >
        <span class="sr-only">, {t('waiting:')} </span>
        {props.count.words()}
      </span>
    </Show>
  );
}
