const storageKey = 'interlock.tenant';

/** Where `/` leads next time. */
export function rememberTenant(slug: string): void {
  try {
    localStorage.setItem(storageKey, slug);
  } catch {
    // Storage is blocked: the start page asks the server.
  }
}

export function lastTenant(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}
