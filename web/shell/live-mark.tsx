import { WifiOff } from 'lucide-solid';
import { Match, Show, Switch } from 'solid-js';
import { liveState } from '../api/live.ts';
import { createDelayed } from '../kit/delayed.ts';

/** Says only what matters: a stream that is lost. A working one is a quiet dot. */
export function LiveMark(props: { folded: boolean }) {
  // A reconnect that takes under a second is nobody's concern.
  const lost = createDelayed(() => liveState() === 'reconnecting', 1000);
  return (
    <div role="status" class="flex min-h-6 items-center gap-2 px-2 text-sm">
      <Switch>
        <Match when={lost()}>
          <WifiOff size={14} aria-hidden="true" class="shrink-0 text-unknown" />
          <span class={props.folded ? 'sr-only' : 'text-unknown'}>Live paused, reconnecting</span>
        </Match>
        <Match when={liveState() === 'live'}>
          <span class="mx-1 size-1.5 shrink-0 rounded-full bg-succeeded" aria-hidden="true" />
          <span class={props.folded ? 'sr-only' : 'text-faint'}>Live</span>
        </Match>
        <Match when={liveState() === 'connecting'}>
          <span class="mx-1 size-1.5 shrink-0 rounded-full bg-line-strong" aria-hidden="true" />
          <Show when={!props.folded}>
            <span class="text-faint">Connecting</span>
          </Show>
        </Match>
      </Switch>
    </div>
  );
}
