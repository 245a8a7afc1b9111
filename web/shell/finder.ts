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
  /** The path of its page. */
  url: string;
}

/** Searches for the palette. A feature provides it. @param asked what was typed, after a pause; `typed` is without one */
export type Finder = (
  asked: Accessor<string>,
  typed: Accessor<string>,
) => {
  /** Those of a group follow each other. */
  found: Accessor<readonly Found[]>;
  /** Pages, which are found at once. */
  pages: Accessor<readonly Found[]>;
  /** Of the documentation, once the answer is there. */
  documentation: Accessor<readonly Found[]>;
  /** Was everything searched for this text, and nothing found? */
  nothing: Accessor<boolean>;
  searching: Accessor<boolean>;
  failed: Accessor<boolean>;
  /** Are the results still those of an earlier text? */
  outdated: Accessor<boolean>;
};

/** Read when the palette opens for the first time. */
export type LoadFinder = () => Promise<Finder>;

/** Does the text contain every word of the query? */
export const matches = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.toLowerCase().includes(word));

export const wordsOf = (text: string): string[] => text.trim().toLowerCase().split(/\s+/).filter(Boolean);
