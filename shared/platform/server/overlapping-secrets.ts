/** Secrets that replace each other, newest first. A replaced one has `until`, in ms since 1970. */
export type OverlappingSecrets = { secret: string; until?: number }[];

/** The new secret, and for `overlapMs` more the one that it replaces. */
export function replaceSecret(
  before: OverlappingSecrets,
  secret: string,
  overlapMs: number,
  now = Date.now(),
): OverlappingSecrets {
  const replaced = before.slice(0, 1).map((last) => ({ secret: last.secret, until: now + overlapMs }));
  return [{ secret }, ...(overlapMs > 0 ? replaced : [])];
}

/** Those that are valid now, newest first. */
export function validSecrets(secrets: OverlappingSecrets, now = Date.now()): string[] {
  return secrets.filter(({ until }) => until === undefined || until > now).map(({ secret }) => secret);
}
