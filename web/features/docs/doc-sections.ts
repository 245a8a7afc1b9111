import type { DocPage } from './doc-pages.ts';

/** What stands below one heading of a page. */
export interface DocSection {
  /** `<page>#<anchor>`. */
  id: string;
  page: DocPage;
  heading: string;
  anchor: string;
  text: string;
}

/** The anchor of a heading, as GitHub makes it. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** Anchors of a page's headings in their order: the second of the same words ends in `-1`. */
export function anchors(): (heading: string) => string {
  const seen = new Map<string, number>();
  return (heading) => {
    const anchor = anchorOf(heading);
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  };
}

/** Words without the signs of Markdown. */
const plain = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\||-{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A page cut at its headings. Code keeps its lines that look like headings. */
export function sectionsOf(page: DocPage, text: string): DocSection[] {
  const sections: DocSection[] = [];
  const next = anchors();
  let heading = page.title;
  let anchor = '';
  let lines: string[] = [];
  let isCode = false;
  const end = () => {
    const words = plain(lines.join('\n'));
    if (words || anchor) sections.push({ id: `${page.id}#${anchor}`, page, heading, anchor, text: words });
    lines = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      isCode = !isCode;
      continue;
    }
    const found = isCode ? null : /^(#{1,4}) (.+)$/.exec(line);
    if (!found?.[1] || !found[2]) {
      lines.push(line);
      continue;
    }
    end();
    if (found[1] === '#') continue;
    heading = plain(found[2]);
    anchor = next(heading);
  }
  end();
  return sections;
}
