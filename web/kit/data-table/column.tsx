import { type Accessor, For, type JSX, Show } from 'solid-js';
import { t } from '../../words/words.ts';

export interface Column<Row> {
  id: string;
  header: string;
  /** Gets an accessor, so that a cell keeps its element when its row changes. */
  cell: (row: Accessor<Row>) => JSX.Element;
  /** For numbers. */
  align?: 'right';
  /** Such as `120px` or `20%`; columns without a width share the rest. */
  width?: string;
  /** The column whose content becomes the row's link. */
  main?: boolean;
  /** Hidden where the table is narrower than this, so that the main column stays readable. */
  needs?: 'medium' | 'wide' | 'full';
  /** Shows the header to screen readers only, as for a column of switches. */
  hideHeader?: boolean;
}

const room = {
  medium: '@max-[640px]:hidden',
  wide: '@max-[900px]:hidden',
  full: '@max-[1100px]:hidden',
} as const;

/** The classes that hide a column in a narrow table. */
export const roomClass = (column: { needs?: keyof typeof room }): string =>
  column.needs ? room[column.needs] : '';

/** Stays at the top while the rows scroll. */
export function TableHead<Row>(props: { columns: readonly Column<Row>[]; picks?: boolean | undefined }) {
  return (
    // On a phone a row names its values by their look: the heads are for screen readers.
    <thead class="@max-[560px]:sr-only">
      <tr aria-rowindex={1}>
        <Show when={props.picks}>
          <th scope="col" class="sticky top-0 z-10 h-8 w-12 border-b bg-bg">
            <span class="sr-only">{t('Selected')}</span>
          </th>
        </Show>
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
