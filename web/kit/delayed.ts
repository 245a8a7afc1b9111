import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';

/** True once `condition` has been true for `ms`, so that fast responses show no skeleton. */
export function createDelayed(condition: Accessor<boolean>, ms = 150): Accessor<boolean> {
  const [shown, setShown] = createSignal(false);
  createEffect(() => {
    if (!condition()) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), ms);
    onCleanup(() => clearTimeout(timer));
  });
  return shown;
}
