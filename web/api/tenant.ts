import { createSignal } from 'solid-js';

const [slug, setSlug] = createSignal('');

/** The tenant of the page that is shown, as in `/t/acme/…`; set by the tenant's route before anything in it renders. */
export const tenantSlug = slug;
export const setTenantSlug = setSlug;
