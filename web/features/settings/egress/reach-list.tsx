import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Show } from 'solid-js';
import {
  type EgressSettings,
  type ReachedHost,
  reachDays,
} from '../../../../shared/egress/egress-schemas.ts';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { formatNumber } from '../../../kit/format.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { counted, rich, t } from '../../../words/words.ts';
import { callerText, isRefused, outcomeStatus, placeText, refusalText } from './egress-words.ts';

/** What was reached and refused, by whom. A host that was refused can be put on the list. */
export function ReachList(props: { settings: EgressSettings }) {
  const can = useCan();
  const client = useQueryClient();
  const query = useQuery(() => ({ ...queries.settings.getEgressReach(), refetchInterval: 10_000 }));
  const [refusedOnly, setRefusedOnly] = createSignal(false);
  const [allowing, setAllowing] = createSignal<ReachedHost>();
  const allow = async ({ host, port }: ReachedHost) => {
    const { allowList, revision } = props.settings;
    const hosts = [...allowList.hosts, { host, ports: [port] }];
    try {
      await api.settings.putEgress.mutate({
        allowList: { ...allowList, hosts },
        ifMatch: entityTag(revision),
      });
      toast(t`${host}:${port} may be reached`);
    } finally {
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'settings') });
    }
  };
  const offers = ({ outcome }: ReachedHost) => outcome === 'not_allowed' && can('egress.write');
  return (
    <section aria-label={t('Reached and refused')} class="flex flex-col gap-2">
      <div class="flex flex-wrap items-center gap-3">
        <h3 class="font-semibold">{rich`Reached and refused in ${reachDays} days`}</h3>
        <fieldset class="flex gap-1">
          <legend class="sr-only">{t('Show')}</legend>
          <Button
            variant={refusedOnly() ? 'quiet' : 'plain'}
            aria-pressed={!refusedOnly()}
            onClick={() => setRefusedOnly(false)}
          >
            {t('All')}
          </Button>
          <Button
            variant={refusedOnly() ? 'plain' : 'quiet'}
            aria-pressed={refusedOnly()}
            onClick={() => setRefusedOnly(true)}
          >
            {t('Refused')}
          </Button>
        </fieldset>
      </div>
      <QueryView query={query} what={t('What was reached could not be loaded')}>
        {(reach) => {
          const shown = () => reach().items.filter((each) => !refusedOnly() || isRefused(each));
          return (
            <Show
              when={shown().length > 0}
              fallback={
                <p class="text-muted">
                  {refusedOnly()
                    ? t('Nothing was refused.')
                    : t('No host was called. Counts appear after seconds.')}
                </p>
              }
            >
              <ul aria-label={t('Hosts')} class="flex flex-col">
                <For each={shown()}>
                  {(each) => (
                    <li class="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b py-2">
                      <span class="flex min-w-0 flex-1 basis-72 flex-col">
                        <code class="break-all font-mono text-sm">
                          {each.methods.join(', ')} {placeText(each)}
                        </code>
                        <span class="break-words text-muted text-sm">
                          {rich`by ${() => callerText(each.caller)} · ${() => counted(each.count, '1 request|{0} requests')}, the last ${<RelativeTime at={each.lastAt} />}`}
                          <Show when={refusalText(each)}>{(why) => <> · {why()}</>}</Show>
                        </span>
                      </span>
                      <DayBars days={each.days} />
                      <span class="flex flex-wrap items-center gap-2">
                        <Status {...outcomeStatus(each)} />
                        <Show when={offers(each)}>
                          <Button onClick={() => setAllowing(each)} aria-label={t`Allow ${placeText(each)}`}>
                            {t('Allow')}
                          </Button>
                        </Show>
                      </span>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          );
        }}
      </QueryView>
      <Show when={allowing()}>
        {(each) => (
          <ActionDialog
            open
            title={t`Allow ${placeText(each())}?`}
            verb={t('Allow')}
            failed={t('The host was not added to the list.')}
            onConfirm={() => allow(each())}
            onClose={() => setAllowing(undefined)}
          >
            {rich`${() => placeText(each())} is added to the list, for every method. Every tool, credential and webhook of this organization may reach it then.`}
          </ActionDialog>
        )}
      </Show>
    </section>
  );
}

const barHeight = 20;

/** A bar for each day, today at the right. */
function DayBars(props: { days: ReachedHost['days'] }) {
  const counts = () => new Map(props.days.map(({ day, count }) => [day, count]));
  const most = () => Math.max(1, ...props.days.map(({ count }) => count));
  const dayAt = (index: number) =>
    new Date(Date.now() - (reachDays - 1 - index) * 86_400_000).toISOString().slice(0, 10);
  const words = () => props.days.map(({ day, count }) => `${day}: ${formatNumber(count)}`).join(', ');
  return (
    <svg
      role="img"
      aria-label={t`Requests by day. ${words()}`}
      viewBox={`0 0 ${reachDays * 4} ${barHeight}`}
      class="h-5 w-30 shrink-0 text-muted"
    >
      <title>{words()}</title>
      <For each={Array.from({ length: reachDays }, (_, index) => dayAt(index))}>
        {(day, index) => {
          const height = () => {
            const count = counts().get(day) ?? 0;
            return count === 0 ? 1 : Math.max(3, (count / most()) * barHeight);
          };
          return (
            <rect
              x={index() * 4}
              y={barHeight - height()}
              width={3}
              height={height()}
              fill="currentColor"
              opacity={counts().has(day) ? 1 : 0.35}
            />
          );
        }}
      </For>
    </svg>
  );
}
