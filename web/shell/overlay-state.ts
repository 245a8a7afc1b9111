import { createSignal } from 'solid-js';
import { type Action, currentActions } from '../kit/actions.ts';

/** The page's actions when the palette was opened; while it is open they are disabled. */
const [palette, setPalette] = createSignal<readonly Action[] | null>(null);
export const paletteActions = palette;
export const openPalette = (): void => {
  keepEarly();
  setPalette(currentActions());
};
export const closePalette = (): void => {
  takeEarly();
  setPalette(null);
};

const [helpActions, setHelpActions] = createSignal<readonly Action[] | null>(null);
export const helpShows = helpActions;
export const setHelpOpen = (open: boolean): void => void setHelpActions(open ? currentActions() : null);

let early = '';

const onEarlyKey = (event: KeyboardEvent) => {
  if (event.key.length !== 1 || event.metaKey || event.ctrlKey || event.altKey) return;
  early += event.key;
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** Until the palette has an input, what is typed waits for it. */
function keepEarly(): void {
  early = '';
  addEventListener('keydown', onEarlyKey, { capture: true });
}

/** What was typed before the palette had an input; it has one now. */
export function takeEarly(): string {
  removeEventListener('keydown', onEarlyKey, { capture: true });
  const text = early;
  early = '';
  return text;
}
