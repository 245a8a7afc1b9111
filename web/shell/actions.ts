import { type Accessor, createSignal, onCleanup } from 'solid-js';

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
const [layer, setLayer] = createSignal(0);

/** A dialog opened: actions of what lies below are off until the returned function is called. */
export function enterLayer(): () => void {
  setLayer((depth) => depth + 1);
  return () => setLayer((depth) => depth - 1);
}

/** Offers actions while the component is there. Later ones win a key over earlier ones. */
export function useActions(actions: Accessor<readonly Action[]>): void {
  const source: Source = { layer: layer(), actions };
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

export const currentLayer = layer;
