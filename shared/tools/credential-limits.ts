/** What a credential may be used for, besides its hosts. Null: everything. */
export interface CredentialLimits {
  methods: readonly string[] | null;
  /** `/v1/refunds` covers `/v1/refunds` and everything below it, and not `/v1/refunds-all`. */
  pathPrefixes: readonly string[] | null;
}

/** Why a request must not carry the credential; null: it may. Completes "it may not be used …". */
export function limitProblem(
  { methods, pathPrefixes }: CredentialLimits,
  request: { method: string; url: string },
): string | null {
  if (methods && !methods.includes(request.method.toUpperCase()))
    return `for ${request.method.toUpperCase()}, only for ${methods.join(', ')}`;
  if (!pathPrefixes) return null;
  const path = URL.parse(request.url)?.pathname;
  const covered = path !== undefined && !isAmbiguous(path) && pathPrefixes.some((each) => covers(each, path));
  return covered ? null : `for this path, only for ${pathPrefixes.join(', ')}`;
}

function covers(prefix: string, path: string): boolean {
  const base = prefix.replace(/\/+$/, '');
  return path === base || path.startsWith(`${base}/`);
}

/**
 * Whether servers may read another path out of it: encoded slashes, dots and backslashes at any depth of encoding, and
 * parameters behind dots (`..;`), which some servers drop. `..` itself is resolved when the URL is parsed.
 */
function isAmbiguous(path: string): boolean {
  return /%(?:25)*(?:2f|5c|2e|00)/i.test(path) || /\/\.{1,2}(?:;|%(?:25)*3b)/i.test(path);
}

/** A prefix as it is stored. @returns null when it is not one */
export function readPathPrefix(text: string): string | null {
  if (!text.startsWith('/') || text.startsWith('//') || /[?#\\\s]/.test(text)) return null;
  const path = URL.parse(text, 'https://host.example')?.pathname;
  if (path === undefined || isAmbiguous(path)) return null;
  return path.split('/').length === text.split('/').length ? path : null;
}
