import { exceptionFilterSchema } from '../../../../shared/exceptions/exception-schemas.ts';
import type { Inputs } from '../../../api/trpc.ts';
import { t } from '../../../words/words.ts';

/** The filter as the API takes it. */
export type ExceptionFilter = Inputs['exceptions']['saveView']['filter'];
/** The filter as the URL has it: no status means unresolved, `all` means any status. */
export type ExceptionSearch = Omit<ExceptionFilter, 'status'> & {
  status?: ExceptionFilter['status'] | 'all' | undefined;
};

const keys = Object.keys(exceptionFilterSchema.shape) as (keyof ExceptionFilter)[];

export function toFilter(search: ExceptionSearch): ExceptionFilter {
  const { status, ...rest } = pick(search);
  return status === 'all' ? rest : { ...rest, status: status ?? 'unresolved' };
}

export function toSearch(filter: ExceptionFilter): ExceptionSearch {
  const { status, ...rest } = pick(filter) as ExceptionFilter;
  return status === 'unresolved' ? rest : { ...rest, status: status ?? 'all' };
}

export const sameView = (a: ExceptionSearch, b: ExceptionSearch): boolean => {
  const [left, right] = [toFilter(a), toFilter(b)];
  return keys.every((key) => left[key] === right[key]);
};

/** The views that everyone has. */
export const builtInViews: readonly { name: string; search: ExceptionSearch }[] = [
  { name: t('Unresolved'), search: {} },
  { name: t('Mine'), search: { assignee: 'me' } },
  { name: t('Unassigned'), search: { assignee: 'none' } },
  { name: t('Overdue'), search: { due: 'overdue' } },
  { name: t('Resolved'), search: { status: 'resolved' } },
  { name: t('All'), search: { status: 'all' } },
];

/** Only the keys that belong to a filter and are set. */
function pick(search: ExceptionSearch): ExceptionSearch {
  return Object.fromEntries(
    keys.flatMap((key) => (search[key] === undefined ? [] : [[key, search[key]]])),
  ) as ExceptionSearch;
}
