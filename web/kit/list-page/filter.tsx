import type { JSX } from 'solid-js';
import { FilterChip, type FilterOption } from '../filter-bar/filter-chip.tsx';
import type { ListFilters } from './list-filters.ts';

/** The chip of one filter in the query string. */
export function Filter<
  Search extends { [K in keyof Search]: string | undefined },
  Name extends keyof Search & string,
>(props: {
  filters: ListFilters<Search>;
  name: Name;
  label: string;
  options?: readonly FilterOption<NonNullable<Search[Name]>>[];
  show?: (value: NonNullable<Search[Name]>) => JSX.Element;
}) {
  return (
    <FilterChip
      label={props.label}
      value={props.filters.values()[props.name] ?? undefined}
      options={props.options}
      show={props.show}
      onChange={(value) => props.filters.set({ [props.name]: value } as Partial<Search>)}
    />
  );
}
