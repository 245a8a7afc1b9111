import * as library from '@tanstack/solid-query';
import { unwrap } from 'solid-js/store';

/**
 * The library's queries, except that `data` is what was answered, and reading it never suspends. The library follows each
 * field of it by a proxy, which takes longer to read and shows nothing more: an answer is replaced as a whole. A query that is mounted with cached data suspends
 * the page around its readers at every later refetch: for a moment the page leaves the document, and the focus of what
 * a person types is lost.
 */
export const useQuery = ((...args: Parameters<typeof library.useQuery>) =>
  withoutSuspense(library.useQuery(...args))) as typeof library.useQuery;

export const useInfiniteQuery = ((...args: Parameters<typeof library.useInfiniteQuery>) =>
  withoutSuspense(library.useInfiniteQuery(...args))) as typeof library.useInfiniteQuery;

interface Query {
  status: unknown;
  dataUpdatedAt: unknown;
  isPlaceholderData: unknown;
  data: unknown;
}

function withoutSuspense<Q extends Query>(query: Q): Q {
  return new Proxy(query, {
    get(target, key) {
      if (key !== 'data') return Reflect.get(target, key);
      // These change whenever the data does, and following them does not suspend.
      void [target.status, target.dataUpdatedAt, target.isPlaceholderData];
      return unwrap(target).data;
    },
  });
}
