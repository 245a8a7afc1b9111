import { useNavigate } from '@tanstack/solid-router';
import { type Accessor, createMemo } from 'solid-js';

/** The filters of a list. They are the query string itself, so a link or "back" restores them. */
export interface ListFilters<Search> {
  values: Accessor<Search>;
  set: (change: Partial<Search>) => void;
  /** Sets these and no other. */
  replace: (values: Record<string, string>) => void;
  clear: () => void;
  /** Is any filter set? */
  active: Accessor<boolean>;
  /** The id of the saved view that a link names. */
  view: Accessor<string | undefined>;
}

/** @param keep keys of the query string that are no filters, such as the sort order: `clear` keeps them. */
export function createListFilters<Search extends { [K in keyof Search]: string | undefined }>(
  search: Accessor<Search>,
  keep: readonly (keyof Search & string)[] = [],
): ListFilters<Search> {
  const navigate = useNavigate();
  // Every list takes it, so it is in no route.
  const named = (): string | undefined => (search() as { view?: string }).view;
  const values = createMemo(() => {
    const { view: _, ...filters } = search() as Search & { view?: string };
    return filters as unknown as Search;
  });
  const isFilter = (key: string) => !keep.some((each) => each === key);
  const go = (next: (before: object) => object) => void navigate({ to: '.', search: next, replace: true });
  const replace = (values: object) =>
    go((before) => ({
      ...Object.fromEntries(Object.entries(before).filter(([key]) => !isFilter(key))),
      ...values,
    }));
  return {
    values,
    set: (change) => go((before) => ({ ...before, ...change })),
    replace,
    clear: () => replace({}),
    active: () => Object.entries(values()).some(([key, value]) => isFilter(key) && value !== undefined),
    view: named,
  };
}
