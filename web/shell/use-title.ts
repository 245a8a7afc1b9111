import { createEffect } from 'solid-js';
import { tenantSlug } from '../api/tenant.ts';

/** Sets the title of the browser tab: "refund_payment · acme · Interlock". */
export function useTitle(title: () => string | undefined): void {
  createEffect(() => {
    document.title = [title(), tenantSlug(), 'Interlock'].filter(Boolean).join(' · ');
  });
}
