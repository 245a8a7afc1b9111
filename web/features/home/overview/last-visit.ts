import { tenantSlug } from '../../../api/tenant.ts';

const dayMs = 86_400_000;
const noneBefore = 'none';

function stored(storage: Storage, key: string): string | null {
  const value = storage.getItem(key);
  return value && !Number.isNaN(Date.parse(value)) ? value : null;
}

export interface Visit {
  at: string;
  /** No visit to this browser is known: `at` is a day ago. */
  first: boolean;
}

/** When this person was here before; it stays while the tab is open. */
export function lastVisit(): Visit {
  const key = `interlock.visit.${tenantSlug()}`;
  const now = new Date();
  const aDayAgo = new Date(now.getTime() - dayMs).toISOString();
  try {
    const before =
      sessionStorage.getItem(key) === noneBefore
        ? null
        : (stored(sessionStorage, key) ?? stored(localStorage, key));
    sessionStorage.setItem(key, before ?? noneBefore);
    localStorage.setItem(key, now.toISOString());
    return { at: before ?? aDayAgo, first: before === null };
  } catch {
    // Storage is blocked.
    return { at: aDayAgo, first: true };
  }
}
