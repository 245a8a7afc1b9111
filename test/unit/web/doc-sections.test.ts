import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { docPages } from '../../../web/features/docs/doc-pages.ts';
import { sectionsOf } from '../../../web/features/docs/doc-sections.ts';

const page = { id: 'a', file: 'a', title: 'A page' };

test('a page is cut at its headings; lines of code that look like headings stay', () => {
  const text = [
    '# A page',
    'First [words](b.md) with `code`.',
    '## One thing',
    '```sh',
    '# no heading',
    '```',
    '| a | b |',
    '|---|---|',
    '## One thing',
    'Again.',
  ].join('\n');
  expect(sectionsOf(page, text).map(({ anchor, heading, text }) => [anchor, heading, text])).toEqual([
    ['', 'A page', 'First words with code.'],
    ['one-thing', 'One thing', '# no heading a b'],
    ['one-thing-1', 'One thing', 'Again.'],
  ]);
});

/** For those who build the product, or who want its figures. */
const notShown = /^(README|architecture|testing|translating|ux|performance.*)$/;

test('every page of docs/ is in the contents, except those for builders', () => {
  const files = globSync(['*.md', 'tools/*.md'], { cwd: 'docs' }).map((file) => file.replace(/\.md$/, ''));
  expect(docPages.map(({ file }) => file).sort()).toEqual(
    files.filter((file) => !notShown.test(file)).sort(),
  );
});
