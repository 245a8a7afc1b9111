import type { Catalogue } from '../words.ts';

/** ⟦Each text~~~~⟧, a third longer: what is outside of brackets does not go through the catalogue. For tests. */
export const bracketed = (text: string): string =>
  text.trim() === ''
    ? text
    : text.replace(/\S(?:[\s\S]*\S)?/, (words) => `⟦${words}${'~'.repeat(Math.ceil(words.length / 3))}⟧`);

export default new Proxy<Record<string, string>>(
  {},
  { get: (_, key) => String(key).split('|').map(bracketed).join('|') },
) as Catalogue;
