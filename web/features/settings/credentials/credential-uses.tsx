import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import { Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';

const linkClass = 'text-accent underline underline-offset-2 hover:text-accent-hover';

/** The tools and connectors that name a credential. */
export function CredentialUses(props: { id: string }) {
  const query = useQuery(() => queries.credentials.uses({ id: props.id }));
  return (
    <Section title={t('Used by')}>
      <QueryView query={query} what={t('The uses could not be loaded')}>
        {(uses) => (
          <Show
            when={uses().tools.length + uses().connectors.length > 0}
            fallback={<p class="text-muted">{t('No tool or connector uses it.')}</p>}
          >
            <ul class="border-t">
              <For each={uses().connectors}>
                {(connector) => (
                  <li class="border-b py-1.5">
                    <Link
                      to="/t/$tenant/connectors/$connectorId"
                      params={{ tenant: tenantSlug(), connectorId: connector.id }}
                      search={{}}
                      class={linkClass}
                    >
                      {connector.name}
                    </Link>{' '}
                    <span class="text-muted">{t`connector, ${versionWords(connector)}`}</span>
                  </li>
                )}
              </For>
              <For each={uses().tools}>
                {(tool) => (
                  <li class="border-b py-1.5">
                    <Link
                      to="/t/$tenant/tools/$toolId"
                      params={{ tenant: tenantSlug(), toolId: tool.id }}
                      search={{}}
                      class={linkClass}
                    >
                      {tool.title}
                    </Link>{' '}
                    <span class="text-muted">{versionWords(tool)}</span>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </QueryView>
    </Section>
  );
}

/** "v3, v2" or "v1, not in the current version" */
function versionWords({ versions, current }: { versions: number[]; current: boolean }): string {
  const shown = versions.slice(0, 5).map((version) => `v${version}`);
  const more = versions.length > shown.length ? t` and ${versions.length - shown.length} more` : '';
  return `${shown.join(', ')}${more}${current ? '' : t(', not in the current version')}`;
}
