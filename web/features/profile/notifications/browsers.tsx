import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { forgetBrowser, offersPush, subscribeBrowser } from '../../../shell/push.ts';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { LastFailure } from '../../notifications/parts/last-failure.tsx';

type Browser = Outputs['notifications']['pushSubscriptions']['items'][number];

/**
 * Whether this browser may show notifications, and which browsers of the person show them also while no page is open. The
 * browser is asked only when someone presses the button.
 */
export function Browsers(props: { tenant: string; chosen: boolean }) {
  const me = useMe();
  const client = useQueryClient();
  const offered = 'Notification' in globalThis;
  const [state, setState] = createSignal(offered ? Notification.permission : 'denied');
  const [busy, setBusy] = createSignal<string>();
  const query = useQuery(() => queries.notifications.pushSubscriptions());
  const browsers = (): Browser[] => (query.isSuccess ? query.data.items : []);
  const isSubscribed = () => browsers().some(({ current }) => current);
  const mayAsk = () =>
    state() === 'default' || (state() === 'granted' && offersPush() && query.isSuccess && !isSubscribed());

  async function change(what: string, failed: string, work: () => Promise<unknown>): Promise<void> {
    if (busy() !== undefined) return;
    setBusy(what);
    try {
      await work();
    } catch (error) {
      toastError(failed, error);
    } finally {
      await client.invalidateQueries({ queryKey: queryKey(props.tenant, 'notifications') });
      setBusy(undefined);
    }
  }
  const allow = () =>
    change('allow', t('This browser could not subscribe'), async () => {
      setState(await Notification.requestPermission());
      const user = me()?.actor.id;
      if (state() === 'granted' && offersPush() && user)
        await subscribeBrowser({ tenant: props.tenant, user });
    });
  const remove = (browser: Browser) =>
    change(browser.id, t('The browser was not removed'), async () => {
      await api.notifications.removePushSubscription.mutate({ id: browser.id });
      if (browser.current) forgetBrowser(props.tenant);
      toast(t`${browser.device} removed`);
    });

  return (
    <div class="flex flex-col items-start gap-3">
      <div class="flex flex-wrap items-center gap-3 text-sm" aria-live="polite">
        <Switch>
          <Match when={!offered}>
            <p class="text-muted">
              {t(
                'This browser shows no notifications. On an iPhone or iPad, add Interlock to the Home Screen: then it can.',
              )}
            </p>
          </Match>
          <Match when={state() === 'denied'}>
            <p class="text-muted">
              {t('This browser blocks notifications of Interlock. Allow them in its settings of this site.')}
            </p>
          </Match>
          <Match when={state() === 'granted' && isSubscribed()}>
            <p class="text-muted">
              {t('This browser shows notifications, also while no page of Interlock is open.')}
            </p>
          </Match>
          <Match when={state() === 'granted'}>
            <p class="text-muted">
              {t('This browser shows notifications while a page of Interlock is open.')}
            </p>
          </Match>
        </Switch>
        <Show when={mayAsk()}>
          <Button busy={busy() === 'allow'} onClick={() => void allow()}>
            {state() === 'default'
              ? t('Allow notifications in this browser')
              : t('Show them also while no page is open')}
          </Button>
        </Show>
      </div>
      <Show when={isSubscribed() && !props.chosen}>
        <p class="text-sm">{t('Choose “Browser” for the kinds that it should show.')}</p>
      </Show>
      <Show when={browsers().length > 0}>
        <ul aria-label={t('Browsers that show notifications')} class="w-full max-w-180">
          <For each={browsers()}>
            {(browser) => (
              <li class="flex items-center gap-3 border-b py-1.5">
                <div class="min-w-0 flex-1">
                  <p class="font-medium">
                    {browser.device}
                    <Show when={browser.current}>
                      <span class="ml-2 font-normal text-succeeded">{t('this browser')}</span>
                    </Show>
                  </p>
                  <p class="break-words text-muted text-sm">
                    {rich`since ${<RelativeTime at={browser.createdAt} />}, by ${browser.service}`}
                  </p>
                  <LastFailure failure={browser.lastFailure} />
                </div>
                <Button
                  busy={busy() === browser.id}
                  aria-label={t`Remove ${browser.device}`}
                  onClick={() => void remove(browser)}
                >
                  {t('Remove')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
