import { tenantSlug } from '../../../api/tenant.ts';

const dayMs = 86_400_000;

function stored(storage: Storage, key: string): string | null {
  const value = storage.getItem(key);
  return value && !Number.isNaN(Date.parse(value)) ? value : null;
}

/** When this person was here before; it stays while the tab is open. Without a visit before: a day ago. */
export function lastVisit(): string {
  const key = `interlock.visit.${tenantSlug()}`;
  const now = new Date();
  const aDayAgo = new Date(now.getTime() - dayMs).toISOString();
  try {
    const since = stored(sessionStorage, key) ?? stored(localStorage, key) ?? aDayAgo;
    sessionStorage.setItem(key, since);
    localStorage.setItem(key, now.toISOString());
    return since;
  } catch {
    // Storage is blocked.
    return aDayAgo;
  }
}
