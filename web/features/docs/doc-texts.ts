import { type DocPage, docPages } from './doc-pages.ts';

const files = import.meta.glob<string>(['../../../docs/*.md', '../../../docs/tools/*.md'], {
  query: '?raw',
  import: 'default',
});

/** The Markdown of a page. */
export async function docText({ file }: DocPage): Promise<string> {
  const load = files[`../../../docs/${file}.md`];
  if (!load) throw new Error(`There is no page ${file}.`);
  return load();
}

/** The Markdown of every page, for the search. */
export const docTexts = () =>
  Promise.all(docPages.map(async (page) => ({ page, text: await docText(page) })));
