import { createEffect } from 'solid-js';
import { useMe } from '../api/me.ts';
import { tenantSlug } from '../api/tenant.ts';
import { announcePage } from '../kit/announcer.tsx';
import { rememberVisit } from './recent.ts';

/** Sets the title of the browser tab: "refund_payment · acme · Interlock". The palette offers the page again. */
export function useTitle(title: () => string | undefined): void {
  const me = useMe();
  createEffect(() => {
    const [text, person] = [title(), me()?.actor.id];
    document.title = [text, tenantSlug(), 'Interlock'].filter(Boolean).join(' · ');
    if (text) announcePage(text);
    if (text && person) rememberVisit(person, tenantSlug(), text);
  });
}
