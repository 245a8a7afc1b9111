import { createSignal } from 'solid-js';
import { type Action, currentActions } from '../kit/actions.ts';

/** The page's actions when the palette was opened; while it is open they are disabled. */
const [palette, setPalette] = createSignal<readonly Action[] | null>(null);
export const paletteActions = palette;
export const openPalette = (): void => void setPalette(currentActions());
export const closePalette = (): void => void setPalette(null);

const [helpActions, setHelpActions] = createSignal<readonly Action[] | null>(null);
export const helpShows = helpActions;
export const setHelpOpen = (open: boolean): void => void setHelpActions(open ? currentActions() : null);

/** What was typed before the palette had an input; null: it has one. */
let early: string | null = null;
export const takeEarly = (): string => {
  const text = early ?? '';
  early = null;
  return text;
};

/** Keeps what is typed until the palette takes it. @returns ends that */
export function keepEarly(): () => void {
  early = '';
  const onKeyDown = (event: KeyboardEvent) => {
    if (early === null || event.key.length !== 1 || event.metaKey || event.ctrlKey || event.altKey) return;
    early += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('keydown', onKeyDown, { capture: true });
  return () => removeEventListener('keydown', onKeyDown, { capture: true });
}
