/** A path that an expression may use. */
export interface ScopePath {
  path: string;
  /** "text", "number", or where it comes from. */
  detail: string;
}

export interface Completion {
  /** The part of the text that is replaced, in UTF-16 code units. */
  from: number;
  to: number;
  /** The beginning of a path. */
  typed: string;
  /** Outside `${{ }}`: a chosen path is wrapped in them. */
  wrap: boolean;
  /** Inside a `${{` without its `}}`. */
  unclosed: boolean;
}

const pathBefore = /[A-Za-z_`][\w.`]*$/;

/**
 * What can be completed at the cursor. In an `expression` that is any path; in a `template` only a path inside `${{ }}`,
 * which an empty text or a `$` may begin.
 */
export function completionAt(
  text: string,
  cursor: number,
  mode: 'expression' | 'template',
): Completion | null {
  const before = text.slice(0, cursor);
  const opened = before.lastIndexOf('${{');
  const isInside = opened >= 0 && !before.slice(opened).includes('}}');
  if (mode === 'expression' || isInside) {
    const start = isInside ? before.slice(opened + 3) : before;
    if (isInText(start)) return null;
    const typed = pathBefore.exec(start)?.[0] ?? '';
    const next = text.slice(cursor).search(/\}\}|\$\{\{/);
    const unclosed = isInside && text.slice(cursor)[next] !== '}';
    return { from: cursor - typed.length, to: cursor, typed, wrap: false, unclosed };
  }
  const dollar = /\$\{?\{?$/.exec(before)?.[0] ?? '';
  return { from: cursor - dollar.length, to: cursor, typed: '', wrap: true, unclosed: false };
}

/** Is the end of an expression inside a quoted text? */
function isInText(expression: string): boolean {
  let quote = '';
  for (const char of expression) {
    if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
  }
  return quote !== '';
}

/** The paths that begin with what was typed, then those that contain it; not the path that was typed in full. */
export function matchingPaths(paths: readonly ScopePath[], typed: string, limit = 12): ScopePath[] {
  const wanted = typed.toLowerCase();
  const begins = paths.filter(({ path }) => path.toLowerCase().startsWith(wanted) && path !== typed);
  const contains = wanted === '' ? [] : paths.filter(({ path }) => path.toLowerCase().indexOf(wanted) > 0);
  return [...begins, ...contains].slice(0, limit);
}

/** The text with the path inserted, and where the cursor goes. */
export function complete(text: string, at: Completion, path: string): { text: string; cursor: number } {
  const put = at.wrap ? `\${{ ${path} }}` : at.unclosed ? `${path} }}` : path;
  return { text: text.slice(0, at.from) + put + text.slice(at.to), cursor: at.from + put.length };
}
