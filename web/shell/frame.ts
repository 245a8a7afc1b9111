/** The page is there: what stood for it, #frame of index.html, goes. */
export function removeFrame(): void {
  document.getElementById('frame')?.remove();
}

/** Resolves once the browser has drawn it: reading the program takes longer than that. */
export const frameDrawn = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    // A page in the background is not drawn.
    setTimeout(resolve, document.visibilityState === 'hidden' ? 0 : 50);
  });
