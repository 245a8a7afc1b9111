import { type Accessor, For, type JSX } from 'solid-js';

export interface Column<Row> {
  id: string;
  header: string;
  /** Gets an accessor, so that a cell stays the same element when its row is read anew. */
  cell: (row: Accessor<Row>) => JSX.Element;
  /** Numbers stand right. */
  align?: 'right';
  /** As in `120px` or `20%`; columns without one share the rest. */
  width?: string;
  /** The one whose content becomes the row's link. */
  main?: boolean;
  /** Left out where the table has less room than this, so that the main column stays readable. */
  needs?: 'medium' | 'wide';
  /** For screen readers only: a column of switches or icons. */
  hideHeader?: boolean;
}

const room = { medium: '@max-[640px]:hidden', wide: '@max-[900px]:hidden' } as const;

/** The classes that hide a column where there is no room for it. */
export const roomClass = (column: { needs?: keyof typeof room }): string =>
  column.needs ? room[column.needs] : '';

/** Stays at the top while the rows scroll under it. */
export function TableHead<Row>(props: { columns: readonly Column<Row>[] }) {
  return (
    <thead>
      <tr>
        <For each={props.columns}>
          {(column) => (
            <th
              scope="col"
              style={column.width ? { width: column.width } : {}}
              class={`label-caps sticky top-0 z-10 h-8 truncate border-b bg-bg px-2 text-left first:pl-6 last:pr-6 ${roomClass(column)}`}
              classList={{ 'text-right': column.align === 'right' }}
            >
              <span classList={{ 'sr-only': column.hideHeader ?? false }}>{column.header}</span>
            </th>
          )}
        </For>
      </tr>
    </thead>
  );
}
