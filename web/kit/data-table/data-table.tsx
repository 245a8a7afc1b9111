import { Link, type LinkProps, useNavigate } from '@tanstack/solid-router';
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js';
import { type Action, useActions } from '../actions.ts';
import { Button } from '../button.tsx';
import { type Column, roomClass, TableHead } from './column.tsx';
import { TableSkeleton } from './table-skeleton.tsx';

export interface DataTableProps<Row> {
  /** What the rows are, as in "Tools"; also the name under which the selection is remembered. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while there are none yet: a skeleton after 150 ms. */
  rows: readonly Row[] | undefined;
  rowId: (row: Row) => string;
  /** Where Enter and a click lead. */
  rowLink: (row: Row) => LinkProps;
  /** Offered by key and in the palette for the selected row. */
  rowActions?: (row: Row) => Action[];
  hasMore?: boolean;
  onMore?: () => void;
  loadingMore?: boolean;
  /** Shown instead of the table when there are no rows. */
  empty?: JSX.Element;
}

/** Which row was selected in which table, so that coming back finds it again. */
const remembered = new Map<string, string>();

const interactive = 'a, button, input, select, textarea, [role="switch"]';

/** Rows of 36 px, moved through with j and k, opened with Enter or a click. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const navigate = useNavigate();
  const [selected, setSelected] = createSignal(remembered.get(props.label));
  const byId = createMemo(() => new Map((props.rows ?? []).map((row) => [props.rowId(row), row])));
  // Rows are kept by id, not by object: a refetch changes what is in them and not the elements.
  const ids = createMemo(() => [...byId().keys()], [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
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
    if (ids().length === 0) return [];
    const row = byId().get(selected() ?? '');
    return [
      { id: 'row:next', label: 'Next row', keys: 'j', group: 'Page', run: () => move(1), inPalette: false },
      {
        id: 'row:previous',
        label: 'Previous row',
        keys: 'k',
        group: 'Page',
        run: () => move(-1),
        inPalette: false,
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
    <Show when={props.rows} fallback={<TableSkeleton columns={props.columns} />}>
      <Show when={ids().length > 0} fallback={props.empty}>
        <div class="@container">
          <table
            aria-label={props.label}
            class="w-full min-w-120 table-fixed border-separate border-spacing-0"
          >
            <TableHead columns={props.columns} />
            <tbody>
              <For each={ids()}>
                {(id) => {
                  // A row on its way out keeps its last content until it is gone.
                  const row = createMemo<Row>((last) => byId().get(id) ?? last, byId().get(id) as Row);
                  return (
                    <tr
                      onFocusIn={() => setSelected(id)}
                      onClick={(event) => {
                        if ((event.target as Element).closest(interactive) || getSelection()?.toString())
                          return;
                        setSelected(id);
                        open(row());
                      }}
                      class="group h-9 cursor-pointer hover:bg-hover"
                      classList={{ 'bg-selected hover:bg-selected': selected() === id }}
                    >
                      <For each={props.columns}>
                        {(column) => (
                          <td
                            class={`h-9 truncate border-b px-2 first:pl-6 last:pr-6 ${roomClass(column)}`}
                            classList={{ 'text-right': column.align === 'right' }}
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
              </For>
            </tbody>
          </table>
        </div>
        <Show when={props.hasMore}>
          <div class="flex items-center gap-3 px-6 py-3">
            <Button busy={props.loadingMore ?? false} onClick={() => props.onMore?.()}>
              Load more
            </Button>
            <span class="text-faint text-sm">{ids().length} shown</span>
          </div>
        </Show>
      </Show>
    </Show>
  );
}
