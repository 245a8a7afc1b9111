import { WifiOff } from 'lucide-solid';
import { Match, Show, Switch } from 'solid-js';
import { liveState } from '../api/live.ts';
import { createDelayed } from '../kit/delayed.ts';
import { t } from '../words/words.ts';

/** The state of the live stream. Only a lost stream is marked in words and colour. */
export function LiveMark(props: { folded: boolean; onlyLost?: boolean }) {
  // A reconnect of under a second is not worth a message.
  const lost = createDelayed(() => liveState() === 'reconnecting', 1000);
  return (
    <div
      role="status"
      class="flex items-center gap-2 px-2 text-sm"
      classList={{ 'min-h-6': !props.onlyLost || lost() }}
    >
      <Switch>
        <Match when={lost()}>
          <WifiOff size={14} aria-hidden="true" class="shrink-0 text-unknown" />
          <span class={props.folded ? 'sr-only' : 'text-unknown'}>{t('Reconnecting')}</span>
        </Match>
        <Match when={props.onlyLost}>{null}</Match>
        <Match when={liveState() === 'live'}>
          <span class="mx-1 size-1.5 shrink-0 rounded-full bg-succeeded" aria-hidden="true" />
          <span class={props.folded ? 'sr-only' : 'text-faint'}>{t('Live')}</span>
        </Match>
        <Match when={liveState() === 'connecting'}>
          <span class="mx-1 size-1.5 shrink-0 rounded-full bg-line-strong" aria-hidden="true" />
          <Show when={!props.folded}>
            <span class="text-faint">{t('Connecting')}</span>
          </Show>
        </Match>
      </Switch>
    </div>
  );
}
