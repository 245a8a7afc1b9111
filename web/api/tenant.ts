import { createSignal } from 'solid-js';

const [slug, setSlug] = createSignal('');

/** The tenant of the current page, from `/t/acme/…`. The tenant's route sets it before anything renders. */
export const tenantSlug = slug;
export const setTenantSlug = setSlug;
