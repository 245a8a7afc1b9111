import { keepPreviousData } from '@tanstack/solid-query';
import { type Accessor, createMemo } from 'solid-js';
import { useInfiniteQuery } from './query.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

type ListQuery<Input, Item> = (input: Input) => {
  queryKey: readonly unknown[];
  queryFn: (at: { signal: AbortSignal }) => Promise<Page<Item>>;
};

/** A list that is read page by page, as components show it. */
export interface PagedRows<Row> {
  /** Every row loaded so far; undefined until the first page has loaded. */
  rows: Accessor<readonly Row[] | undefined>;
  /** Why the latest request failed; null when it did not. */
  error: Accessor<unknown>;
  hasMore: Accessor<boolean>;
  loadingMore: Accessor<boolean>;
  loadMore: () => void;
  /** Has the latest `loadMore` failed? */
  loadMoreFailed: Accessor<boolean>;
  retry: () => void;
  /** Every row that the filters select, up to `most`. @param most a multiple of 200 */
  readAll: (most: number) => Promise<Row[]>;
}

/** Reads a list 50 rows at a time: `createPaged(queries.tools.list, () => filters)`. */
export function createPaged<Filters extends object, Item>(
  list: ListQuery<Filters & { cursor?: string | undefined; limit?: number }, Item>,
  filters: Accessor<Filters>,
  options: { refetchInterval?: number } = {},
): PagedRows<Item> {
  const query = useInfiniteQuery(() => ({ ...paged(list, { ...filters(), limit: 50 }), ...options }));
  return {
    rows: createMemo(() => rowsOf(query)),
    error: () => query.error,
    hasMore: () => query.hasNextPage,
    loadingMore: () => query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    loadMoreFailed: () => query.isFetchNextPageError,
    retry: () => void query.refetch(),
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
export function paged<Input extends { cursor?: string | undefined }, Item>(
  list: ListQuery<Input, Item>,
  input: Input,
) {
  return {
    queryKey: [...list(input).queryKey, 'pages'],
    queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
      list({ ...input, cursor: pageParam }).queryFn({ signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Item>) => page.nextCursor ?? undefined,
    // While the rows of a new filter load, the old rows stay.
    placeholderData: keepPreviousData,
  };
}

/** Every row loaded so far; undefined until the first page has loaded. */
export function rowsOf<Item>(query: { data: { pages: Page<Item>[] } | undefined }): Item[] | undefined {
  return query.data?.pages.flatMap((page) => page.items);
}
