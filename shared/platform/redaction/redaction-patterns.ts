/**
 * Secrets with a known format. Every expression runs in linear time: it enters a run of characters once (look-behind)
 * or bounds its length.
 */
const patterns: readonly RegExp[] = [
  // Authorization values; a word of letters alone may be prose
  /(?<=\bbearer\s{1,4})(?=[\w.~+/-]{0,255}\d)[\w.~+/-]{20,}={0,2}/gi,
  /(?<=\bbasic\s{1,4})(?=[A-Za-z0-9+/]{0,255}[\d=])[A-Za-z0-9+/]{12,}={0,2}/gi,
  // JSON Web Tokens
  /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g,
  // AWS, GitHub, GitLab, Slack, Stripe, Google, npm, OpenAI-style, SendGrid
  /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g,
  /(?<!\w)gh[opsur]_[A-Za-z0-9]{36,255}/g,
  /(?<!\w)github_pat_\w{22,255}/g,
  /(?<!\w)glpat-[\w-]{20,255}/g,
  /(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{10,255}/g,
  /(?<!\w)(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{20,255}/g,
  /(?<!\w)AIza[\w-]{35}/g,
  /(?<!\w)npm_[A-Za-z0-9]{36}/g,
  /(?<!\w)sk-[A-Za-z0-9_-]{32,255}/g,
  /(?<!\w)SG\.[\w-]{16,64}\.[\w-]{16,64}/g,
];

/** A cheap test that excludes most texts without a secret. */
const hint =
  /bearer|basic|eyJ|AKIA|ASIA|gh[opsur]_|github_pat_|glpat-|xox[abeoprs]-|[sr]k_|whsec_|AIza|npm_|sk-|SG\.|PRIVATE KEY/i;

export function redactPatterns(text: string, mark: string): string {
  if (text.length < 16 || !hint.test(text)) return text;
  let redacted = redactPrivateKeys(text, mark);
  for (const pattern of patterns) redacted = redacted.replace(pattern, mark);
  return redacted;
}

const keyEnd = /-----END [A-Z ]{0,40}PRIVATE KEY-----/g;

/** PEM blocks, in one pass; a block without an end extends to the end of the text. */
function redactPrivateKeys(text: string, mark: string): string {
  const keyBegin = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/g;
  let redacted = '';
  let from = 0;
  for (let begin = keyBegin.exec(text); begin; begin = keyBegin.exec(text)) {
    keyEnd.lastIndex = keyBegin.lastIndex;
    const end = keyEnd.exec(text) ? keyEnd.lastIndex : text.length;
    redacted += text.slice(from, begin.index) + mark;
    from = end;
    keyBegin.lastIndex = end;
  }
  return from === 0 ? text : redacted + text.slice(from);
}
