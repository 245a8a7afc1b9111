let isDown = false;

if (typeof document !== 'undefined') {
  const up = () => {
    isDown = false;
  };
  document.addEventListener(
    'pointerdown',
    () => {
      isDown = true;
    },
    true,
  );
  document.addEventListener('pointerup', up, true);
  document.addEventListener('pointercancel', up, true);
}

/**
 * Runs it now, or after the press that is under way: a message that appears as a field loses the focus would push the
 * button away from under the pointer, and the click would be lost.
 */
export function whenPointerIsUp(run: () => void): void {
  if (!isDown) {
    run();
    return;
  }
  // The click comes right after the pointer is up.
  document.addEventListener('pointerup', () => setTimeout(run, 0), { capture: true, once: true });
}
