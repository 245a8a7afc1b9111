const storageKey = 'interlock.tenant';

/** Stores the tenant to which `/` leads. */
export function rememberTenant(slug: string): void {
  try {
    localStorage.setItem(storageKey, slug);
  } catch {
    // Storage is blocked: `/` opens the person's first tenant.
  }
}

export function lastTenant(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}
