import { keepPreviousData } from '@tanstack/solid-query';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The options of an infinite query over a list that is paged by key: `useInfiniteQuery(() => paged(queries.tools.list, filters))`. */
export function paged<Input extends { cursor?: string | undefined }, Item>(
  list: (input: Input) => {
    queryKey: readonly unknown[];
    queryFn: (at: { signal: AbortSignal }) => Promise<Page<Item>>;
  },
  input: Input,
) {
  return {
    queryKey: [...list(input).queryKey, 'pages'],
    queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
      list({ ...input, cursor: pageParam }).queryFn({ signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Item>) => page.nextCursor ?? undefined,
    // Rows stay while the next filter's are fetched.
    placeholderData: keepPreviousData,
  };
}

/** All rows fetched so far; undefined until there are any to speak of. */
export function rowsOf<Item>(query: {
  isPending: boolean;
  data: { pages: Page<Item>[] } | undefined;
}): Item[] | undefined {
  // `data` is read only when it is there: reading it while pending would suspend the whole page.
  return query.isPending ? undefined : query.data?.pages.flatMap((page) => page.items);
}
