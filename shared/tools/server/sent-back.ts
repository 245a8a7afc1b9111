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
  const written = Object.fromEntries(Object.entries(sent).filter(([field]) => !readOnly.includes(field)));
  const { config, auth } = written;
  if (isObject(config) && isObject(shown.config) && isObject(stored.config))
    written.config = asStored(config, shown.config, stored.config);
  const kept = asStored(written, { ...shown, config: stored.config }, stored);
  if (kept.auth !== auth || !isObject(auth)) return kept;
  const { hasSecret: _hasSecret, ...changed } = auth;
  return { ...kept, auth: changed };
}

/** Without what is shown but not stored, and as it is stored where it is as shown. */
function asStored(sent: Json, shown: Json, stored: Json): Json {
  const fields = Object.entries(sent).flatMap(([field, value]): [string, unknown][] => {
    const kept = Object.hasOwn(stored, field) ? stored[field] : undefined;
    if (!same(value, shown[field])) return [[field, value]];
    return kept === undefined ? [] : [[field, kept]];
  });
  return Object.fromEntries(fields);
}
