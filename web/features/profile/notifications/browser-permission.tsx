import { createSignal, Match, Show, Switch } from 'solid-js';
import { Button } from '../../../kit/button.tsx';
import { t } from '../../../words/words.ts';

/** Whether this browser may show notifications. It is asked only when someone presses the button. */
export function BrowserPermission() {
  const offered = 'Notification' in globalThis;
  const [state, setState] = createSignal(offered ? Notification.permission : 'denied');
  const ask = async () => setState(await Notification.requestPermission());
  return (
    <div class="flex flex-wrap items-center gap-3 text-sm" aria-live="polite">
      <Switch>
        <Match when={!offered}>
          <p class="text-muted">{t('This browser shows no notifications.')}</p>
        </Match>
        <Match when={state() === 'granted'}>
          <p class="text-muted">
            {t('This browser may show notifications while a page of Interlock is open.')}
          </p>
        </Match>
        <Match when={state() === 'denied'}>
          <p class="text-muted">
            {t('This browser blocks notifications of Interlock. Allow them in its settings of this site.')}
          </p>
        </Match>
      </Switch>
      <Show when={state() === 'default'}>
        <Button onClick={() => void ask()}>{t('Allow notifications in this browser')}</Button>
      </Show>
    </div>
  );
}
