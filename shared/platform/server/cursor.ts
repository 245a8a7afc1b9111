import { z } from 'zod';
import { InterlockError } from '../error-codes.ts';

const byName = z.tuple([z.string(), z.uuid()]);

/** A place in a list ordered by (name, id), opaque to callers. */
export function nameCursor(row: { name: string; id: string }): string {
  return Buffer.from(JSON.stringify([row.name, row.id])).toString('base64url');
}

/** @throws InterlockError `invalid_input` */
export function readNameCursor(cursor: string): { name: string; id: string } {
  try {
    const [name, id] = byName.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { name, id };
  } catch {
    throw badCursor();
  }
}

export function badCursor(): InterlockError {
  return new InterlockError('invalid_input', 'This cursor is not one of ours.', {
    issues: [{ path: '/cursor', message: 'is not a cursor of this list', keyword: 'cursor' }],
  });
}
