import { Key } from '@solid-primitives/keyed';
import { Link, type LinkProps, useNavigate } from '@tanstack/solid-router';
import { createEffect, createSignal, For, on, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { type Action, useActions } from '../actions.ts';
import { type Column, roomClass, TableHead } from './column.tsx';
import type { RowPicks } from './row-picks.ts';

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
  /** Lets a person pick several rows: by `x`, shift with j and k, and checkboxes. */
  picks?: RowPicks<Row> | undefined;
  /** Lower rows. */
  compact?: boolean | undefined;
}

/** The selected row of each table, so that it is still selected when a person returns. */
const remembered = new Map<string, string>();

const interactive = 'a, button, input, label, select, textarea, [role="switch"]';

/** Rows of 36 px, or 28 px. j and k select the next and the previous one, Enter or a click opens it. */
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
  const extend = (by: number) => {
    const from = selected();
    move(by);
    const to = selected();
    if (to !== undefined) props.picks?.extend(from ?? to, to);
  };
  const open = (row: Row) => void navigate(props.rowLink(row) as Parameters<typeof navigate>[0]);

  useActions(() => {
    const row = props.rows.find((each) => props.rowId(each) === selected());
    return [
      {
        id: 'row:next',
        label: t('Next row'),
        keys: 'j',
        group: 'Page',
        run: () => move(1),
        inPalette: false,
        repeats: true,
      },
      {
        id: 'row:previous',
        label: t('Previous row'),
        keys: 'k',
        group: 'Page',
        run: () => move(-1),
        inPalette: false,
        repeats: true,
      },
      ...(props.picks ? pickActions(props.picks, row && props.rowId(row)) : []),
      ...(row
        ? [
            {
              id: 'row:open',
              label: t('Open'),
              keys: 'enter',
              group: 'Selection' as const,
              run: () => open(row),
            },
            // With rows picked, keys and the palette act on those.
            ...(props.picks?.rows().length ? [] : (props.rowActions?.(row) ?? [])),
          ]
        : []),
    ];
  });
  const pickActions = (picks: RowPicks<Row>, id: string | undefined): Action[] => [
    {
      id: 'row:extend-next',
      label: t('Select the next row too'),
      keys: 'shift+j',
      group: 'Page',
      run: () => extend(1),
      inPalette: false,
      repeats: true,
    },
    {
      id: 'row:extend-previous',
      label: t('Select the previous row too'),
      keys: 'shift+k',
      group: 'Page',
      run: () => extend(-1),
      inPalette: false,
      repeats: true,
    },
    ...(id === undefined
      ? []
      : [
          {
            id: 'row:pick',
            label: t('Select this row, to act on several'),
            keys: 'x',
            group: 'Selection' as const,
            run: () => picks.toggle(id),
            inPalette: false,
          },
        ]),
  ];

  const rowHeight = () => (props.compact ? 'h-7' : 'h-9');

  return (
    <div class="@container">
      <table
        aria-label={props.label}
        class="w-full table-fixed border-separate border-spacing-0 @max-[560px]:block"
      >
        <TableHead columns={props.columns} picks={Boolean(props.picks)} />
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
                  class={`group ${rowHeight()} cursor-pointer hover:bg-hover @max-[560px]:relative @max-[560px]:flex @max-[560px]:h-auto @max-[560px]:min-h-12 @max-[560px]:flex-wrap @max-[560px]:items-center @max-[560px]:gap-x-3 @max-[560px]:border-b @max-[560px]:px-4 ${props.compact ? '@max-[560px]:py-1' : '@max-[560px]:py-2'}`}
                  classList={{
                    'bg-selected hover:bg-selected': selected() === id || (props.picks?.has(id) ?? false),
                  }}
                >
                  <Show when={props.picks}>
                    {(picks) => (
                      <PickCell
                        name={picks().name(row())}
                        picked={picks().has(id)}
                        shown={selected() === id || picks().rows().length > 0}
                        class={rowHeight()}
                        onPick={(range) => (range ? picks().extend(id, id) : picks().toggle(id))}
                      />
                    )}
                  </Show>
                  <For each={props.columns}>
                    {(column) => (
                      <td
                        class={`${rowHeight()} truncate border-b px-2 first:pl-6 last:pr-6 @max-[560px]:h-auto @max-[560px]:max-w-full @max-[560px]:border-0 @max-[560px]:px-0 @max-[560px]:text-left @max-[560px]:first:pl-0 @max-[560px]:last:pr-0 ${roomClass(column)}`}
                        classList={{
                          'text-right': column.align === 'right',
                          '@max-[560px]:-order-1 @max-[560px]:basis-full': column.main ?? false,
                          '@max-[560px]:pr-9': Boolean(column.main && props.picks),
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

/** The checkbox of a row: it shows where the pointer or the focus is, and in every row once one is picked. */
function PickCell(props: {
  name: string;
  picked: boolean;
  shown: boolean;
  class: string;
  onPick: (range: boolean) => void;
}) {
  return (
    <td
      class={`${props.class} border-b pl-6 @max-[560px]:absolute @max-[560px]:top-1 @max-[560px]:right-3 @max-[560px]:h-auto @max-[560px]:border-0 @max-[560px]:p-0`}
    >
      <label class="flex size-5 cursor-pointer items-center justify-center @max-[560px]:size-8">
        <span class="sr-only">{t`Select ${props.name}`}</span>
        <input
          type="checkbox"
          checked={props.picked}
          onClick={(event) => {
            props.onPick(event.shiftKey);
            // A range picks a row that was picked already, which the browser has just unchecked.
            event.currentTarget.checked = props.picked;
          }}
          class="size-3.5 accent-accent-fill opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:size-5 pointer-coarse:opacity-100 @max-[560px]:opacity-100"
          classList={{ 'opacity-100': props.shown }}
        />
      </label>
    </td>
  );
}
