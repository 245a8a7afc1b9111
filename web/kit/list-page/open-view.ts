import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { ListFilters } from './list-filters.ts';
import { defaultLook, type ListLook, type Look, sameLook } from './list-look.ts';
import type { SavedView, SavedViews } from './saved-views.ts';
import { sameFilters, setFilters } from './view-list.ts';

const lookOf = ({ density, hiddenColumns }: SavedView): Look => ({ density, hidden: hiddenColumns });

export interface OpenView {
  /** The view that the list shows, or that was opened and then changed. */
  view: Accessor<SavedView | undefined>;
  /** What the list shows is not what the view says. */
  changed: Accessor<boolean>;
  open: (view: SavedView) => void;
}

/**
 * Which view a list shows. A list without filters in its address opens with the person's default; `?view=` names one, so
 * that a view has a link.
 */
export function createOpenView<Search>(
  views: SavedViews,
  filters: ListFilters<Search>,
  look: ListLook,
): OpenView {
  const [opened, setOpened] = createSignal<string>();
  const shown = () => setFilters(filters.values() as object);
  const fits = (view: SavedView) => sameFilters(view.filters, shown()) && sameLook(lookOf(view), look.look());
  const view = createMemo(() => {
    const all = views.all() ?? [];
    return (
      all.find(({ id }) => id === opened()) ??
      all.find((each) => fits(each) && (filters.active() || !sameLook(lookOf(each), defaultLook)))
    );
  });
  const open = (chosen: SavedView) => {
    setOpened(chosen.id);
    look.show(lookOf(chosen));
    filters.replace(chosen.filters);
  };

  let fresh = Object.keys(shown()).length === 0;
  createEffect(
    on([views.all, filters.view], ([all, id]) => {
      if (!all) return;
      const named = id === undefined ? undefined : all.find((each) => each.id === id);
      const chosen =
        named ?? (fresh && id === undefined ? all.find(({ isDefault }) => isDefault) : undefined);
      fresh = false;
      if (chosen) open(chosen);
    }),
  );
  // Cleared filters close the view.
  createEffect(
    on(
      filters.active,
      (active) => {
        if (!active) setOpened(undefined);
      },
      { defer: true },
    ),
  );
  return { view, changed: () => view() !== undefined && !fits(view()!), open };
}
