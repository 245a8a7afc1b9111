import { type InfiniteData, keepPreviousData, useQueryClient } from '@tanstack/solid-query';
import { type Accessor, createEffect, createMemo, createSignal, untrack } from 'solid-js';
import { useInfiniteQuery } from './query.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Where a page begins, and the pages before it: so every page that was once loaded can be loaded again. */
export interface PageStart {
  cursor?: string | undefined;
  /** The number of rows before it. */
  row: number;
  previous?: PageStart;
}

type ListQuery<Input, Item> = (input: Input) => {
  queryKey: readonly unknown[];
  queryFn: (at: { signal: AbortSignal }) => Promise<Page<Item>>;
};

/** A list that is read page by page, as components show it. */
export interface PagedRows<Row> {
  /** The rows in memory: every one loaded so far, until `show` is used. Undefined until the first page has loaded. */
  rows: Accessor<readonly Row[] | undefined>;
  /** How many rows before and after those were loaded, and are not in memory any more. */
  before: Accessor<number>;
  after: Accessor<number>;
  /** Why the latest request failed; null when it did not. */
  error: Accessor<unknown>;
  hasMore: Accessor<boolean>;
  loadingMore: Accessor<boolean>;
  loadMore: () => void;
  /** Has the latest `loadMore` failed? */
  loadMoreFailed: Accessor<boolean>;
  retry: () => void;
  /** These rows are on the screen: those around them are loaded, and those far away leave the memory. */
  show: (first: number, last: number) => void;
  /** Every row that the filters select, up to `most`. @param most a multiple of 200 */
  readAll: (most: number) => Promise<Row[]>;
}

/** Rows of the first page, which is what a screen shows, and of the others. */
const [firstRows, moreRows] = [50, 200];
/** Pages in memory, once `show` is used. Every change of a row that the live stream announces reads them again. */
const pagesKept = 8;
/** So many rows before the end of what is in memory, more are loaded. */
const ahead = 100;

/** Reads a list page by page: `createPaged(queries.tools.list, () => filters)`. */
export function createPaged<Filters extends object, Item>(
  list: ListQuery<Filters & { cursor?: string | undefined; limit?: number }, Item>,
  filters: Accessor<Filters>,
  options: { refetchInterval?: number } = {},
): PagedRows<Item> {
  const client = useQueryClient();
  const [windowed, setWindowed] = createSignal(false);
  const settings = () => {
    const at = paged(list, filters(), ({ cursor }) => (cursor === undefined ? firstRows : moreRows));
    return { ...at, ...options, ...(windowed() && { maxPages: pagesKept }) };
  };
  const query = useInfiniteQuery(settings);
  const starts = () => (query.data?.pageParams ?? []) as PageStart[];
  const before = () => starts()[0]?.row ?? 0;
  const rows = createMemo(() => rowsOf(query));
  const end = () => before() + (rows()?.length ?? 0);

  /** The last page of this list that was seen. */
  const furthest = createMemo<{ key: string; start: PageStart | undefined; end: number }>((known) => {
    const key = JSON.stringify(settings().queryKey);
    const last = starts().at(-1);
    // Not `hasNextPage`: it may still be that of the pages before.
    const complete = query.data?.pages.at(-1)?.nextCursor === null;
    if (known?.key !== key || query.isPlaceholderData || end() >= known.end || complete)
      return { key, start: last, end: end() };
    return known;
  });

  /** Begins again with the page of this row: a person has scrolled far at once. */
  let jumping: AbortController | undefined;
  async function jump(row: number): Promise<void> {
    let start = furthest().start;
    while (start && start.row > row) start = start.previous;
    if (!start) return;
    jumping?.abort();
    const mine = new AbortController();
    jumping = mine;
    const { queryKey, pageOf } = settings();
    try {
      const page = await pageOf(start, mine.signal);
      // What is on its way belongs to the rows that were left.
      await client.cancelQueries({ queryKey });
      if (mine.signal.aborted) return;
      client.setQueryData<InfiniteData<Page<Item>, PageStart>>(queryKey, {
        pages: [page],
        pageParams: [start],
      });
    } catch {
      // The next movement asks again.
    } finally {
      if (jumping === mine) jumping = undefined;
    }
  }

  const [seen, setSeen] = createSignal<{ first: number; last: number }>();
  // Again after each page: there may be more to load before the screen is full.
  createEffect(() => {
    const at = seen();
    if (!at || query.isPlaceholderData || rows() === undefined || query.isFetching) return;
    untrack(() => load(at));
  });
  function load({ first, last }: { first: number; last: number }): void {
    if (last <= before() || first >= end()) {
      if (furthest().end > 0) void jump(first);
    } else if (last > end() - ahead && query.hasNextPage && !query.isFetchNextPageError)
      void query.fetchNextPage();
    else if (first < before() + ahead && query.hasPreviousPage && !query.isFetchPreviousPageError)
      void query.fetchPreviousPage();
  }

  return {
    rows,
    before,
    after: () => Math.max(0, furthest().end - end()),
    error: () => query.error,
    hasMore: () => query.hasNextPage,
    loadingMore: () => query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    loadMoreFailed: () => query.isFetchNextPageError,
    retry: () => void query.refetch(),
    show(first, last) {
      setWindowed(true);
      setSeen({ first, last });
    },
    readAll: (most) => readAll(list, filters(), most),
  };
}

async function readAll<Filters extends object, Item>(
  list: ListQuery<Filters & { cursor?: string | undefined; limit?: number }, Item>,
  filters: Filters,
  most: number,
): Promise<Item[]> {
  const { signal } = new AbortController();
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...filters, cursor, limit: 200 }).queryFn({ signal });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return items;
}

/** The options of an infinite query over a list with cursors: `useInfiniteQuery(() => paged(queries.inbox.list, filters))`. */
export function paged<Input extends { cursor?: string | undefined; limit?: number }, Item>(
  list: ListQuery<Input, Item>,
  input: Input,
  limitOf: (start: PageStart) => number | undefined = () => input.limit,
) {
  const first: PageStart = { row: 0 };
  const pageOf = (start: PageStart, signal: AbortSignal) => {
    const limit = limitOf(start);
    return list({ ...input, cursor: start.cursor, ...(limit !== undefined && { limit }) }).queryFn({
      signal,
    });
  };
  return {
    queryKey: [...list(input).queryKey, 'pages'],
    queryFn: ({ pageParam, signal }: { pageParam: PageStart; signal: AbortSignal }) =>
      pageOf(pageParam, signal),
    pageOf,
    initialPageParam: first,
    getNextPageParam: (page: Page<Item>, _pages: unknown, at: PageStart): PageStart | undefined =>
      page.nextCursor === null
        ? undefined
        : { cursor: page.nextCursor, row: at.row + page.items.length, previous: at },
    getPreviousPageParam: (_page: Page<Item>, _pages: unknown, at: PageStart) => at.previous,
    // While the rows of a new filter load, the old rows stay.
    placeholderData: keepPreviousData,
  };
}

/** Every row in memory; undefined until the first page has loaded. */
export function rowsOf<Item>(query: { data: { pages: Page<Item>[] } | undefined }): Item[] | undefined {
  return query.data?.pages.flatMap((page) => page.items);
}
