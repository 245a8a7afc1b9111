import { z } from 'zod';
import { InterlockError } from '../error-codes.ts';
import { isUuid } from '../ids.ts';

export interface Page<Item> {
  items: Item[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/**
 * A page out of `limit + 1` rows: the extra row only says that there is a next page.
 * @param cursorOf the cursor of the page's last row
 */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  view: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(view),
    nextCursor: rows.length > limit ? cursorOf(shown.at(-1)!) : null,
  };
}

/** The first page of each list of a kind, or what follows a cursor of all of them. */
export interface PageOfEach {
  limit: number;
  cursor?: string | undefined;
}

/**
 * A page for each parent, out of at most `limit + 1` rows of each.
 * @returns a page for every parent, an empty one where there are no rows
 */
export function pagesFrom<Row, Item>(
  parents: readonly string[],
  rows: readonly Row[],
  limit: number,
  {
    parentOf,
    cursorOf,
    view,
  }: { parentOf: (row: Row) => string; cursorOf: (row: Row) => string; view: (row: Row) => Item },
): Map<string, Page<Item>> {
  const byParent = Map.groupBy(rows, parentOf);
  return new Map(parents.map((id) => [id, pageFrom(byParent.get(id) ?? [], limit, cursorOf, view)]));
}

/** A position in a list, opaque to callers. */
export function writeCursor(key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws InterlockError `invalid_input` when the cursor is invalid for this list */
export function readCursor<Key>(cursor: string, key: z.ZodType<Key>): Key {
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw invalidCursor();
  }
}

export function invalidCursor(): InterlockError {
  return new InterlockError('invalid_input', 'Invalid cursor.', {
    issues: [{ path: '/cursor', message: 'is not a cursor of this list', keyword: 'cursor' }],
  });
}

/** The cursor of a list ordered by id is that id. @throws InterlockError `invalid_input` */
export function assertIdCursor(cursor: string | undefined): void {
  if (cursor !== undefined && !isUuid(cursor)) throw invalidCursor();
}

const byName = z.tuple([z.string(), z.uuid()]);

/** The cursor of a list ordered by (name, id). */
export const nameCursor = (row: { name: string; id: string }): string => writeCursor([row.name, row.id]);

/** @throws InterlockError `invalid_input` */
export function readNameCursor(cursor: string): { name: string; id: string } {
  const [name, id] = readCursor(cursor, byName);
  return { name, id };
}
