import { Key } from '@solid-primitives/keyed';
import { type LinkProps, useNavigate } from '@tanstack/solid-router';
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, untrack } from 'solid-js';
import { t } from '../../words/words.ts';
import { type Action, useActions } from '../actions.ts';
import { createRowWindow } from '../row-window.ts';
import { type Column, roomClass, TableHead } from './column.tsx';
import { createHrefs } from './hrefs.ts';
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
  /** Of a long list, of which `rows` are those in memory. */
  around?: LongList | undefined;
}

/** The rows of a list that are not in memory, and what is told of those that are on the screen. */
export interface LongList {
  /** How many there are before and after `rows`. */
  before: number;
  after: number;
  /** More can be loaded: how many there are is not known. */
  hasMore: boolean;
  onShow: (first: number, last: number) => void;
}

/** The selected row of each table, so that it is still selected when a person returns. */
const remembered = new Map<string, string>();

const interactive = 'a, button, input, label, select, textarea, [role="switch"]';

/**
 * Rows of 36 px, or 28 px. j and k select the next and the previous one, Home and End the first and the last, Enter or a click
 * opens it. Of many rows, only those around the screen are in the document.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const navigate = useNavigate();
  const [selected, setSelected] = createSignal(remembered.get(props.label));
  // A row that moves while pages load may come with two of them.
  const rows = createMemo(() => {
    const seen = new Set<string>();
    return props.rows.filter((row) => {
      const id = props.rowId(row);
      return !seen.has(id) && seen.add(id);
    });
  });
  const ids = createMemo(() => rows().map(props.rowId));
  const links = new Map<string, HTMLAnchorElement>();
  let table!: HTMLTableElement;
  const before = () => props.around?.before ?? 0;
  const count = () => before() + rows().length + (props.around?.after ?? 0);
  const shown = createRowWindow({
    body: () => table.tBodies[0]!,
    count,
    rowHeight: () => (props.compact ? 28 : 36),
    onShow: (first, last) => props.around?.onShow(first, last),
  });
  const first = () => Math.max(shown.start(), before());
  const shownRows = createMemo(() => rows().slice(first() - before(), Math.max(0, shown.end() - before())));
  // Rows that belong here and are not in memory yet keep their room.
  const notYet = () => Math.max(0, first() - shown.start());
  const notYetBelow = () => Math.max(0, shown.end() - shown.start() - notYet() - shownRows().length);
  const pixels = () => (props.compact ? 28 : 36);

  createEffect(on(selected, (id) => id !== undefined && remembered.set(props.label, id), { defer: true }));

  const select = (id: string | undefined) => {
    if (id === undefined) return;
    setSelected(id);
    shown.reveal(before() + ids().indexOf(id));
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
  const hrefOf = createHrefs();
  const open = (row: Row) => void navigate(props.rowLink(row) as Parameters<typeof navigate>[0]);

  /** Of a row that is not in memory yet: it is selected once it is. */
  const [wanted, setWanted] = createSignal<number>();
  const goTo = (index: number) => {
    const id = ids()[index - before()];
    if (id !== undefined) return select(id);
    setWanted(index);
    shown.reveal(index);
  };
  createEffect(() => {
    const index = wanted();
    const id = index === undefined ? undefined : ids()[index - before()];
    if (id === undefined) return;
    setWanted(undefined);
    untrack(() => select(id));
  });

  const end = (key: 'home' | 'end', label: string): Action => ({
    id: `row:${key}`,
    label,
    keys: key,
    group: 'Page',
    run: () => goTo(key === 'home' ? 0 : count() - 1),
    inPalette: false,
  });

  useActions(() => {
    const row = rows().find((each) => props.rowId(each) === selected());
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
      end('home', t('First row')),
      end('end', t('Last row')),
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
        ref={table}
        aria-label={props.label}
        aria-rowcount={props.around?.hasMore ? -1 : count() + 1}
        class="w-full table-fixed border-separate border-spacing-0 @max-[560px]:block"
      >
        <TableHead columns={props.columns} picks={Boolean(props.picks)} />
        <tbody class="@max-[560px]:block">
          <Room height={shown.above() + notYet() * pixels()} />
          {/* By id: a refetch changes what a row shows and keeps its element. */}
          <Key each={shownRows()} by={props.rowId}>
            {(row, index) => {
              const id = props.rowId(row());
              onCleanup(() => links.delete(id));
              return (
                <tr
                  aria-rowindex={first() + index() + 2}
                  data-row={first() + index()}
                  onFocusIn={() => setSelected(id)}
                  onClick={(event) => {
                    if ((event.target as Element).closest(interactive) || getSelection()?.toString()) return;
                    setSelected(id);
                    open(row());
                  }}
                  class={`group ${rowHeight()} scroll-mt-8 cursor-pointer hover:bg-hover @max-[560px]:relative @max-[560px]:flex @max-[560px]:h-auto @max-[560px]:min-h-12 @max-[560px]:flex-wrap @max-[560px]:items-center @max-[560px]:gap-x-3 @max-[560px]:border-b @max-[560px]:px-4 ${props.compact ? '@max-[560px]:py-1' : '@max-[560px]:py-2'}`}
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
                          <a
                            href={hrefOf(props.rowLink(row()))}
                            ref={(element) => links.set(id, element)}
                            onClick={(event) => {
                              if (event.defaultPrevented || event.button !== 0 || hasModifier(event)) return;
                              event.preventDefault();
                              open(row());
                            }}
                            class="block truncate outline-none"
                          >
                            {column.cell(row)}
                          </a>
                        </Show>
                      </td>
                    )}
                  </For>
                </tr>
              );
            }}
          </Key>
          <Room height={shown.below() + notYetBelow() * pixels()} />
        </tbody>
      </table>
    </div>
  );
}

const hasModifier = (event: MouseEvent) => event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;

/** The place of rows that are not in the document. What is on the screen stays there when it changes, not the empty room. */
const Room = (props: { height: number }) => (
  <Show when={props.height > 0}>
    {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without a cell takes no focus */}
    <tr
      aria-hidden="true"
      class="[overflow-anchor:none] @max-[560px]:block"
      style={{ height: `${props.height}px` }}
    />
  </Show>
);

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
