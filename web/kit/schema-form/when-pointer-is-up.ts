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
 * Runs now, or after the current press: a message that appears when a field loses the focus would move the button away
 * from the pointer, and the click would be lost.
 */
export function whenPointerIsUp(run: () => void): void {
  if (!isDown) {
    run();
    return;
  }
  // The click follows right after `pointerup`.
  document.addEventListener('pointerup', () => setTimeout(run, 0), { capture: true, once: true });
}
