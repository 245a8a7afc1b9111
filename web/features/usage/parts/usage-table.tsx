import { For, type JSX } from 'solid-js';

export interface UsageColumn<Row> {
  header: string;
  cell: (row: Row) => JSX.Element;
  /** Texts are at the left, numbers at the right. */
  text?: boolean;
  /** Hidden on a phone. */
  wide?: boolean;
}

/** A short table that is part of a page. */
export function UsageTable<Row>(props: {
  label: string;
  rows: readonly Row[];
  columns: readonly UsageColumn<Row>[];
}) {
  const classOf = (column: UsageColumn<Row>) =>
    `${column.text ? 'text-left' : 'text-right tabular-nums whitespace-nowrap'} ${column.wide ? 'max-sm:hidden' : ''}`;
  return (
    <table aria-label={props.label} class="w-full">
      <thead>
        <tr>
          <For each={props.columns}>
            {(column) => (
              <th scope="col" class={`label-caps border-b px-2 py-1 first:pl-0 last:pr-0 ${classOf(column)}`}>
                {column.header}
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr class="border-b">
              <For each={props.columns}>
                {(column) => (
                  <td class={`px-2 py-1.5 first:pl-0 last:pr-0 ${classOf(column)}`}>{column.cell(row)}</td>
                )}
              </For>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
