import { type Accessor, createContext, createSignal, onCleanup, useContext } from 'solid-js';

/** Something that can be done now, by its key or from the palette. */
export interface Action {
  id: string;
  label: string;
  /** `r`, `g t` (one after the other), `mod+enter`, `shift+r`. */
  keys?: string | undefined;
  /** The palette's and the help's heading. */
  group: 'Selection' | 'Page' | 'Go to' | 'General';
  run: () => void;
  /** False for what only makes sense as a key: it stands in the help alone. */
  inPalette?: boolean;
  /** Works inside inputs too: only for combinations with `mod`. */
  inInputs?: boolean;
}

interface Source {
  layer: number;
  actions: Accessor<readonly Action[]>;
}

const [sources, setSources] = createSignal<readonly Source[]>([]);
const [openLayers, setOpenLayers] = createSignal<readonly number[]>([0]);
const layer = () => Math.max(...openLayers());

/**
 * How many dialogs a component stands in. It goes by the place in the tree, not by what is open: the page that a
 * dialog leads to is made while that dialog is still closing.
 */
const LayerContext = createContext(0);
export const LayerProvider = LayerContext.Provider;

/** A dialog is there: actions of what lies below are off until the component is gone. @returns its layer */
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

/** Offers actions while the component is there. Later ones win a key over earlier ones. */
export function useActions(actions: Accessor<readonly Action[]>): void {
  const source: Source = { layer: useContext(LayerContext), actions };
  setSources((all) => [...all, source]);
  onCleanup(() => setSources((all) => all.filter((each) => each !== source)));
}

/** The actions of a layer, the latest first. */
export function currentActions(at: number = layer()): Action[] {
  return sources()
    .filter((source) => source.layer === at)
    .toReversed()
    .flatMap((source) => source.actions());
}
