import { ArrowUpDown, Group } from 'lucide-solid';
import { For } from 'solid-js';
import { type Severity as SeverityName, severities } from '../../../shared/exceptions/exception-statuses.ts';
import {
  type InboxGrouping,
  type InboxSort,
  inboxGroupings,
  inboxSorts,
} from '../../../shared/playbooks/inbox-sorts.ts';
import { stepTypes } from '../../../shared/playbooks/steps/registry.ts';
import { useActions } from '../../kit/actions.ts';
import { buttonClass } from '../../kit/button.tsx';
import { FilterBar } from '../../kit/filter-bar/filter-bar.tsx';
import { SearchBox } from '../../kit/filter-bar/search-box.tsx';
import { Filter } from '../../kit/list-page/filter.tsx';
import type { ListFilters } from '../../kit/list-page/list-filters.ts';
import { Menu, type MenuHandle, MenuItem } from '../../kit/menu.tsx';
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
  group?: InboxGrouping | undefined;
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
      <>
        <GroupMenu group={props.filters.values().group} onChange={(group) => props.filters.set({ group })} />
        <SortMenu
          sort={props.filters.values().sort ?? defaultSort}
          onChange={(sort) => props.filters.set({ sort: sort === defaultSort ? undefined : sort })}
        />
      </>
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

const groupingWords: Record<InboxGrouping, string> = {
  case: t('By exception'),
  playbook: t('By playbook'),
  severity: t('By severity'),
  age: t('By age'),
  type: t('By type'),
};

function GroupMenu(props: {
  group: InboxGrouping | undefined;
  onChange: (group: InboxGrouping | undefined) => void;
}) {
  let menu: MenuHandle | undefined;
  useActions(() => [
    { id: 'group', label: t('Group the inbox'), keys: 'shift+g', group: 'Page', run: () => menu?.open() },
  ]);
  return (
    <Menu
      placement="bottom-end"
      triggerClass={buttonClass({ variant: 'quiet' })}
      handle={(handle) => {
        menu = handle;
      }}
      trigger={
        <>
          <Group size={14} aria-hidden="true" />
          <span class="sr-only">{t('Grouped')}</span>
          {props.group ? groupingWords[props.group] : t('No groups')}
        </>
      }
    >
      <MenuItem checked={!props.group} onSelect={() => props.onChange(undefined)}>
        {t('No groups')}
      </MenuItem>
      <For each={inboxGroupings}>
        {(group) => (
          <MenuItem checked={group === props.group} onSelect={() => props.onChange(group)}>
            {groupingWords[group]}
          </MenuItem>
        )}
      </For>
    </Menu>
  );
}

function SortMenu(props: { sort: InboxSort; onChange: (sort: InboxSort) => void }) {
  let menu: MenuHandle | undefined;
  useActions(() => [
    { id: 'sort', label: t('Sort the inbox'), keys: 'shift+s', group: 'Page', run: () => menu?.open() },
  ]);
  return (
    <Menu
      placement="bottom-end"
      handle={(handle) => {
        menu = handle;
      }}
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
}
