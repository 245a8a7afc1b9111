import { createSignal, onCleanup, Show } from 'solid-js';
import { formatExactTime, formatRelative } from './format.ts';

const [now, setNow] = createSignal(Date.now());
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The current time, updated every second. The whole page shares one timer. */
export function useNow(): () => number {
  if (users++ === 0) {
    setNow(Date.now());
    timer = setInterval(() => setNow(Date.now()), 1000);
  }
  onCleanup(() => {
    if (--users === 0) clearInterval(timer);
  });
  return now;
}

/** "12 s ago", with the exact time on hover. */
export function RelativeTime(props: { at: string | null | undefined; none?: string | undefined }) {
  const current = useNow();
  return (
    <Show when={props.at} fallback={<span class="text-faint">{props.none ?? '–'}</span>}>
      {(at) => (
        <time datetime={at()} title={formatExactTime(at())} class="whitespace-nowrap">
          {formatRelative(at(), current())}
        </time>
      )}
    </Show>
  );
}
