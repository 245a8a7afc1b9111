import { type Query, useQueryClient } from '@tanstack/solid-query';
import { createSignal, type JSX, onCleanup, onMount } from 'solid-js';

/** Whoever waits for something that takes longer sees the rest meanwhile. */
const longestMs = 3_000;
/** What comes may ask for more. */
const settleMs = 30;

const loads = { predicate: (query: Query) => query.state.status === 'pending' && query.isActive() };

/**
 * What stands below something that loads: laid out and asking for its own data at once, and seen when nothing on the page
 * loads for the first time any more, so that nothing moves while someone reads.
 */
export function BelowLoading(props: { children: JSX.Element }) {
  const client = useQueryClient();
  const [shown, setShown] = createSignal(false);
  onMount(() => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    const longest = setTimeout(() => show(), longestMs);
    const isLoading = () => client.isFetching(loads) > 0;
    const unsubscribe = client.getQueryCache().subscribe(() => {
      clearTimeout(settling);
      settling = isLoading() ? undefined : setTimeout(show, settleMs);
    });
    function show(): void {
      end();
      setShown(true);
    }
    function end(): void {
      clearTimeout(settling);
      clearTimeout(longest);
      unsubscribe();
    }
    onCleanup(end);
    // Once the children have asked.
    queueMicrotask(() => !isLoading() && show());
  });
  return <div class={shown() ? 'contents' : 'invisible contents'}>{props.children}</div>;
}
