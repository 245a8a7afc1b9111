import { InterlockError } from './error-codes.ts';

/** The states that a change may replace: any, or one of these. */
export type IfMatch = '*' | readonly string[];

/**
 * An entity tag begins with a state, such as a version, and may go on with a digest of the response: `"3"`, `"3-5f1c…"`.
 * A change is compared by the state alone, so that it is not refused because of what no one edits.
 */
export function entityTag(state: string | number, digest?: string): string {
  return digest === undefined ? `"${state}"` : `"${state}-${digest}"`;
}

const list = /^(?:W\/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]*")*$/;

/** Reads an `If-Match` header. A weak tag matches nothing (RFC 9110). @throws InterlockError `bad_request` */
export function readIfMatch(header: string): IfMatch {
  const text = header.trim();
  if (text === '*') return text;
  if (text.length > 1024 || !list.test(text)) {
    throw new InterlockError(
      'bad_request',
      'If-Match is not valid: it takes * or entity tags in quotes, such as "3".',
    );
  }
  return [...text.matchAll(/(W\/)?"([^"-]*)[^"]*"/g)].flatMap(([, weak, state]) => (weak ? [] : [state!]));
}

/** What somebody meant to change is no longer as they saw it. */
export class StaleError extends Error {}

/** Call it where the state cannot change any more. @throws StaleError when the change is for another state */
export function checkState(ifMatch: IfMatch | undefined, state: string | number): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch.includes(String(state))) return;
  throw new StaleError();
}
