import { useQueryClient } from '@tanstack/solid-query';
import { X } from 'lucide-solid';
import { createMemo, For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Tab, TabBar } from '../../../kit/tabs.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import {
  builtInViews,
  type ExceptionFilter,
  type ExceptionSearch,
  sameView,
  toSearch,
} from './exception-views.ts';

type Sort = 'due' | 'severity' | undefined;
type EarlierView = { id: string; name: string; filter: ExceptionFilter };

/**
 * The built-in views, then those that are saved. A view is a named filter; the URL has the filter itself. Views that were
 * saved over the API of exceptions are the person's own.
 */
export function ViewTabs(props: { tenant: string; search: ExceptionSearch & { sort?: Sort } }) {
  const client = useQueryClient();
  const earlier = useQuery(() => queries.exceptions.views());
  const saved = useQuery(() => ({ ...queries.views.list({ list: 'exceptions' }), staleTime: 60_000 }));
  const own = createMemo<EarlierView[]>(() => (earlier.isSuccess ? earlier.data.items : []));
  const isActive = (search: ExceptionSearch) => sameView(search, props.search);
  const isBuiltIn = () => builtInViews.some((view) => isActive(view.search));
  const current = () => own().find((view) => isActive(toSearch(view.filter)));
  const tabs = createMemo(() => [
    ...own().map(({ id, name, filter }) => ({ id, name, search: toSearch(filter) })),
    ...(saved.isSuccess ? saved.data.items : []).map(({ id, name, filters }) => ({
      id,
      name,
      search: filters as ExceptionSearch,
    })),
  ]);
  const first = () => tabs().find(({ search }) => isActive(search));
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'views') });

  async function remove(view: EarlierView): Promise<void> {
    try {
      await api.exceptions.removeView.mutate({ id: view.id });
      await refresh();
      toast(t`View ${view.name} removed`, {
        label: t('Undo'),
        run: () =>
          void api.exceptions.saveView
            .mutate({ name: view.name, filter: view.filter })
            .then(refresh)
            .catch((error: unknown) => toastError(t('The view was not restored'), error)),
      });
    } catch (error) {
      toastError(t('The view was not removed'), error);
    }
  }

  return (
    <div class="flex flex-wrap items-center gap-x-3 border-b pr-6">
      <TabBar label={t('Views')}>
        <For each={builtInViews}>
          {(view) => (
            <ViewTab {...props} name={view.name} view={view.search} active={isActive(view.search)} />
          )}
        </For>
        <For each={tabs()}>
          {(view) => (
            <ViewTab
              {...props}
              name={view.name}
              view={view.search}
              active={!isBuiltIn() && first()?.id === view.id}
            />
          )}
        </For>
      </TabBar>
      <Show when={current()}>
        {(view) => (
          <Button variant="quiet" icon={X} onClick={() => void remove(view())}>
            {t('Remove view')}
          </Button>
        )}
      </Show>
    </div>
  );
}

const ViewTab = (props: {
  tenant: string;
  search: { sort?: Sort };
  name: string;
  view: ExceptionSearch;
  active: boolean;
}) => (
  <Tab
    to="/t/$tenant/exceptions"
    params={{ tenant: props.tenant }}
    search={{ ...props.view, sort: props.search.sort }}
    active={props.active}
  >
    {props.name}
  </Tab>
);
