import { Key } from '@solid-primitives/keyed';
import { Link, type LinkProps, useNavigate } from '@tanstack/solid-router';
import { createEffect, createSignal, For, on, Show } from 'solid-js';
import { type Action, useActions } from '../actions.ts';
import { type Column, roomClass, TableHead } from './column.tsx';

export interface DataTableProps<Row> {
  /** Names the table, such as "Members"; the selection is remembered under it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Where Enter and a click lead. */
  rowLink: (row: Row) => LinkProps;
  /** Offered by key and in the palette for the selected row. */
  rowActions?: ((row: Row) => Action[]) | undefined;
}

/** The selected row of each table, so that it is still selected when a person returns. */
const remembered = new Map<string, string>();

const interactive = 'a, button, input, select, textarea, [role="switch"]';

/** Rows of 36 px. j and k select the next and the previous one, Enter or a click opens it. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const navigate = useNavigate();
  const [selected, setSelected] = createSignal(remembered.get(props.label));
  const ids = () => props.rows.map(props.rowId);
  const links = new Map<string, HTMLAnchorElement>();

  createEffect(on(selected, (id) => id !== undefined && remembered.set(props.label, id), { defer: true }));

  const select = (id: string | undefined) => {
    if (id === undefined) return;
    setSelected(id);
    const link = links.get(id);
    link?.focus({ preventScroll: true });
    link?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  };
  const move = (by: number) => {
    const list = ids();
    const at = list.indexOf(selected() ?? '');
    select(
      at < 0 ? list[by > 0 ? 0 : list.length - 1] : list[Math.min(list.length - 1, Math.max(0, at + by))],
    );
  };
  const open = (row: Row) => void navigate(props.rowLink(row) as Parameters<typeof navigate>[0]);

  useActions(() => {
    const row = props.rows.find((each) => props.rowId(each) === selected());
    return [
      {
        id: 'row:next',
        label: 'Next row',
        keys: 'j',
        group: 'Page',
        run: () => move(1),
        inPalette: false,
        repeats: true,
      },
      {
        id: 'row:previous',
        label: 'Previous row',
        keys: 'k',
        group: 'Page',
        run: () => move(-1),
        inPalette: false,
        repeats: true,
      },
      ...(row
        ? [
            {
              id: 'row:open',
              label: 'Open',
              keys: 'enter',
              group: 'Selection' as const,
              run: () => open(row),
            },
            ...(props.rowActions?.(row) ?? []),
          ]
        : []),
    ];
  });

  return (
    <div class="@container">
      <table
        aria-label={props.label}
        class="w-full table-fixed border-separate border-spacing-0 @max-[560px]:block"
      >
        <TableHead columns={props.columns} />
        <tbody class="@max-[560px]:block">
          {/* By id: a refetch changes what a row shows and keeps its element. */}
          <Key each={props.rows} by={props.rowId}>
            {(row) => {
              const id = props.rowId(row());
              return (
                <tr
                  onFocusIn={() => setSelected(id)}
                  onClick={(event) => {
                    if ((event.target as Element).closest(interactive) || getSelection()?.toString()) return;
                    setSelected(id);
                    open(row());
                  }}
                  class="group h-9 cursor-pointer hover:bg-hover @max-[560px]:flex @max-[560px]:h-auto @max-[560px]:min-h-12 @max-[560px]:flex-wrap @max-[560px]:items-center @max-[560px]:gap-x-3 @max-[560px]:border-b @max-[560px]:px-4 @max-[560px]:py-2"
                  classList={{ 'bg-selected hover:bg-selected': selected() === id }}
                >
                  <For each={props.columns}>
                    {(column) => (
                      <td
                        class={`h-9 truncate border-b px-2 first:pl-6 last:pr-6 @max-[560px]:h-auto @max-[560px]:max-w-full @max-[560px]:border-0 @max-[560px]:px-0 @max-[560px]:text-left @max-[560px]:first:pl-0 @max-[560px]:last:pr-0 ${roomClass(column)}`}
                        classList={{
                          'text-right': column.align === 'right',
                          '@max-[560px]:-order-1 @max-[560px]:basis-full': column.main ?? false,
                        }}
                      >
                        <Show when={column.main} fallback={column.cell(row)}>
                          <Link
                            {...props.rowLink(row())}
                            ref={(element: HTMLAnchorElement) => links.set(id, element)}
                            preload={false}
                            class="block truncate outline-none"
                          >
                            {column.cell(row)}
                          </Link>
                        </Show>
                      </td>
                    )}
                  </For>
                </tr>
              );
            }}
          </Key>
        </tbody>
      </table>
    </div>
  );
}
