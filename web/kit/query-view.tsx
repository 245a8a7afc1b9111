import { type Accessor, type JSX, Match, Show, Switch } from 'solid-js';
import { toApiError } from '../api/api-error.ts';
import { createDelayed } from './delayed.ts';
import { ErrorState } from './error-state.tsx';
import { SkeletonLines } from './skeleton.tsx';

interface Query<T> {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  data: T | undefined;
  refetch: () => unknown;
}

/**
 * The states of a query: a skeleton after 150 ms, then the data or an error. After a failed refetch the previous
 * data stays.
 */
export function QueryView<T>(props: {
  query: Query<T>;
  /** Such as "The list could not be loaded". */
  what: string;
  skeleton?: JSX.Element;
  /** Shown above the skeleton and the error, such as the page's title. */
  header?: JSX.Element;
  /** Shown for what is not found, instead of the error; gets what would be shown. */
  missing?: (otherwise: () => JSX.Element) => JSX.Element;
  children: (data: Accessor<NonNullable<T>>) => JSX.Element;
}) {
  const slow = createDelayed(() => props.query.isPending);
  const failed = () => (
    <>
      {props.header}
      <ErrorState error={props.query.error} what={props.what} onRetry={() => void props.query.refetch()} />
    </>
  );
  return (
    <Switch>
      <Match when={props.query.data}>{(value) => props.children(value as Accessor<NonNullable<T>>)}</Match>
      <Match when={props.query.isError}>
        <Show when={toApiError(props.query.error).code === 'not_found' && props.missing} fallback={failed()}>
          {(missing) => missing()(failed)}
        </Show>
      </Match>
      <Match when={props.query.isPending}>
        <Show when={slow()}>
          {props.header}
          {props.skeleton ?? <SkeletonLines lines={6} class="px-6 max-sm:px-4 py-8" />}
        </Show>
      </Match>
    </Switch>
  );
}
