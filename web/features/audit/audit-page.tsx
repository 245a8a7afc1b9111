import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Download } from 'lucide-solid';
import { createMemo, Show } from 'solid-js';
import { eventTypes } from '../../../shared/events/event-types.ts';
import { doors } from '../../../shared/identity/doors.ts';
import { createPaged } from '../../api/paged.ts';
import { queries } from '../../api/trpc.ts';
import { Button, buttonClass } from '../../kit/button.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar } from '../../kit/filter-bar/filter-bar.tsx';
import { SearchBox } from '../../kit/filter-bar/search-box.tsx';
import { instant, TimeFilter } from '../../kit/filter-bar/time-filter.tsx';
import { shortId } from '../../kit/format.ts';
import { Filter } from '../../kit/list-page/filter.tsx';
import { createListFilters } from '../../kit/list-page/list-filters.ts';
import { PagedTable } from '../../kit/list-page/paged-table.tsx';
import { Menu, MenuItem } from '../../kit/menu.tsx';
import { PageBody, PageHeader } from '../../kit/page-header.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { t } from '../../words/words.ts';
import { auditColumns } from './audit-columns.tsx';
import { AuditEventSheet } from './audit-event.tsx';
import { auditWord, doorWords } from './audit-words.ts';
import { SealState } from './seal-state.tsx';

const from = '/t/$tenant/audit';
const typeOptions = eventTypes.map((value) => ({ value, label: auditWord(value) }));
const doorOptions = doors.map((value) => ({ value, label: doorWords[value] }));

/** Who did what, when, through which door and from where; and the seal that shows whether it was changed. */
export default function AuditPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate();
  const filters = createListFilters(search, ['event']);
  const wanted = () => {
    const { event: _event, ...values } = filters.values();
    return { ...values, from: instant(values.from), to: instant(values.to) };
  };
  const list = createPaged(queries.audit.list, wanted);
  useTitle(() => t('Audit'));
  const shown = createMemo(() => list.rows()?.find(({ id }) => id === search().event) ?? null);
  const addressOptions = createMemo(() =>
    [...new Set((list.rows() ?? []).flatMap(({ address }) => address ?? []))].map((value) => ({
      value,
      label: value,
    })),
  );
  const close = () => void navigate({ to: '.', search: (before) => ({ ...before, event: undefined }) });
  const exportUrl = (format: string) => {
    const set = Object.entries(wanted()).filter((entry): entry is [string, string] => Boolean(entry[1]));
    return `/api/audit/export?${new URLSearchParams([['tenant', params().tenant], ['format', format], ...set])}`;
  };

  return (
    <>
      <PageHeader
        title={t('Audit')}
        actions={
          <Menu
            triggerClass={buttonClass({ variant: 'plain' })}
            placement="bottom-end"
            trigger={
              <>
                <Download size={14} aria-hidden="true" />
                {t('Export')}
              </>
            }
          >
            <MenuItem onSelect={() => download(exportUrl('ndjson'))}>{t('To verify (NDJSON)')}</MenuItem>
            <MenuItem onSelect={() => download(exportUrl('csv'))}>{t('As a table (CSV)')}</MenuItem>
          </Menu>
        }
      >
        <FilterBar active={filters.active()} onClear={filters.clear}>
          <SearchBox
            label={t('Search who')}
            value={filters.values().actor}
            onChange={(actor) => filters.set({ actor })}
          />
          <Filter filters={filters} name="type" label={t('What')} options={typeOptions} />
          <Filter filters={filters} name="door" label={t('Door')} options={doorOptions} />
          <Filter filters={filters} name="address" label={t('Address')} options={addressOptions()} />
          <TimeFilter range={filters.values()} onChange={filters.set} />
          <Filter filters={filters} name="subjectType" label={t('About')} />
          <Filter filters={filters} name="subjectId" label={t('ID')} show={shortId} />
        </FilterBar>
      </PageHeader>
      <SealState />
      <PageBody>
        <PagedTable
          label={t('Audit')}
          plural={t('events')}
          list={list}
          columns={auditColumns}
          rowId={(event) => event.id}
          rowLink={(event) => ({
            to: '/t/$tenant/audit',
            params: { tenant: params().tenant },
            search: { ...search(), event: event.id },
          })}
          empty={
            <Show
              when={filters.active()}
              fallback={
                <EmptyState title={t('No events yet.')}>
                  {t('Every change is recorded here, with who made it and from where.')}
                </EmptyState>
              }
            >
              <EmptyState
                title={t('No events match these filters.')}
                action={<Button onClick={() => filters.clear()}>{t('Clear filters')}</Button>}
              />
            </Show>
          }
        />
      </PageBody>
      <AuditEventSheet tenant={params().tenant} event={shown()} onClose={close} />
    </>
  );
}

/** The browser saves what the server streams. */
function download(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}
