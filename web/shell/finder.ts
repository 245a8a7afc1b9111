import type { Accessor } from 'solid-js';
import type { Icon } from '../kit/button.tsx';

/** Something that the palette found. */
export interface Found {
  id: string;
  /** The heading above it. */
  group: string;
  label: string;
  detail?: string;
  icon: Icon;
  open: () => void;
}

/** Searches for the palette; `text` is what was typed. A feature provides it. */
export type Finder = (text: Accessor<string>) => {
  /** Those of a group follow each other. */
  found: Accessor<readonly Found[]>;
  searching: Accessor<boolean>;
  failed: Accessor<boolean>;
  /** Are the results still those of an earlier text? */
  outdated: Accessor<boolean>;
};
