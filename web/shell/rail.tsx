import { Link } from '@tanstack/solid-router';
import { PanelLeft, Search } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { useCan } from '../api/me.ts';
import { useQuery } from '../api/query.ts';
import { queries } from '../api/trpc.ts';
import { useActions } from '../kit/actions.ts';
import { KeyHint } from '../kit/key-hint.tsx';
import { LiveMark } from './live-mark.tsx';
import { openPalette } from './overlay-state.ts';
import { PersonMenu } from './person-menu.tsx';
import { placesOf } from './places.ts';
import { TenantMenu } from './tenant-menu.tsx';

const storageKey = 'interlock.rail';
/** In a narrow window the content needs the width, whatever was chosen in a wide one. */
const narrow = matchMedia('(max-width: 959.98px)');
const [isNarrow, setIsNarrow] = createSignal(narrow.matches);
const [foldedWide, setFoldedWide] = createSignal(readFolded());
/** In a narrow window the rail opens for one choice. */
const [openNarrow, setOpenNarrow] = createSignal(false);
const folded = () => (isNarrow() ? !openNarrow() : foldedWide());

narrow.addEventListener('change', ({ matches }) => {
  setOpenNarrow(false);
  setIsNarrow(matches);
});

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
  const count = useQuery(() => queries.inbox.count());
  const waiting = () => (count.isSuccess ? count.data.roles : 0);
  /** Includes the count, for screen readers. */
  const labelOf = (label: string) =>
    label === 'Inbox' && waiting() > 0 ? `${label}, waiting: ${waiting()}` : label;
  const overdue = () => (count.isSuccess ? count.data.overdue : 0);
  useActions(() => [
    {
      id: 'rail',
      label: folded() ? 'Expand the sidebar' : 'Collapse the sidebar',
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
        aria-label={folded() ? 'Search and commands' : undefined}
        title="Search and commands"
      >
        <Search size={14} aria-hidden="true" class="shrink-0" />
        <Show when={!folded()}>
          <span class="flex-1 text-left">Search</span>
          <KeyHint keys="mod+k" />
        </Show>
      </button>
      <nav aria-label="Main" class="flex flex-col gap-px">
        <For each={placesOf(can)}>
          {(place) => (
            <Link
              to={place.to}
              params={{ tenant: props.slug }}
              class={row}
              onClick={() => setOpenNarrow(false)}
              activeProps={{ class: 'bg-rail-active font-medium text-text', 'aria-current': 'page' }}
              title={folded() ? place.label : undefined}
              aria-label={folded() ? labelOf(place.label) : undefined}
            >
              <place.icon size={14} aria-hidden="true" class="shrink-0" />
              <Show when={!folded()}>
                <span class="flex-1 truncate">{place.label}</span>
              </Show>
              <Show when={place.label === 'Inbox' && waiting() > 0}>
                <span
                  class="tabular-nums text-xs"
                  classList={{
                    'text-failed': overdue() > 0,
                    'text-faint': overdue() === 0,
                    'absolute top-0 right-0 rounded-sm bg-rail px-0.5 leading-none': folded(),
                  }}
                  title={overdue() > 0 ? `${overdue()} overdue` : undefined}
                >
                  <span class="sr-only">, waiting: </span>
                  {waiting()}
                </span>
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
          aria-label={folded() ? 'Expand the sidebar' : 'Collapse the sidebar'}
          aria-expanded={!folded()}
          title={`${folded() ? 'Expand' : 'Collapse'} the sidebar ([)`}
          class="inline-flex h-7 w-7 items-center justify-center rounded-md text-faint hover:bg-rail-active hover:text-text"
        >
          <PanelLeft size={14} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
