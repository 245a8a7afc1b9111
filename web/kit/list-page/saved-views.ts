import { useQueryClient } from '@tanstack/solid-query';
import { type Accessor, createEffect, createMemo } from 'solid-js';
import { useMe } from '../../api/me.ts';
import { useQuery } from '../../api/query.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { api, type Inputs, type Outputs, queries, queryKey } from '../../api/trpc.ts';
import { dropStored, readStored } from '../browser-storage.ts';
import { readViews } from './view-list.ts';

export type SavedView = Outputs['views']['list']['items'][number];
export type ViewList = SavedView['list'];
/** What a person chooses of a view. */
export type ViewContent = Omit<Inputs['views']['create'], 'list'>;

export interface SavedViews {
  /** The person's own, then those that are shared; undefined until they have loaded. */
  all: Accessor<readonly SavedView[] | undefined>;
  create: (content: ViewContent) => Promise<SavedView>;
  update: (view: SavedView, content: Partial<ViewContent>) => Promise<SavedView>;
  remove: (view: SavedView) => Promise<void>;
  /** The list opens with it, for this person; null: with none. */
  chooseDefault: (view: SavedView | null) => Promise<void>;
}

/** The views of a list, as the server keeps them. */
export function createSavedViews(list: ViewList): SavedViews {
  const client = useQueryClient();
  const query = useQuery(() => ({ ...queries.views.list({ list }), staleTime: 60_000 }));
  const refresh = () => client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'views') });
  const changed = async <T>(change: Promise<T>): Promise<T> => {
    const result = await change;
    await refresh();
    return result;
  };
  const create = (content: ViewContent) => changed(api.views.create.mutate({ list, ...content }));
  moveStored(list, create);
  return {
    all: createMemo(() => (query.isSuccess ? query.data.items : undefined)),
    create,
    update: (view, content) =>
      changed(
        api.views.update.mutate({
          id: view.id,
          ifMatch: `"${view.revision}"`,
          ...{ name: view.name, shared: view.shared, filters: view.filters },
          ...{ hiddenColumns: view.hiddenColumns, density: view.density },
          ...content,
        }),
      ),
    remove: async ({ id }) => void (await changed(api.views.remove.mutate({ id }))),
    chooseDefault: async (view) =>
      void (await changed(api.views.chooseDefault.mutate({ list, viewId: view?.id ?? null }))),
  };
}

/** Views that this browser kept for the person move to the server once. One whose name is taken there is left. */
function moveStored(list: ViewList, create: (content: ViewContent) => Promise<unknown>): void {
  const me = useMe();
  createEffect(() => {
    const person = me()?.actor.id;
    if (person === undefined) return;
    const key = `interlock.views.${tenantSlug()}.${person}.${list}`;
    const stored = readViews(readStored(key));
    dropStored(key);
    for (const { name, filters } of stored) create({ name, filters }).catch(() => {});
  });
}
