import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { docPages } from '../../web/features/docs/doc-pages.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist });
  acme = await api.tenant();
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(60_000);
  await signIn(page, acme);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

test('every page of the documentation opens, and each of its links leads to a heading that is there', async () => {
  const links = new Set<string>();
  const anchors = new Map<string, string[]>();
  for (const { id, title, file } of docPages) {
    expect(existsSync(`docs/${file}.md`), id).toBe(true);
    await page.goto(`/t/${acme.slug}/docs/${id}`);
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    await page.locator('article > *').first().waitFor();
    const found = await page.locator('article').evaluate((article) => ({
      anchors: [...article.querySelectorAll('[id]')].map((each) => each.id),
      links: [...article.querySelectorAll<HTMLElement>('a[data-page]')].map(
        ({ dataset }) => `${dataset.page}#${dataset.anchor}`,
      ),
      relative: [...article.querySelectorAll('a:not([data-page])')]
        .map((each) => each.getAttribute('href') ?? '')
        .filter((href) => !href.startsWith('https://')),
    }));
    expect(found.relative, id).toEqual([]);
    anchors.set(id, found.anchors);
    for (const link of found.links) links.add(link);
  }
  const broken = [...links].filter((link) => {
    const [id = '', anchor = ''] = link.split('#');
    return anchor !== '' && !anchors.get(id)?.includes(anchor);
  });
  expect(broken).toEqual([]);
  expect(links.size).toBeGreaterThan(20);
});

test('a person finds a heading by its words, opens it by key, and follows a link without leaving the page', async () => {
  await page.goto(`/t/${acme.slug}/docs`);
  await page.getByRole('heading', { name: 'Work on cases' }).waitFor();
  await look(page, 'docs');
  await page.keyboard.press('/');
  // One letter is wrong, one word is only begun.
  await page.keyboard.type('idempotenzy key');
  const hits = page.getByRole('list', { name: 'Found' });
  await hits.getByRole('link').first().waitFor();
  await look(page, 'docs-search');
  await hits.getByRole('link').first().press('Enter');
  await page.locator('article').waitFor();
  expect(new URL(page.url()).pathname).toMatch(/\/docs\/./);

  await page.goto(`/t/${acme.slug}/docs/batches`);
  await page.evaluate(() => Object.assign(globalThis, { stays: true }));
  const link = page.locator('article a[data-page]').first();
  const target = await link.getAttribute('href');
  await link.click();
  await page.waitForURL(`**${target}`);
  expect(await page.evaluate(() => 'stays' in globalThis)).toBe(true);

  await page.goto(`/t/${acme.slug}/docs?q=zzzzzz`);
  await page.getByText('Nothing says "zzzzzz"').waitFor();
  await page.goto(`/t/${acme.slug}/docs/none`);
  await page.getByText('There is no such page').waitFor();
});

test('the palette leads to a page of the documentation, and to a search in it', async () => {
  await page.goto(`/t/${acme.slug}/inbox`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('command line');
  await page.getByRole('option', { name: /The command line/ }).click();
  await page.getByRole('heading', { level: 1, name: 'The command line' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('quiet hours');
  await page.getByRole('option', { name: /Search the documentation/ }).click();
  await page.getByRole('list', { name: 'Found' }).getByRole('link').first().waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('quiet hours');
});

test('F1 opens the documentation of the page beside it, in an input too', async () => {
  await page.goto(`/t/${acme.slug}/inbox`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page
    .getByRole('textbox', { name: /Search/ })
    .first()
    .focus();
  const [beside] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('F1')]);
  await beside.getByRole('heading', { level: 1, name: 'Completing steps' }).waitFor();
  await beside.close();
});

test('on a phone the documentation is read without scrolling sideways', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['docs', 'docs?q=undo', 'docs/operations']) {
    await page.goto(`/t/${acme.slug}/${path}`);
    await page.locator('main a').nth(3).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    await look(page, `${path.replaceAll(/\W/g, '-')}-phone`);
  }
});
