import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { type Match, searchJson } from './search-json.ts';

/** As long as the page may do nothing else. */
const sliceMs = 8;

export interface Found {
  matches: readonly Match[];
  more: boolean;
}

/** What a document holds of a query, looked for in slices while the page stays usable; null: nothing is looked for. */
export function createJsonSearch(value: Accessor<unknown>, query: Accessor<string>) {
  const [found, setFound] = createSignal<Found | null>(null);
  const [busy, setBusy] = createSignal(false);
  const wanted = createMemo(() => query().trim());
  createEffect(() => {
    const looked = wanted();
    const document = value();
    if (looked === '') {
      setBusy(false);
      return void setFound(null);
    }
    const search = searchJson(document, looked);
    let next: ReturnType<typeof setTimeout> | undefined;
    const go = () => {
      const until = performance.now() + sliceMs;
      do {
        const step = search.next();
        if (!step.done) continue;
        setBusy(false);
        return void setFound(step.value);
      } while (performance.now() < until);
      next = setTimeout(go, 0);
    };
    setBusy(true);
    // Who types fast starts one search, not one for each letter.
    next = setTimeout(go, 120);
    onCleanup(() => clearTimeout(next));
  });
  return { found, busy };
}
