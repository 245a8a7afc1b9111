const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids are opaque to callers: an id that is not a uuid is treated like one that does not exist. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** As it is stored: what is sealed, told or named by an id is bound to how it is written. */
export function plainId(text: string): string {
  return isUuid(text) ? text.toLowerCase() : text;
}
