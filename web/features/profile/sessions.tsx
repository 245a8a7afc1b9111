import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show } from 'solid-js';
import { useQuery } from '../../api/query.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../api/trpc.ts';
import { ActionDialog } from '../../kit/action-dialog.tsx';
import { Button } from '../../kit/button.tsx';
import { QueryView } from '../../kit/query-view.tsx';
import { RelativeTime } from '../../kit/relative-time.tsx';
import { toast } from '../../shell/toasts.tsx';
import { rich, t } from '../../words/words.ts';

type Session = Outputs['me']['sessions']['items'][number];

/** Where the person is signed in. Each session can be ended. */
export function Sessions() {
  const client = useQueryClient();
  const query = useQuery(() => queries.me.sessions());
  const [ending, setEnding] = createSignal<Session | 'others'>();
  const one = () => {
    const at = ending();
    return at === 'others' ? undefined : at;
  };

  async function end(): Promise<void> {
    const session = one();
    if (session) await api.me.revokeSession.mutate({ sessionId: session.id });
    else await api.me.revokeOtherSessions.mutate();
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'me', 'sessions') });
    toast(session ? t('Session ended') : t('Your other sessions have ended'));
  }

  return (
    <>
      <QueryView query={query} what={t('Your sessions could not be loaded')}>
        {(page) => (
          <div class="flex flex-col items-start gap-3">
            <ul class="w-full">
              <Key each={page().items} by="id">
                {(session) => (
                  <li class="flex items-center gap-3 border-b py-1.5">
                    <div class="min-w-0 flex-1">
                      <p class="font-medium">
                        {session().device}
                        <Show when={session().current}>
                          <span class="ml-2 font-normal text-succeeded">{t('this session')}</span>
                        </Show>
                      </p>
                      <p class="text-muted text-sm">
                        <Show when={session().address}>{(address) => <>{address()} · </>}</Show>
                        {rich`last seen ${<RelativeTime at={session().lastSeenAt} />} · since ${<RelativeTime at={session().createdAt} />}`}
                      </p>
                    </div>
                    <Show when={!session().current}>
                      <Button
                        aria-label={t`End the session of ${session().device}`}
                        onClick={() => setEnding(session())}
                      >
                        {t('End')}
                      </Button>
                    </Show>
                  </li>
                )}
              </Key>
            </ul>
            <Show when={page().items.some(({ current }) => !current)}>
              <Button variant="danger" onClick={() => setEnding('others')}>
                {t('End all other sessions')}
              </Button>
            </Show>
          </div>
        )}
      </QueryView>
      <ActionDialog
        open={ending() !== undefined}
        title={one() ? t`End the session of ${one()?.device}?` : t('End all other sessions?')}
        verb={t('End')}
        danger
        failed={t('Nothing was ended.')}
        onConfirm={end}
        onClose={() => setEnding(undefined)}
      >
        {t(
          'Anyone who uses it has to sign in again. What they typed and did not send stays in their browser.',
        )}
      </ActionDialog>
    </>
  );
}
