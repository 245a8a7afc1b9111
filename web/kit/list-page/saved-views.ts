import { type Accessor, createMemo, createSignal } from 'solid-js';
import { useMe } from '../../api/me.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { readStored, store } from '../browser-storage.ts';
import { readViews, type SavedView, withView } from './view-list.ts';

export interface SavedViews {
  all: Accessor<readonly SavedView[]>;
  save: (view: SavedView) => void;
  remove: (name: string) => void;
}

/** Each person has their own in each organization. @param list names the list, such as "tools" */
export function createSavedViews(list: string): SavedViews {
  const me = useMe();
  const [changes, setChanges] = createSignal(0);
  const key = () => `interlock.views.${tenantSlug()}.${me()?.actor.id ?? ''}.${list}`;
  const all = createMemo(() => {
    changes();
    return readViews(readStored(key()));
  });
  const write = (views: readonly SavedView[]) => {
    store(key(), views);
    setChanges((count) => count + 1);
  };
  return {
    all,
    save: (view) => write(withView(all(), view)),
    remove: (name) => write(all().filter((each) => each.name !== name)),
  };
}
