import MiniSearch from 'minisearch';
import { type DocSection, sectionsOf } from './doc-sections.ts';
import { docTexts } from './doc-texts.ts';

export interface DocHit extends DocSection {
  /** The text around the first word that was found, in pieces; every second one was found. */
  excerpt: string[];
}

const before = 60;
const length = 200;

/** Searches all pages: the beginnings of words, and words that are almost the same. Best first. */
export async function docSearch(): Promise<(words: string) => DocHit[]> {
  const sections = (await docTexts()).flatMap(({ page, text }) => sectionsOf(page, text));
  const byId = new Map(sections.map((section) => [section.id, section]));
  const index = new MiniSearch<DocSection & { title: string }>({
    fields: ['heading', 'title', 'text'],
    storeFields: [],
    searchOptions: {
      boost: { heading: 4, title: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
    },
  });
  index.addAll(sections.map((section) => ({ ...section, title: section.page.title })));
  return (words) =>
    index
      .search(words)
      .slice(0, 30)
      .flatMap(({ id, terms }) => {
        const section = byId.get(id);
        return section ? [{ ...section, excerpt: excerptOf(section.text, terms) }] : [];
      });
}

/** @param terms in lower case */
export function excerptOf(text: string, terms: readonly string[]): string[] {
  if (terms.length === 0) return [text.slice(0, length)];
  const found = new RegExp(
    `(${terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`,
    'iu',
  );
  const at = Math.max(0, text.search(found));
  const start = at <= before ? 0 : text.indexOf(' ', at - before) + 1;
  const end = text.length <= start + length ? text.length : text.lastIndexOf(' ', start + length);
  const part = `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
  return part.split(new RegExp(found, 'giu'));
}
