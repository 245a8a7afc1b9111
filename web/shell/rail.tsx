import { Link } from '@tanstack/solid-router';
import { PanelLeft, Search } from 'lucide-solid';
import { createEffect, createSignal, For, on, Show } from 'solid-js';
import { useCan } from '../api/me.ts';
import { useActions } from '../kit/actions.ts';
import { KeyHint } from '../kit/key-hint.tsx';
import { t } from '../words/words.ts';
import { InboxCount, useInboxCount } from './inbox-count.tsx';
import { LiveMark } from './live-mark.tsx';
import { openPalette } from './overlay-state.ts';
import { PersonMenu } from './person-menu.tsx';
import { placesOf } from './places.ts';
import { TenantMenu } from './tenant-menu.tsx';
import { UnreadCount, useUnread } from './unread-count.tsx';
import { isNarrow } from './window-width.ts';

const storageKey = 'interlock.rail';
const [foldedWide, setFoldedWide] = createSignal(readFolded());
/** In a narrow window the rail opens for one choice. */
const [openNarrow, setOpenNarrow] = createSignal(false);
const folded = () => (isNarrow() ? !openNarrow() : foldedWide());

function readFolded(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'folded';
  } catch {
    return false;
  }
}

function toggle(): void {
  if (isNarrow()) return void setOpenNarrow((before) => !before);
  setFoldedWide((before) => !before);
  try {
    localStorage.setItem(storageKey, foldedWide() ? 'folded' : 'open');
  } catch {
    // Storage is blocked: the choice lasts until a reload.
  }
}

const row =
  'relative flex h-7 items-center gap-2 rounded-md px-2 text-muted hover:bg-rail-active hover:text-text';

/** The main navigation at the left edge. */
export function Rail(props: { slug: string }) {
  const can = useCan();
  const count = useInboxCount();
  const unread = useUnread(props.slug);
  createEffect(on(isNarrow, () => setOpenNarrow(false)));
  useActions(() => [
    {
      id: 'rail',
      label: folded() ? t('Expand the sidebar') : t('Collapse the sidebar'),
      keys: '[',
      group: 'General',
      run: toggle,
    },
  ]);
  return (
    <div
      class="no-print flex shrink-0 flex-col gap-3 border-r bg-rail px-2 pt-2 pb-2"
      style={{ width: folded() ? '48px' : '208px' }}
    >
      <TenantMenu slug={props.slug} folded={folded()} />
      <button
        type="button"
        onClick={() => openPalette()}
        class={row}
        aria-label={folded() ? t('Search and commands') : undefined}
        title={t('Search and commands')}
      >
        <Search size={14} aria-hidden="true" class="shrink-0" />
        <Show when={!folded()}>
          <span class="flex-1 text-left">{t('Search')}</span>
          <KeyHint keys="mod+k" />
        </Show>
      </button>
      <nav aria-label={t('Main')} class="flex flex-col gap-px">
        <For each={placesOf(can)}>
          {(place) => (
            <Link
              to={place.to}
              params={{ tenant: props.slug }}
              class={row}
              onClick={() => setOpenNarrow(false)}
              activeProps={{ class: 'bg-rail-active font-medium text-text', 'aria-current': 'page' }}
              title={folded() ? place.label : undefined}
            >
              <place.icon size={14} aria-hidden="true" class="shrink-0" />
              <span class={folded() ? 'sr-only' : 'flex-1 truncate'}>{place.label}</span>
              <Show when={place.to === '/t/$tenant/inbox'}>
                <InboxCount count={count} corner={folded()} />
              </Show>
              <Show when={place.to === '/t/$tenant/notifications'}>
                <UnreadCount unread={unread()} corner={folded()} />
              </Show>
            </Link>
          )}
        </For>
      </nav>
      <div class="flex-1" />
      <LiveMark folded={folded()} />
      <div class="flex gap-px" classList={{ 'flex-col': folded() }}>
        <div class="min-w-0 flex-1">
          <PersonMenu folded={folded()} />
        </div>
        <button
          type="button"
          onClick={toggle}
          aria-label={folded() ? t('Expand the sidebar') : t('Collapse the sidebar')}
          aria-expanded={!folded()}
          title={folded() ? t('Expand the sidebar ([)') : t('Collapse the sidebar ([)')}
          class="inline-flex h-7 w-7 items-center justify-center rounded-md text-faint hover:bg-rail-active hover:text-text"
        >
          <PanelLeft size={14} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
