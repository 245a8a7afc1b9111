import { InterlockError } from '../../shared/platform/error-codes.ts';
import type { Page, PageOfEach } from '../../shared/platform/server/paging.ts';
import { longestPage } from './part.ts';

interface PageArguments {
  first: number | null;
  after?: string | null;
}

/** The arguments of a list as its REST operation takes them: nulls left out. @throws InterlockError `invalid_input` */
export function listInput<Filter extends object>({ first, after, ...filter }: PageArguments & Filter) {
  const given = Object.entries(filter).filter(([, value]) => value !== null);
  return {
    ...(Object.fromEntries(given) as Partial<Filter>),
    ...pageInput({ first, ...(after && { after }) }),
  };
}

/** @throws InterlockError `invalid_input` */
export function pageInput({ first, after }: PageArguments): PageOfEach {
  const limit = first ?? 0;
  if (limit < 1 || limit > longestPage)
    throw new InterlockError('invalid_input', `Ask for 1 to ${longestPage} items of a list.`, {
      issues: [{ path: '/first', message: `must be 1 to ${longestPage}`, keyword: 'range' }],
    });
  return { limit, cursor: after ?? undefined };
}

/** A page as a connection. */
export const connection = <Item>({ items, nextCursor }: Page<Item>) => ({
  nodes: items,
  pageInfo: { hasNextPage: nextCursor !== null, endCursor: nextCursor },
});
