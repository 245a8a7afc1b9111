import { tenantSlug } from '../../../api/tenant.ts';

const keyNow = () => `interlock.guide.${tenantSlug()}`;

/** Was the guide of this organization dismissed or finished in this browser? */
export function guideIsDismissed(): boolean {
  try {
    return localStorage.getItem(keyNow()) !== null;
  } catch {
    // Storage is blocked.
    return false;
  }
}

export function dismissGuide(): void {
  try {
    localStorage.setItem(keyNow(), 'done');
  } catch {
    // It comes back with the next visit.
  }
}
