import { Link, useParams } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { Effect } from '../../policies/parts/effect.tsx';
import type { Tool } from '../parts/tool-words.ts';

/** The policies that are about this tool. */
export function PolicyTab(props: { tool: Tool }) {
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  const query = useQuery(() => queries.policies.list({ toolId: props.tool.id }));
  return (
    <div class="flex flex-col gap-3 px-6 max-sm:px-4 py-4">
      <QueryView query={query} what={t('The policies could not be loaded')}>
        {(page) => (
          <>
            <p class="max-w-[68ch] text-muted">
              <Show
                when={page().items.some(({ enabled }) => enabled)}
                fallback={t('No policy is about this tool: everyone who may execute tools may execute it.')}
              >
                <Show
                  when={page().items.some(({ enabled, effect }) => enabled && effect === 'allow')}
                  fallback={t('Calls that none of these policies concerns are allowed.')}
                >
                  {t('This tool runs only what a policy allows.')}
                </Show>
              </Show>
            </p>
            <ul aria-label={t('Policies')}>
              <For each={page().items}>
                {(policy) => (
                  <li class="flex flex-wrap items-baseline gap-x-4 border-b py-2">
                    <span class="w-36">
                      <Effect effect={policy.effect} />
                    </span>
                    <span class="min-w-0 flex-1">
                      {policy.name}
                      <Show when={!policy.enabled}>
                        <span class="ml-2 rounded-sm border px-1.5 text-muted text-sm">{t('Disabled')}</span>
                      </Show>
                      <Show when={policy.summary !== policy.name}>
                        <span class="block text-muted text-sm">{said(policy.summary)}</span>
                      </Show>
                    </span>
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </QueryView>
      <Link
        to="/t/$tenant/settings/$section"
        params={{ tenant: params().tenant, section: 'policies' }}
        class="text-accent hover:text-accent-hover"
      >
        {t('Open the policies')}
      </Link>
    </div>
  );
}
