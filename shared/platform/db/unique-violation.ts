import { InterlockError } from '../error-codes.ts';

/** PostgreSQL: unique_violation. */
const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/**
 * For `.catch()` of an insert or update: when two people write the same name at once, the unique index decides and the
 * second one gets this error. Every other error passes through.
 * @throws InterlockError `already_exists` at `path`
 */
export function onUniqueViolation(message: string, path = '/name'): (error: unknown) => never {
  return (error) => {
    throw isUniqueViolation(error) ? alreadyExists(message, path) : error;
  };
}

export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === uniqueViolation;
}

/** What the row belongs to is gone. */
export const isForeignKeyViolation = (error: unknown): boolean => codeOf(error) === foreignKeyViolation;

export function alreadyExists(message: string, path = '/name'): InterlockError {
  return new InterlockError('already_exists', `${message}.`, {
    issues: [{ path, message, keyword: 'unique' }],
  });
}

/** Drizzle wraps the driver's error as its cause. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return (error as { code?: unknown }).code ?? codeOf(error.cause);
}
