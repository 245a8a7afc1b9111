import { isDeepStrictEqual } from 'node:util';
import type { ShownCall } from '../../executions/preview-schemas.ts';
import { isObject } from '../../platform/schema-properties.ts';
import type { RequestChange } from '../run-schemas.ts';

const maxChanges = 100;

/** The place of a change that is not shown. */
export const hiddenChange: RequestChange = { path: 'a hidden value or the connector' };

/** What differs between two calls, in what is shown of them. */
export function requestChanges(from: ShownCall, to: ShownCall): RequestChange[] {
  const [before, after] = [partsOf(from), partsOf(to)];
  return Object.keys(before)
    .flatMap((part) => changesAt(part, before[part], after[part]))
    .slice(0, maxChanges);
}

/** "body.amount, url": where, for sentences. Values stay out of events and errors. */
export const changeWords = (changes: readonly RequestChange[]): string =>
  changes
    .slice(0, 5)
    .map(({ path }) => path)
    .join(', ') + (changes.length > 5 ? ` and ${changes.length - 5} more` : '');

function partsOf({ toolId, toolVersion, credential, request }: ShownCall): Record<string, unknown> {
  const { method, url, headers, body, bodyType } = request;
  return {
    tool: toolId,
    'tool version': toolVersion,
    credential: credential?.name,
    method,
    url,
    headers,
    body,
    'body type': bodyType,
  };
}

function changesAt(path: string, from: unknown, to: unknown): RequestChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (isBranch(from) && isBranch(to) && Array.isArray(from) === Array.isArray(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) => changesAt(`${path}.${key}`, own(from, key), own(to, key)));
  }
  return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  isObject(value) || Array.isArray(value);

const own = (holder: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(holder, key) ? holder[key] : undefined;
