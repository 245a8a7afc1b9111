import { BookmarkPlus, X } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { MenuItem, MenuLabel, MenuSeparator } from '../menu.tsx';
import type { SavedViews } from './saved-views.ts';
import { sameFilters } from './view-list.ts';

/** The saved views of a list, in its menu. */
export function ViewItems(props: {
  views: SavedViews;
  /** Those of the page. */
  filters: Record<string, string>;
  onOpen: (filters: Record<string, string>) => void;
  onSave: () => void;
}) {
  const current = () => props.views.all().find(({ filters }) => sameFilters(filters, props.filters));
  const canSave = () => Object.keys(props.filters).length > 0 && !current();
  return (
    <Show when={canSave() || props.views.all().length > 0}>
      <MenuLabel>{t('Saved views')}</MenuLabel>
      <For each={props.views.all()}>
        {(view) => (
          <MenuItem checked={view === current()} onSelect={() => props.onOpen(view.filters)}>
            {view.name}
          </MenuItem>
        )}
      </For>
      <Show when={current()}>
        {(view) => (
          <MenuItem icon={X} onSelect={() => props.views.remove(view().name)}>
            {t`Remove view ${view().name}`}
          </MenuItem>
        )}
      </Show>
      <Show when={canSave()}>
        <MenuItem icon={BookmarkPlus} onSelect={() => props.onSave()}>
          {t('Save these filters as a view')}
        </MenuItem>
      </Show>
      <MenuSeparator />
    </Show>
  );
}
