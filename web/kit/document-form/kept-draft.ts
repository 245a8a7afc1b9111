import { isObject } from '../../../shared/platform/schema-properties.ts';

/** Unsaved text, kept for this tab only, so that a reload loses nothing. */
export interface KeptDraft {
  text: string;
  /** The saved revision that the draft is based on; undefined for a new document. */
  revision: number | undefined;
}

const storageKey = (key: string) => `interlock.draft.${key}`;

export function keepDraft(key: string, draft: KeptDraft): void {
  try {
    sessionStorage.setItem(storageKey(key), JSON.stringify(draft));
  } catch {
    // Storage is blocked or full: the draft lasts as long as the page.
  }
}

export function readKept(key: string): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey(key)) ?? 'null');
    if (!isObject(kept) || typeof kept.text !== 'string') return null;
    return { text: kept.text, revision: typeof kept.revision === 'number' ? kept.revision : undefined };
  } catch {
    return null;
  }
}

export function dropKept(key: string): void {
  try {
    sessionStorage.removeItem(storageKey(key));
  } catch {
    // Storage is blocked, so nothing was kept.
  }
}
