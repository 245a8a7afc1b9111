import { RE2JS } from 're2js';
import { errorMessage } from './error-message.ts';

/**
 * A regular expression that runs in linear time (RE2): `^(a+)+$` against 100,000 letters takes milliseconds.
 * Look-around and back-references are not supported.
 */
export class LinearRegExp {
  readonly source: string;
  readonly global = true;
  lastIndex = 0;
  readonly #compiled: RE2JS;

  /** @throws Error with the reason why the engine does not accept the pattern */
  constructor(pattern: string | RegExp, flags = pattern instanceof RegExp ? pattern.flags : '') {
    this.source = pattern instanceof RegExp ? pattern.source : pattern;
    try {
      this.#compiled = RE2JS.compile(RE2JS.translateRegExp(withEcmaSpace(this.source)), re2Flags(flags));
    } catch (error) {
      throw new Error(inWords(this.source, error));
    }
  }

  test(text: string): boolean {
    return this.#compiled.test(text);
  }

  /** Like a global RegExp: starts at `lastIndex` and sets it to the end of the match. */
  exec(text: string): RegExpExecArray | null {
    const matcher = this.#compiled.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    this.lastIndex = matcher.end();
    const groups = Array.from(
      { length: matcher.groupCount() + 1 },
      (_, group) => matcher.group(group) ?? undefined,
    );
    return Object.assign(groups, { index: matcher.start(), input: text }) as RegExpExecArray;
  }

  toString(): string {
    return `/${this.source}/`;
  }
}

const space =
  '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const noSpace =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';

/** RE2 knows ASCII white space only; `\\s` and `\\S` of JavaScript know that of Unicode. */
function withEcmaSpace(source: string): string {
  let inClass = false;
  return source.replaceAll(/\\.|[[\]]/gs, (part) => {
    if (part === '[') inClass = true;
    if (part === ']') inClass = false;
    if (part !== '\\s' && part !== '\\S') return part;
    const ranges = part === '\\s' ? space : noSpace;
    return inClass ? ranges : `[${ranges}]`;
  });
}

function re2Flags(flags: string): number {
  let bits = 0;
  if (flags.includes('i')) bits |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) bits |= RE2JS.MULTILINE;
  if (flags.includes('s')) bits |= RE2JS.DOTALL;
  return bits;
}

function inWords(source: string, error: unknown): string {
  if (/\(\?<?[=!]/.test(source))
    return 'look-ahead and look-behind are not supported (patterns run in linear time)';
  if (/\\[1-9]|\\k</.test(source)) return 'back-references are not supported (patterns run in linear time)';
  return errorMessage(error).replace(/^error parsing regexp: /, '');
}
