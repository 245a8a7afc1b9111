import { ImportProblem } from '../imported.ts';

/**
 * The words of a shell command: quotes, `$'…'`, backslashes and line ends as POSIX shells and Windows' browsers write them.
 * Nothing is expanded.
 * @throws ImportProblem for a quote that does not end
 */
export function splitShell(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  const until = (quote: string, escapes: boolean): string => {
    let found = '';
    for (at++; at < text.length; at++) {
      const char = text[at]!;
      if (char === quote) return found;
      if (char === '\\' && escapes) {
        at++;
        found += escaped(quote);
      } else found += char;
    }
    throw new ImportProblem(`A ${quote} in the command has no end.`);
  };
  const escaped = (quote: string): string => {
    const char = text[at] ?? '';
    if (quote === '"') return '"\\$`'.includes(char) ? char : char === '\n' ? '' : `\\${char}`;
    const named = { n: '\n', t: '\t', r: '\r' }[char];
    if (named !== undefined) return named;
    const code = /^u([0-9a-f]{4})/i.exec(text.slice(at, at + 5))?.[1];
    if (code === undefined) return char;
    at += 4;
    return String.fromCharCode(Number.parseInt(code, 16));
  };
  for (; at < text.length; at++) {
    const char = text[at]!;
    if (char === "'") word = (word ?? '') + until("'", false);
    else if (char === '"') word = (word ?? '') + until('"', true);
    else if (char === '$' && text[at + 1] === "'") {
      at++;
      word = (word ?? '') + until("'", true);
    } else if ((char === '\\' || char === '^') && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      at += text[at + 1] === '\r' ? 2 : 1;
    } else if (char === '\\' && at + 1 < text.length) {
      word = (word ?? '') + text[++at]!;
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (';|&<>'.includes(char)) {
      break;
    } else word = (word ?? '') + char;
  }
  if (word !== null) words.push(word);
  return words;
}
