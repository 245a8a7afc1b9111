import type { JSX } from 'solid-js';
import type { PagedRows } from '../../api/paged.ts';
import { DataTable, type DataTableProps } from '../data-table/data-table.tsx';
import { TableSkeleton } from '../data-table/table-skeleton.tsx';
import { PagedList } from './paged-list.tsx';

export interface PagedTableProps<Row> extends Omit<DataTableProps<Row>, 'rows'> {
  list: PagedRows<Row>;
  /** What the rows are, as in "members". */
  plural: string;
  /** Shown when there are no rows. */
  empty: JSX.Element;
}

/** A table of a list that is read page by page. */
export function PagedTable<Row>(props: PagedTableProps<Row>) {
  return (
    <PagedList
      list={props.list}
      plural={props.plural}
      loading={<TableSkeleton columns={props.columns} picks={Boolean(props.picks)} />}
      empty={props.empty}
    >
      {(rows) => (
        <DataTable
          {...props}
          rows={rows()}
          around={{
            before: props.list.before(),
            after: props.list.after(),
            hasMore: props.list.hasMore(),
            onShow: props.list.show,
          }}
        />
      )}
    </PagedList>
  );
}
