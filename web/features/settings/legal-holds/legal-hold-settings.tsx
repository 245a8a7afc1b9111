import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { Plus } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { rich, t } from '../../../words/words.ts';
import { PlaceHoldDialog } from './place-hold-dialog.tsx';
import { ReleaseHoldDialog } from './release-hold-dialog.tsx';

type Hold = Outputs['legalHolds']['list']['items'][number];

/** What must not be removed. Tenant admins only. */
export function LegalHoldSettings() {
  const can = useCan();
  return (
    <Show
      when={can('legal_holds.read')}
      fallback={<p class="text-faint text-sm">{t('Only tenant admins can see legal holds.')}</p>}
    >
      <Holds />
    </Show>
  );
}

function Holds() {
  const can = useCan();
  const client = useQueryClient();
  const query = useQuery(() => queries.legalHolds.list());
  const [open, setOpen] = createSignal<{ release?: Hold }>();
  const close = () => setOpen(undefined);
  const done = async () => {
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'legalHolds') });
    close();
  };
  return (
    <div class="flex flex-col items-start gap-4">
      <p class="max-w-[68ch] text-muted">
        {t(
          'While a legal hold is in force, nothing that it covers is removed, whatever the times of retention say. Webhook deliveries stay while any hold is in force.',
        )}
      </p>
      <Show when={can('legal_holds.write')}>
        <Button icon={Plus} onClick={() => setOpen({})}>
          {t('Place hold')}
        </Button>
      </Show>
      <QueryView query={query} what={t('The legal holds could not be loaded')}>
        {(list) => (
          <Show when={list().items.length > 0} fallback={<p class="text-muted">{t('No legal holds.')}</p>}>
            <ul aria-label={t('Legal holds')} class="flex w-full flex-col">
              <Key each={list().items} by="id">
                {(hold) => (
                  <li class="flex flex-wrap items-start justify-between gap-2 border-b py-3">
                    <div class="flex min-w-0 flex-col gap-0.5">
                      <p class="font-medium" classList={{ 'text-muted': hold().released !== null }}>
                        {coverWords(hold())}
                      </p>
                      <p class="break-words">{hold().reason}</p>
                      <p class="text-faint text-sm">
                        {rich`Placed by ${() => hold().createdBy.name} ${<RelativeTime at={hold().createdAt} />}`}
                      </p>
                      <Show when={hold().released}>
                        {(released) => (
                          <p class="text-faint text-sm">
                            {rich`Released by ${() => released().by} ${<RelativeTime at={released().at} />}: ${() => released().reason}`}
                          </p>
                        )}
                      </Show>
                    </div>
                    <Show when={!hold().released && can('legal_holds.write')}>
                      <Button
                        onClick={() => setOpen({ release: hold() })}
                        aria-label={t`Release ${coverWords(hold())}`}
                      >
                        {t('Release')}
                      </Button>
                    </Show>
                  </li>
                )}
              </Key>
            </ul>
          </Show>
        )}
      </QueryView>
      <Show when={open()}>
        {(what) => (
          <Show when={what().release} fallback={<PlaceHoldDialog onClose={close} onDone={done} />}>
            {(hold) => (
              <ReleaseHoldDialog id={hold().id} covers={coverWords(hold())} onClose={close} onDone={done} />
            )}
          </Show>
        )}
      </Show>
    </div>
  );
}

const day = (at: string): string => new Date(at).toISOString().slice(0, 10);

/** "Executions of Refund a payment from 2031-01-01" */
function coverWords({ scope, exception, tool, from, until }: Hold): string {
  if (scope === 'everything') return t('Everything');
  if (scope === 'exception')
    return exception ? `${exceptionLabel(exception.number)} ${exception.title}` : t('An exception');
  return [
    tool ? t`Executions of ${tool.title}` : t('All executions'),
    from ? t`from ${day(from)}` : '',
    until ? t`before ${day(until)}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
