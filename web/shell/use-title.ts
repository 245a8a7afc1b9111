import { createEffect } from 'solid-js';
import { tenantSlug } from '../api/tenant.ts';

/** What the browser's tab says: "refund_payment · acme · Interlock". */
export function useTitle(title: () => string | undefined): void {
  createEffect(() => {
    document.title = [title(), tenantSlug(), 'Interlock'].filter(Boolean).join(' · ');
  });
}
