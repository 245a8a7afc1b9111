import { type Accessor, type JSX, Show } from 'solid-js';
import type { PagedRows } from '../../api/paged.ts';
import { rich, t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { createDelayed } from '../delayed.ts';
import { ErrorState } from '../error-state.tsx';
import { SkeletonLines } from '../skeleton.tsx';

/** How many rows were loaded so far, in memory or not. */
export const loadedRows = (list: PagedRows<unknown>): number =>
  list.before() + (list.rows()?.length ?? 0) + list.after();

/** The states of a list that is read page by page: loading, failed, empty, and rows with "Load more". */
export function PagedList<Row>(props: {
  list: PagedRows<Row>;
  /** What the rows are, as in "members". */
  plural: string;
  /** Shown until the first page has loaded, after 150 ms. Default: grey bars. */
  loading?: JSX.Element;
  /** Shown when there are no rows. */
  empty: JSX.Element;
  /** Gets the rows; there is at least one. */
  children: (rows: Accessor<readonly Row[]>) => JSX.Element;
}) {
  const slow = createDelayed(() => props.list.rows() === undefined && !props.list.error());
  return (
    <Show
      when={props.list.rows()}
      fallback={
        <Show
          when={props.list.error()}
          fallback={
            <Show when={slow()}>
              {props.loading ?? <SkeletonLines lines={6} class="px-6 max-sm:px-4 py-8" />}
            </Show>
          }
        >
          {(error) => (
            <ErrorState
              error={error()}
              what={t`The ${props.plural} could not be loaded`}
              onRetry={props.list.retry}
            />
          )}
        </Show>
      }
    >
      {(rows) => (
        <Show when={rows().length > 0} fallback={props.empty}>
          {props.children(rows)}
          <Show when={props.list.hasMore()}>
            <div class="flex items-center gap-3 px-6 max-sm:px-4 py-3">
              <Button busy={props.list.loadingMore()} onClick={() => props.list.loadMore()}>
                {t('Load more')}
              </Button>
              <Show
                when={props.list.loadMoreFailed()}
                fallback={<span class="text-faint text-sm">{t`${loadedRows(props.list)} shown`}</span>}
              >
                <span
                  role="alert"
                  class="text-failed text-sm"
                >{rich`More ${() => props.plural} could not be loaded.`}</span>
              </Show>
            </div>
          </Show>
        </Show>
      )}
    </Show>
  );
}
