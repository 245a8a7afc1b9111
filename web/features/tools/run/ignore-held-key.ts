import { onCleanup } from 'solid-js';

/** The key that opened a sheet may still be down: until it is up, it writes nothing into the sheet. */
export function ignoreHeldKey(): void {
  const onKeyDown = (event: KeyboardEvent) => (event.repeat ? event.preventDefault() : stop());
  const stop = () => {
    document.removeEventListener('keydown', onKeyDown, true);
    document.removeEventListener('keyup', stop, true);
  };
  document.addEventListener('keydown', onKeyDown, true);
  document.addEventListener('keyup', stop, true);
  onCleanup(stop);
}
