import { InterlockError } from '../../platform/error-codes.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { same } from '../diff-definitions.ts';

type Json = Record<string, unknown>;

/**
 * A definition that was read, changed and sent back: without the fields that only reading shows, and as it is stored
 * wherever it is as it was shown, so that a default or a value of a connector does not become the definition's own.
 * @param sent has the fields of a response, its `id` among them
 * @param shown the present response
 * @param stored the definition behind it
 * @throws InterlockError `invalid_definition` when it is that of something else
 */
export function sentBack(sent: Json, shown: Json & { id: string }, stored: Json, readOnly: string[]): Json {
  if (sent.id !== shown.id) {
    throw new InterlockError('invalid_definition', 'This is not what the path names.', {
      issues: [{ path: '/id', message: `must be ${shown.id}`, keyword: 'id' }],
    });
  }
  const written = Object.entries(sent).filter(([field]) => !readOnly.includes(field));
  return asStored(Object.fromEntries(written), shown, stored);
}

/** A part of the config that was not changed stays as it is stored, too. */
function asStored(sent: Json, shown: Json, stored: Json): Json {
  const fields = Object.entries(sent).flatMap(([field, value]): [string, unknown][] => {
    const kept = stored[field];
    if (same(value, shown[field])) return kept === undefined ? [] : [[field, kept]];
    return [[field, parts[field]?.(value, shown[field], kept) ?? value]];
  });
  return Object.fromEntries(fields);
}

const parts: Record<string, (value: unknown, shown: unknown, kept: unknown) => unknown> = {
  config: (value, shown, kept) =>
    isObject(value) && isObject(shown) && isObject(kept) ? asStored(value, shown, kept) : value,
  auth(value) {
    if (!isObject(value)) return value;
    const { hasSecret: _hasSecret, ...auth } = value;
    return auth;
  },
};
