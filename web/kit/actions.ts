import { type Accessor, createContext, createSignal, onCleanup, useContext } from 'solid-js';
import { t } from '../words/words.ts';

/** What a person can do now, by key or from the palette. */
export interface Action {
  id: string;
  label: string;
  /** Such as `r`, `g t` (one after the other), `mod+enter` or `shift+r`. */
  keys?: string | undefined;
  /** The heading in the palette and the help. */
  group: 'Selection' | 'Page' | 'Go to' | 'General';
  run: () => void;
  /** False hides it from the palette: it makes sense only as a key. */
  inPalette?: boolean;
  /** Runs again and again while its key is held. Only for moving a selection. */
  repeats?: boolean;
  /** Also works inside inputs. Only for combinations with `mod`. */
  inInputs?: boolean;
}

export const groupWords: Record<Action['group'], string> = {
  Selection: t('Selection'),
  Page: t('Page'),
  'Go to': t('Go to'),
  General: t('General'),
};

interface Source {
  layer: number;
  actions: Accessor<readonly Action[]>;
}

const [sources, setSources] = createSignal<readonly Source[]>([]);
const [openLayers, setOpenLayers] = createSignal<readonly number[]>([0]);
const layer = () => Math.max(...openLayers());

/**
 * How many dialogs surround a component. It follows the tree, not the open dialogs: the page that a dialog leads to
 * is created while the dialog is still closing.
 */
const LayerContext = createContext(0);
export const LayerProvider = LayerContext.Provider;

/** Disables the actions below a dialog until the calling component is removed. @returns the dialog's layer */
export function enterLayer(): number {
  const depth = useContext(LayerContext) + 1;
  setOpenLayers((all) => [...all, depth]);
  onCleanup(() =>
    setOpenLayers((all) => {
      const at = all.lastIndexOf(depth);
      return all.filter((_, index) => index !== at);
    }),
  );
  return depth;
}

/** Offers actions while the calling component exists. For a shared key, the latest action wins. */
export function useActions(actions: Accessor<readonly Action[]>): void {
  const source: Source = { layer: useContext(LayerContext), actions };
  setSources((all) => [...all, source]);
  onCleanup(() => setSources((all) => all.filter((each) => each !== source)));
}

/** The actions of a layer, latest first. */
export function currentActions(at: number = layer()): Action[] {
  return sources()
    .filter((source) => source.layer === at)
    .toReversed()
    .flatMap((source) => source.actions());
}
