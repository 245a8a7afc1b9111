/**
 * Secrets with a known format, and what to call them. Every expression runs in linear time: it enters a run of
 * characters once (look-behind) or bounds its length. `x{8}x*` means `x{8,}`, which
 * exhausts the stack on a text of megabytes.
 */
const patterns: readonly (readonly [kind: string, pattern: RegExp])[] = [
  // A word of letters alone may be prose.
  ['a bearer token', /(?<=\bbearer\s{1,4})(?=[\w.~+/-]{0,255}\d)[\w.~+/-]{20}[\w.~+/-]*={0,2}/gi],
  [
    'a user name with its password',
    /(?<=\bbasic\s{1,4})(?=[A-Za-z0-9+/]{0,255}[\d=])[A-Za-z0-9+/]{12}[A-Za-z0-9+/]*={0,2}/gi,
  ],
  ['a JSON Web Token', /(?<![\w-])eyJ[\w-]{8}[\w-]*\.eyJ[\w-]{8}[\w-]*\.[\w-]*/g],
  ['an AWS access key', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g],
  ['a GitHub token', /(?<!\w)gh[opsur]_[A-Za-z0-9]{36,255}/g],
  ['a GitHub token', /(?<!\w)github_pat_\w{22,255}/g],
  ['a GitLab token', /(?<!\w)glpat-[\w-]{20,255}/g],
  ['a Slack token', /(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{10,255}/g],
  ['a secret key', /(?<!\w)(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{20,255}/g],
  ['a Google API key', /(?<!\w)AIza[\w-]{35}/g],
  ['an npm token', /(?<!\w)npm_[A-Za-z0-9]{36}/g],
  ['a secret key', /(?<!\w)sk-[A-Za-z0-9_-]{32,255}/g],
  ['a SendGrid key', /(?<!\w)SG\.[\w-]{16,64}\.[\w-]{16,64}/g],
];

/** A cheap test that excludes most texts without a secret. */
const hint =
  /bearer|basic|eyJ|AKIA|ASIA|gh[opsur]_|github_pat_|glpat-|xox[abeoprs]-|[sr]k_|whsec_|AIza|npm_|sk-|SG\.|PRIVATE KEY/i;

/** Of a Slack token. */
const shortest = 15;

export function redactPatterns(text: string, mark: string): string {
  if (text.length < shortest || !hint.test(text)) return text;
  let redacted = redactPrivateKeys(text, mark);
  for (const [, pattern] of patterns) redacted = redacted.replace(pattern, mark);
  return redacted;
}

const keyBegin = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/;

/** The first known kind of secret in a text, such as "a GitHub token"; null when there is none. */
export function knownSecretKind(text: string): string | null {
  if (text.length < shortest || !hint.test(text)) return null;
  if (keyBegin.test(text)) return 'a private key';
  return patterns.find(([, pattern]) => text.search(pattern) >= 0)?.[0] ?? null;
}

const keyEnd = /-----END [A-Z ]{0,40}PRIVATE KEY-----/g;

/** PEM blocks, in one pass; a block without an end extends to the end of the text. */
function redactPrivateKeys(text: string, mark: string): string {
  const begins = new RegExp(keyBegin, 'g');
  let redacted = '';
  let from = 0;
  for (let begin = begins.exec(text); begin; begin = begins.exec(text)) {
    keyEnd.lastIndex = begins.lastIndex;
    const end = keyEnd.exec(text) ? keyEnd.lastIndex : text.length;
    redacted += text.slice(from, begin.index) + mark;
    from = end;
    begins.lastIndex = end;
  }
  return from === 0 ? text : redacted + text.slice(from);
}

/** The word that names what follows it. */
const naming = /\b(?:bearer|basic)\s{1,4}$/i;

/**
 * Where something begins that may become a known kind of secret with what follows the text: its last word, the word that
 * names it, or a private key. The length of the text where nothing does.
 */
export function openPatternFrom(text: string): number {
  let open = wordBefore(text, text.length);
  const named = naming.exec(text.slice(Math.max(0, open - 12), open));
  if (named) open = wordBefore(text, open - named[0].length + 1);
  const last = text.lastIndexOf('-----BEGIN ');
  const isCut = last >= 0 && text.length - last < 80 && /^-----BEGIN [A-Z ]*-{0,4}$/.test(text.slice(last));
  return Math.min(open, isCut ? last : text.length, openPrivateKeyFrom(text));
}

/** Where the word begins that ends here, of the characters that secrets consist of. */
function wordBefore(text: string, end: number): number {
  let begin = end;
  while (begin > 0 && isOfToken(text.charCodeAt(begin - 1))) begin -= 1;
  return begin;
}

function isOfToken(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    // + - . / and digits
    (code >= 0x2d && code <= 0x39) ||
    code === 0x2b ||
    code === 0x3d ||
    code === 0x5f ||
    code === 0x7e
  );
}

/** Where a private key without an end begins; the length of the text where there is none. */
export function openPrivateKeyFrom(text: string): number {
  const begins = new RegExp(keyBegin, 'g');
  for (let begin = begins.exec(text); begin; begin = begins.exec(text)) {
    keyEnd.lastIndex = begins.lastIndex;
    if (!keyEnd.exec(text)) return begin.index;
    begins.lastIndex = keyEnd.lastIndex;
  }
  return text.length;
}
