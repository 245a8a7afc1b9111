import type { Accessor } from 'solid-js';
import type { Icon } from '../kit/button.tsx';

/** Something that the palette found. */
export interface Found {
  id: string;
  label: string;
  detail?: string;
  icon: Icon;
  open: () => void;
}

/** Searches one kind of thing for the palette; `text` is what was typed. Features provide the finders. */
export type Finder = (text: Accessor<string>) => {
  /** The heading of the results. */
  group: string;
  found: Accessor<readonly Found[]>;
  searching: Accessor<boolean>;
  /** Are the results still those of an earlier text? */
  outdated: Accessor<boolean>;
};
