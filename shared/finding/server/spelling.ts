import { type KnownWords, knownWords } from '../typing-errors.ts';

/** What was meant, where a query with typing errors finds nothing. */
export interface Spelling {
  /**
   * @param of whose names these are, such as the tenant and the type @param read the names, at most `mostNames`
   * @returns the query as names spell it, the most likely first
   */
  correct(of: string, q: string, read: () => Promise<Iterable<string>>): Promise<string[]>;
}

/** Of the newest cases of an organization: their words find older ones too. */
export const mostNames = 10_000;
/** A new name is found with typing errors after this time. */
const keptMs = 60_000;
/** Lists of names that a process keeps: of 10,000 titles one takes 2 MB. */
const mostKept = 100;

export function createSpelling(): Spelling {
  const kept = new Map<string, { until: number; words: Promise<KnownWords> }>();
  return {
    async correct(of, q, read) {
      const now = Date.now();
      let found = kept.get(of);
      kept.delete(of);
      if (!found || found.until < now) found = { until: now + keptMs, words: read().then(knownWords) };
      kept.set(of, found);
      for (const [oldest] of kept) if (kept.size > mostKept) kept.delete(oldest);
      try {
        return (await found.words).correct(q);
      } catch (error) {
        kept.delete(of);
        throw error;
      }
    },
  };
}
