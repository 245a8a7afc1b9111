import { isObject } from '../../../shared/platform/schema-properties.ts';
import { dropFromTab, readFromTab, storeInTab } from '../tab-storage.ts';

/** Unsaved text, kept for this tab only, so that a reload loses nothing. */
export interface KeptDraft {
  text: string;
  /** The saved revision that the draft is based on; undefined for a new document. */
  revision: number | undefined;
}

const storageKey = (key: string) => `interlock.draft.${key}`;

export const keepDraft = (key: string, draft: KeptDraft): void => storeInTab(storageKey(key), draft);

export function readKept(key: string): KeptDraft | null {
  const kept = readFromTab(storageKey(key));
  if (!isObject(kept) || typeof kept.text !== 'string') return null;
  return { text: kept.text, revision: typeof kept.revision === 'number' ? kept.revision : undefined };
}

export const dropKept = (key: string): void => dropFromTab(storageKey(key));
