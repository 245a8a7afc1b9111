import { For, Show } from 'solid-js';
import type { Limits, LimitUse } from '../../../../shared/limits/limit-schemas.ts';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { t } from '../../../words/words.ts';

const kindWords = { tool: t('Tool'), connector: t('Connector'), host: t('Host') } as const;

type Row = Omit<LimitUse, 'kind'> & { kind: string };

/** Every limit with its use now. */
export function LimitUses(props: { limits: Limits }) {
  const rows = (): Row[] => {
    const { tenant, items } = props.limits;
    const own = tenant.rate ? [{ ...allTools, rate: tenant.rate }] : [];
    return [...own, ...items.map((item) => ({ ...item, kind: kindWords[item.kind] }))];
  };
  return (
    <section aria-labelledby="limits-in-use" class="flex flex-col gap-2">
      <h2 id="limits-in-use" class="font-medium">
        {t('Limits in use')}
      </h2>
      <p class="max-w-[68ch] text-muted">
        {t(
          'Limits of tools and connectors are part of their definition. An execution above a rate is rejected; a call above a number of calls at once waits.',
        )}
      </p>
      <Show when={rows().length > 0} fallback={<p class="text-muted">{t('No limits yet.')}</p>}>
        <table aria-label={t('Limits in use')} class="w-full table-fixed border-separate border-spacing-0">
          <thead>
            <tr>
              <ColumnHeader class="w-2/5">{t('What is limited')}</ColumnHeader>
              <ColumnHeader class="pr-3">{t('Executions per minute')}</ColumnHeader>
              <ColumnHeader>{t('Calls at once')}</ColumnHeader>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr>
                  <td class="border-b py-2 pr-3">
                    <span class="break-all font-mono text-sm">{row.name}</span>
                    <span class="block text-faint text-sm">{row.kind}</span>
                  </td>
                  <td class="border-b py-2 pr-3 align-top">
                    <Show when={row.rate} fallback={<span class="text-faint">{t('No limit')}</span>}>
                      {(rate) => (
                        <Used
                          limit={String(rate().limit.requestsPerMinute)}
                          used={t`${rate().used} of a burst of ${rate().burst} used`}
                          isFull={rate().used >= rate().burst}
                        />
                      )}
                    </Show>
                  </td>
                  <td class="border-b py-2 align-top">
                    <Show when={row.concurrency} fallback={<span class="text-faint">{t('No limit')}</span>}>
                      {(places) => (
                        <Used
                          limit={String(places().limit)}
                          used={t`${places().used} in progress`}
                          isFull={places().used >= places().limit}
                        />
                      )}
                    </Show>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </section>
  );
}

const allTools: Row = {
  kind: t('Organization'),
  id: 'tenant',
  name: t('All tools'),
  rate: null,
  concurrency: null,
};

function Used(props: { limit: string; used: string; isFull: boolean }) {
  return (
    <>
      <span class="tabular-nums">{props.limit}</span>
      <span class="block text-muted text-sm">
        {props.used}
        <Show when={props.isFull}>
          <span class="font-medium text-waiting">{t(', full')}</span>
        </Show>
      </span>
    </>
  );
}
