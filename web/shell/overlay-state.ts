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
