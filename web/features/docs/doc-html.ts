import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { t } from '../../words/words.ts';
import { type DocPage, docPages } from './doc-pages.ts';
import { anchors } from './doc-sections.ts';

export interface DocHtml {
  html: string;
  contents: { anchor: string; heading: string }[];
}

/**
 * The HTML of a page below its title. Links to other pages lead into the product (`hrefOf`), those to the web open beside
 * it; links to what is not shown here, such as decisions, become text.
 */
export function docHtml(
  { file }: DocPage,
  text: string,
  hrefOf: (id: string, anchor: string) => string,
): DocHtml {
  const template = document.createElement('template');
  template.innerHTML = micromark(text.replace(/^# .*\n/, ''), {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const root = template.content;
  const next = anchors();
  const contents: DocHtml['contents'] = [];
  for (const heading of root.querySelectorAll('h2, h3, h4')) {
    const words = heading.textContent ?? '';
    heading.id = next(words);
    if (heading.tagName === 'H2') contents.push({ anchor: heading.id, heading: words });
  }
  for (const link of root.querySelectorAll('a')) {
    const href = link.getAttribute('href') ?? '';
    if (/^https?:/.test(href)) {
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
      continue;
    }
    const { pathname, hash } = new URL(href, `http://docs/${file}.md`);
    const page = docPages.find((each) => `/${each.file}.md` === pathname);
    if (page) {
      link.setAttribute('href', hrefOf(page.id, hash.slice(1)));
      link.dataset.page = page.id;
      link.dataset.anchor = hash.slice(1);
    } else link.replaceWith(...link.childNodes);
  }
  // A wide table or example scrolls by itself, and can be reached by key.
  for (const table of root.querySelectorAll('table')) {
    const frame = scrolls(document.createElement('div'), t('Table'));
    frame.className = 'overflow-x-auto';
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const example of root.querySelectorAll('pre')) scrolls(example, t('Example'));
  return { html: template.innerHTML, contents };
}

function scrolls<E extends HTMLElement>(element: E, name: string): E {
  element.tabIndex = 0;
  element.role = 'group';
  element.ariaLabel = name;
  return element;
}
