import { InterlockError } from './error-codes.ts';

/** What something depends on is archived, so it cannot be restored yet. */
export function stillArchived(message: string, path: string): InterlockError {
  return new InterlockError('conflict', `${message} Nothing was changed.`, {
    issues: [{ path, message: 'is archived', keyword: 'archived' }],
  });
}
