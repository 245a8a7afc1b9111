import { Show } from 'solid-js';
import { useQuery } from '../api/query.ts';
import { queries } from '../api/trpc.ts';
import { t } from '../words/words.ts';

/** What waits for the person, as the navigation shows it. */
export function useInboxCount() {
  const count = useQuery(() => queries.inbox.count());
  const waiting = () => (count.isSuccess ? count.data.roles : 0);
  return {
    waiting,
    overdue: () => (count.isSuccess ? count.data.overdue : 0),
    /** Includes the count, for screen readers. */
    labelOf: (label: string) =>
      label === t('Inbox') && waiting() > 0 ? t`${label}, waiting: ${waiting()}` : label,
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
        {props.count.waiting()}
      </span>
    </Show>
  );
}
