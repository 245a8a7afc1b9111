/** What had the focus when a dialog opened: by what the dialog itself was opened from, if it is gone. */
const openers: HTMLElement[][] = [];

/** Menus close as they are chosen from: their button stays. */
function lasting(element: HTMLElement): HTMLElement {
  const button = element.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return (button && document.getElementById(button)) || element;
}

/**
 * Remembers what has the focus as a dialog opens.
 * @returns gives it back, once nothing else has taken it: keys and screen readers go on where the person was
 */
export function focusOnReturn(): () => void {
  const active = document.activeElement;
  // A dialog that follows another returns to where the first was opened.
  const before = openers.at(-1) ?? [];
  const way =
    active instanceof HTMLElement && active !== document.body ? [lasting(active), ...before] : before;
  openers.push(way);
  return () => {
    setTimeout(() => {
      const at = openers.indexOf(way);
      if (at >= 0) openers.splice(at, 1);
      for (const target of [...way, document.querySelector<HTMLElement>('main')]) {
        if (document.activeElement !== document.body) return;
        if (target?.isConnected) target.focus({ preventScroll: true });
      }
    });
  };
}
