import { useQueryClient } from '@tanstack/solid-query';
import { BookmarkPlus, X } from 'lucide-solid';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { SaveViewDialog } from '../../../kit/list-page/save-view-dialog.tsx';
import { Tab, TabBar } from '../../../kit/tabs.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import {
  builtInViews,
  type ExceptionFilter,
  type ExceptionSearch,
  sameView,
  toFilter,
  toSearch,
} from './exception-views.ts';

type Sort = 'due' | 'severity' | undefined;
type SavedView = { id: string; name: string; filter: ExceptionFilter };

/** The built-in views, then the person's own. A view is a named filter; the URL has the filter itself. */
export function ViewTabs(props: { tenant: string; search: ExceptionSearch & { sort?: Sort } }) {
  const client = useQueryClient();
  const query = useQuery(() => queries.exceptions.views());
  const saved = createMemo<SavedView[]>(() => (query.isSuccess ? query.data.items : []));
  const [naming, setNaming] = createSignal(false);
  const isActive = (search: ExceptionSearch) => sameView(search, props.search);
  const current = () => saved().find((view) => isActive(toSearch(view.filter)));
  const isKnown = () => current() !== undefined || builtInViews.some((view) => isActive(view.search));
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'views') });

  const save = async (name: string, filter: ExceptionFilter) => {
    await api.exceptions.saveView.mutate({ name, filter });
    await refresh();
  };
  async function remove(view: SavedView): Promise<void> {
    try {
      await api.exceptions.removeView.mutate({ id: view.id });
      await refresh();
      toast(t`View ${view.name} removed`, {
        label: t('Undo'),
        run: () =>
          void save(view.name, view.filter).catch((error: unknown) =>
            toastError(t('The view was not restored'), error),
          ),
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
        <For each={saved()}>
          {(view) => (
            <ViewTab
              {...props}
              name={view.name}
              view={toSearch(view.filter)}
              active={current()?.id === view.id && !builtInViews.some((each) => isActive(each.search))}
            />
          )}
        </For>
      </TabBar>
      <div class="ml-auto flex items-center">
        <Show when={current()}>
          {(view) => (
            <Button variant="quiet" icon={X} onClick={() => void remove(view())}>
              {t('Remove view')}
            </Button>
          )}
        </Show>
        <Show when={!isKnown()}>
          <Button variant="quiet" icon={BookmarkPlus} onClick={() => setNaming(true)}>
            {t('Save as view')}
          </Button>
        </Show>
      </div>
      <Show when={naming()}>
        <SaveViewDialog
          description={t('Only you see this view. It stores the filters, not the current results.')}
          onClose={() => setNaming(false)}
          onSave={(name) => save(name, toFilter(props.search))}
        />
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
