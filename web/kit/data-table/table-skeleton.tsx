import { For, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { type Column, roomClass, TableHead } from './column.tsx';

const widths = ['68%', '52%', '74%', '46%', '60%'];

/** A table whose rows are still loading. */
export function TableSkeleton<Row>(props: { columns: readonly Column<Row>[]; picks?: boolean | undefined }) {
  return (
    <div class="@container">
      <table
        aria-label={t('Loading')}
        aria-busy="true"
        class="w-full table-fixed border-separate border-spacing-0"
      >
        <TableHead columns={props.columns} picks={props.picks} />
        <tbody>
          <For each={Array.from({ length: 10 })}>
            {(_, row) => (
              <tr class="h-9">
                <Show when={props.picks}>
                  <td class="h-9 border-b" />
                </Show>
                <For each={props.columns}>
                  {(column, index) => (
                    <td class={`h-9 border-b px-2 first:pl-6 last:pr-6 ${roomClass(column)}`}>
                      <div
                        class="h-2.5 rounded-sm bg-hover"
                        classList={{ 'ml-auto': column.align === 'right' }}
                        style={{ width: widths[(row() * 3 + index()) % widths.length] }}
                      />
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
