import { Show } from 'solid-js';
import { formatExactTime, formatRelative } from './format.ts';
import { useNow } from './relative-time.tsx';

const dayMs = 86_400_000;

export const isPast = (iso: string, now: number): boolean => Date.parse(iso) <= now;

/** "in 2 h", "23 min overdue", "12 days overdue". */
export function dueWords(iso: string, now: number): string {
  if (!isPast(iso, now)) return formatRelative(iso, now);
  const days = Math.floor((now - Date.parse(iso)) / dayMs);
  if (days >= 7) return `${days} days overdue`;
  const ago = formatRelative(iso, now);
  return ago.endsWith(' ago') ? ago.replace(/ ago$/, ' overdue') : 'due now';
}

/** When work is due, with the exact time on hover; red once the time has passed. */
export function Due(props: {
  /** ISO 8601. */
  at: string | null;
  /** The work is done: it cannot be overdue any more. */
  done?: boolean;
  /** Written before a time that has not passed, as in "due in 2 h". */
  prefix?: string;
  none?: string;
}) {
  const now = useNow();
  const late = (at: string) => !props.done && isPast(at, now());
  const words = (at: string) => {
    if (props.done) return formatRelative(at, now());
    return late(at) ? dueWords(at, now()) : `${props.prefix ?? ''}${dueWords(at, now())}`;
  };
  return (
    <Show when={props.at} fallback={<span class="text-faint">{props.none ?? '–'}</span>}>
      {(at) => (
        <time
          datetime={at()}
          title={formatExactTime(at())}
          class="whitespace-nowrap"
          classList={{ 'font-medium text-failed': late(at()), 'text-muted': !late(at()) }}
        >
          {words(at())}
        </time>
      )}
    </Show>
  );
}
