import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { Hand } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import type { Breaker } from '../../../../shared/limits/limit-schemas.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { Due } from '../../../kit/due.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status, type StatusKind } from '../../../kit/status.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { BreakerHistory } from './breaker-history.tsx';
import { HoldDialog } from './hold-dialog.tsx';

const states: Record<Breaker['state'], { kind: StatusKind; word: string }> = {
  closed: { kind: 'succeeded', word: t('Calls go on') },
  open: { kind: 'failed', word: t('Paused: calls fail') },
  half_open: { kind: 'running', word: t('Paused: one call probes') },
  held: { kind: 'waiting', word: t('Held by hand') },
};

type Asked = { what: 'hold'; host: string } | { what: 'reset' | 'history'; breaker: Breaker };

/** Hosts whose calls were paused once, and what to do about them. */
export function BreakerList() {
  const can = useCan();
  const client = useQueryClient();
  const query = useQuery(() => ({ ...queries.breakers.list(), refetchInterval: 5_000 }));
  const [asked, setAsked] = createSignal<Asked>();
  const close = () => setAsked(undefined);
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'breakers') });
  const about = (what: 'reset' | 'history') => {
    const now = asked();
    return now?.what === what ? now.breaker : undefined;
  };
  const held = () => {
    const now = asked();
    return now?.what === 'hold' ? now : undefined;
  };

  return (
    <section aria-labelledby="breakers" class="flex flex-col items-start gap-2">
      <h2 id="breakers" class="font-medium">
        {t('Hosts that are not called')}
      </h2>
      <p class="max-w-[68ch] text-muted">
        {t(
          'When calls to a host fail again and again, they are paused. A call that is not safe to retry then fails at once, and nothing is sent; others wait. After a while one call probes the host.',
        )}
      </p>
      <Show when={can('limits.write')}>
        <Button icon={Hand} onClick={() => setAsked({ what: 'hold', host: '' })}>
          {t('Hold calls to a host')}
        </Button>
      </Show>
      <QueryView query={query} what={t('The hosts could not be loaded')}>
        {(list) => (
          <Show
            when={list().items.length > 0}
            fallback={<p class="text-muted">{t('Every host is called.')}</p>}
          >
            <ul aria-label={t('Hosts')} class="flex w-full flex-col border-t">
              <Key each={list().items} by="host">
                {(breaker) => (
                  <li class="flex flex-wrap items-start justify-between gap-2 border-b py-2.5">
                    <div class="min-w-0">
                      <p class="flex flex-wrap items-center gap-x-3">
                        <span class="break-all font-mono text-sm">{breaker().host}</span>
                        <Status {...states[breaker().state]} />
                      </p>
                      <p class="break-words text-muted">{said(breaker().reason)}</p>
                      <p class="text-faint text-sm">
                        {breaker().changedBy.name}, <RelativeTime at={breaker().since} />
                        <Show when={breaker().state === 'open' && breaker().retryAt}>
                          {(at) => <>{rich`; next probe ${<Due at={at()} done />}`}</>}
                        </Show>
                      </p>
                    </div>
                    <div class="flex gap-2">
                      <Button
                        variant="quiet"
                        aria-label={t`History of ${breaker().host}`}
                        onClick={() => setAsked({ what: 'history', breaker: breaker() })}
                      >
                        {t('History')}
                      </Button>
                      <Show when={can('limits.write')}>
                        <Show
                          when={breaker().state === 'closed'}
                          fallback={
                            <Button
                              aria-label={t`Reset ${breaker().host}`}
                              onClick={() => setAsked({ what: 'reset', breaker: breaker() })}
                            >
                              {t('Reset')}
                            </Button>
                          }
                        >
                          <Button
                            aria-label={t`Hold calls to ${breaker().host}`}
                            onClick={() => setAsked({ what: 'hold', host: breaker().host })}
                          >
                            {t('Hold')}
                          </Button>
                        </Show>
                      </Show>
                    </div>
                  </li>
                )}
              </Key>
            </ul>
          </Show>
        )}
      </QueryView>
      <Show when={held()}>
        {(to) => <HoldDialog host={to().host} onClose={close} onDone={() => refresh().then(close)} />}
      </Show>
      <Show when={about('reset')}>
        {(breaker) => (
          <ActionDialog
            open
            title={t`Call ${breaker().host} again?`}
            verb={t('Reset')}
            failed={t('The breaker was not reset.')}
            onConfirm={async () => {
              await api.breakers.reset.mutate({ id: breaker().id });
              toast(t`${breaker().host} is called again`);
              await refresh();
            }}
            onClose={close}
          >{t`Calls that wait for ${breaker().host} leave within seconds. If they fail, its calls are paused again.`}</ActionDialog>
        )}
      </Show>
      <Show when={about('history')}>
        {(breaker) => <BreakerHistory id={breaker().id} host={breaker().host} onClose={close} />}
      </Show>
    </section>
  );
}
