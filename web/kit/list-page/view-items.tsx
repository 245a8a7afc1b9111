import { Key } from '@solid-primitives/keyed';
import { BookmarkPlus, Link2, Save, Settings2, Users, X } from 'lucide-solid';
import { Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { MenuItem, MenuLabel, MenuSeparator } from '../menu.tsx';
import type { OpenView } from './open-view.ts';
import type { SavedView, SavedViews } from './saved-views.ts';

/** What a menu item asks for; a dialog does it. */
export type ViewTask = { do: 'new' } | { do: 'update' | 'settings' | 'remove'; view: SavedView };

/** The saved views of a list, in its menu. */
export function ViewItems(props: {
  views: SavedViews;
  current: OpenView;
  /** The list shows something that is worth a name. */
  savable: boolean;
  onTask: (task: ViewTask) => void;
  onCopyLink: (view: SavedView) => void;
}) {
  const all = () => props.views.all() ?? [];
  const current = () => props.current.view();
  return (
    <Show when={props.savable || all().length > 0}>
      <MenuLabel>{t('Saved views')}</MenuLabel>
      {/* An item that is focused stays when the views are read again. */}
      <Key each={all()} by="id">
        {(view) => (
          <MenuItem
            {...(view().shared && { icon: Users })}
            checked={view().id === current()?.id && !props.current.changed()}
            onSelect={() => props.current.open(view())}
          >
            {view().name}
            <Show when={view().isDefault}>
              <span class="text-faint"> {t('default')}</span>
            </Show>
          </MenuItem>
        )}
      </Key>
      <Show when={current()}>
        {(view) => (
          <>
            <MenuSeparator />
            <Show when={props.current.changed() && view().writable}>
              <MenuItem icon={Save} onSelect={() => props.onTask({ do: 'update', view: view() })}>
                {t`Save changes to ${view().name}`}
              </MenuItem>
            </Show>
            <MenuItem icon={Settings2} onSelect={() => props.onTask({ do: 'settings', view: view() })}>
              {t`Settings of view ${view().name}`}
            </MenuItem>
            <MenuItem icon={Link2} onSelect={() => props.onCopyLink(view())}>
              {t`Copy the link of view ${view().name}`}
            </MenuItem>
            <Show when={view().writable}>
              <MenuItem icon={X} onSelect={() => props.onTask({ do: 'remove', view: view() })}>
                {t`Remove view ${view().name}`}
              </MenuItem>
            </Show>
          </>
        )}
      </Show>
      <Show when={props.savable && (!current() || props.current.changed())}>
        <MenuItem icon={BookmarkPlus} onSelect={() => props.onTask({ do: 'new' })}>
          {t('Save as a view')}
        </MenuItem>
      </Show>
      <MenuSeparator />
    </Show>
  );
}
