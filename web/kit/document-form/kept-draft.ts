import { isObject } from '../../../shared/platform/schema-properties.ts';

/** What was typed and not saved, kept for this tab only, so that a reload loses nothing. */
export interface KeptDraft {
  text: string;
  /** Of the draft that it began with; undefined for a new playbook. */
  revision: number | undefined;
}

const keyOf = (tenant: string, playbookId: string | null) =>
  `interlock.playbook.${tenant}.${playbookId ?? 'new'}`;

export function keepDraft(tenant: string, playbookId: string | null, draft: KeptDraft): void {
  try {
    sessionStorage.setItem(keyOf(tenant, playbookId), JSON.stringify(draft));
  } catch {
    // Storage is blocked or full: the draft lasts as long as the page.
  }
}

export function readKept(tenant: string, playbookId: string | null): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(tenant, playbookId)) ?? 'null');
    if (!isObject(kept) || typeof kept.text !== 'string') return null;
    return { text: kept.text, revision: typeof kept.revision === 'number' ? kept.revision : undefined };
  } catch {
    return null;
  }
}

export function dropKept(tenant: string, playbookId: string | null): void {
  try {
    sessionStorage.removeItem(keyOf(tenant, playbookId));
  } catch {
    // Storage is blocked: there was none.
  }
}
