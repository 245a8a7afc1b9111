import { ArrowUpDown } from 'lucide-solid';
import { For } from 'solid-js';
import { type Severity as SeverityName, severities } from '../../../shared/exceptions/exception-statuses.ts';
import { type InboxSort, inboxSorts } from '../../../shared/playbooks/inbox-sorts.ts';
import { stepTypes } from '../../../shared/playbooks/steps/registry.ts';
import { buttonClass } from '../../kit/button.tsx';
import { FilterBar } from '../../kit/filter-bar/filter-bar.tsx';
import { SearchBox } from '../../kit/filter-bar/search-box.tsx';
import { Filter } from '../../kit/list-page/filter.tsx';
import type { ListFilters } from '../../kit/list-page/list-filters.ts';
import { Menu, MenuItem } from '../../kit/menu.tsx';
import { t } from '../../words/words.ts';
import { Severity } from '../exceptions/parts/severity.tsx';
import { stepTypeWord } from '../playbooks/parts/playbook-words.ts';

/** What the query string of the inbox says of its list. */
export interface InboxSearch {
  q?: string | undefined;
  severity?: SeverityName | undefined;
  type?: string | undefined;
  overdue?: 'yes' | undefined;
  sort?: InboxSort | undefined;
}

export const defaultSort: InboxSort = 'urgency';
const sortWords: Record<InboxSort, string> = {
  urgency: t('Most urgent first'),
  due: t('Due first'),
  severity: t('Most severe first'),
  age: t('Longest waiting first'),
  case: t('By exception'),
};

const offeredTypes = [
  ...stepTypes.map((value) => ({ value: value as string, label: stepTypeWord(value) })),
  { value: 'execution', label: t('Approve an execution') },
];

/** Search, filters and order of the inbox. */
export const InboxFilters = (props: { filters: ListFilters<InboxSearch> }) => (
  <FilterBar
    active={props.filters.active()}
    onClear={props.filters.clear}
    aside={
      <SortMenu
        sort={props.filters.values().sort ?? defaultSort}
        onChange={(sort) => props.filters.set({ sort: sort === defaultSort ? undefined : sort })}
      />
    }
  >
    <SearchBox
      label={t('Search the inbox')}
      value={props.filters.values().q}
      onChange={(q) => props.filters.set({ q })}
    />
    <Filter
      filters={props.filters}
      name="severity"
      label={t('Severity')}
      options={severities.toReversed().map((value) => ({ value, label: <Severity severity={value} /> }))}
    />
    <Filter filters={props.filters} name="type" label={t('Type')} options={offeredTypes} />
    <Filter
      filters={props.filters}
      name="overdue"
      label={t('Due')}
      options={[{ value: 'yes', label: t('Overdue') }]}
    />
  </FilterBar>
);

const SortMenu = (props: { sort: InboxSort; onChange: (sort: InboxSort) => void }) => (
  <Menu
    placement="bottom-end"
    triggerClass={buttonClass({ variant: 'quiet' })}
    trigger={
      <>
        <ArrowUpDown size={14} aria-hidden="true" />
        <span class="sr-only">{t('Sorted by')}</span>
        {sortWords[props.sort]}
      </>
    }
  >
    <For each={inboxSorts.toSorted((a) => (a === defaultSort ? -1 : 0))}>
      {(sort) => (
        <MenuItem checked={sort === props.sort} onSelect={() => props.onChange(sort)}>
          {sortWords[sort]}
        </MenuItem>
      )}
    </For>
  </Menu>
);
