const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids are opaque to callers; one that cannot be ours is answered like one that does not exist. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}
