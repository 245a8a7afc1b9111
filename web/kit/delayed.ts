import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';

/** True once `condition` has held for `ms`: what is quick shows no skeleton at all. */
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
