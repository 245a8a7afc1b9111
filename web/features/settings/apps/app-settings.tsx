import { useQueryClient } from '@tanstack/solid-query';
import { Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { AppList } from '../../people/parts/app-list.tsx';

/** The apps that act for people of the organization. Tenant admins only. */
export function AppSettings() {
  const can = useCan();
  return (
    <Show
      when={can('api_keys.read')}
      fallback={<p class="text-faint text-sm">{t('Only tenant admins can see the apps of others.')}</p>}
    >
      <Apps />
    </Show>
  );
}

function Apps() {
  const can = useCan();
  const client = useQueryClient();
  const query = useQuery(() => queries.apps.list());
  return (
    <div class="flex max-w-180 flex-col items-start gap-3">
      <p class="text-muted">
        {t(
          'Apps act for a person over the Model Context Protocol, with what that person has allowed and may do themself. An app ends when its person leaves or changes how they sign in, and after 30 days without a use.',
        )}
      </p>
      <QueryView query={query} what={t('The connected apps could not be loaded')}>
        {(page) => (
          <AppList
            apps={page().items}
            people
            mayEnd={can('api_keys.write')}
            none={t('No connected apps.')}
            onEnd={async ({ id }) => {
              await api.apps.disconnect.mutate({ id });
              await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'apps') });
              toast(t('App disconnected'));
            }}
          />
        )}
      </QueryView>
    </div>
  );
}
