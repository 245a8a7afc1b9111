import { useQueryClient } from '@tanstack/solid-query';
import { useQuery } from '../../api/query.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { api, queries, queryKey } from '../../api/trpc.ts';
import { QueryView } from '../../kit/query-view.tsx';
import { toast } from '../../shell/toasts.tsx';
import { t } from '../../words/words.ts';
import { AppList } from '../people/parts/app-list.tsx';

/** The apps that act for the person in this organization. */
export function ConnectedApps() {
  const client = useQueryClient();
  const query = useQuery(() => queries.apps.mine());
  return (
    <QueryView query={query} what={t('Your connected apps could not be loaded')}>
      {(page) => (
        <AppList
          apps={page().items}
          mayEnd
          none={t('None. An app that connects to the MCP endpoint asks you first.')}
          onEnd={async ({ id }) => {
            await api.apps.disconnectMine.mutate({ id });
            await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'apps') });
            toast(t('App disconnected'));
          }}
        />
      )}
    </QueryView>
  );
}
