import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';

/** How long people need to see what they decide on. */
const readingMs = 700;

/**
 * Whether what is on screen has been there long enough to be read. The time starts again when `content` changes, and
 * when a hidden page is shown. Undefined: not on screen yet.
 */
export function createArming(content: Accessor<string | undefined>): Accessor<boolean> {
  const shown = createMemo(content);
  const [armed, setArmed] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restart = () => {
    clearTimeout(timer);
    setArmed(false);
    if (shown() !== undefined && document.visibilityState === 'visible')
      timer = setTimeout(() => setArmed(true), readingMs);
  };
  createEffect(on(shown, restart));
  document.addEventListener('visibilitychange', restart);
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', restart);
  });
  return armed;
}
