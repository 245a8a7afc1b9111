import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
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

/** A red pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

test('files are chosen or dropped on a case, seen, downloaded and removed, by keyboard and on a phone', async () => {
  const { id } = (await acme.as.operator('POST', '/api/exceptions', { title: 'Wrong goods' })).body;
  await page.goto(`/t/${acme.slug}/exceptions/${id}`);
  const section = page.getByRole('region', { name: 'Files', exact: true }).last();
  const files = page.getByRole('list', { name: 'Attached files' });

  const chooser = page.waitForEvent('filechooser');
  await section.getByRole('button', { name: 'Attach files' }).focus();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([
    { name: 'parcel.png', mimeType: 'image/png', buffer: pixel },
    { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<html>') },
    { name: 'amounts.csv', mimeType: 'text/csv', buffer: Buffer.from('id,amount\n1,2\n') },
  ]);
  await files.getByText('amounts.csv').waitFor();
  // One that is refused is explained, and leaves the others.
  await section
    .getByRole('alert')
    .getByText(/page\.html: .*HTML/)
    .waitFor();
  await files.getByRole('img', { name: 'Open parcel.png' }).waitFor();
  await expect
    .poll(() => page.evaluate('document.querySelector("ul[aria-label=\'Attached files\'] img").naturalWidth'))
    .toBe(1);
  await page.getByText(/added parcel\.png/).waitFor();

  await page.evaluate(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped'], 'note.txt', { type: 'text/plain' }));
    const target = document.querySelector('ul[aria-label="Attached files"]');
    for (const type of ['dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  })()`);
  await files.getByText('note.txt').waitFor();
  await look(page, 'exception-files');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    files.getByRole('link', { name: 'Download amounts.csv' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toBe('id,amount\n1,2\n');

  await page.setViewportSize({ width: 390, height: 844 });
  await files.scrollIntoViewIfNeeded();
  await look(page, 'exception-files-narrow');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await files.getByRole('button', { name: 'Remove note.txt' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  // While the dialog is open, the list behind it is hidden.
  await dialog.waitFor({ state: 'detached' });
  await files.getByText('amounts.csv').waitFor();
  expect(await files.getByText('note.txt').count()).toBe(0);
  const { items } = (await acme.as.viewer('GET', `/api/exceptions/${id}/attachments`)).body;
  expect(items.map(({ name }: { name: string }) => name)).toEqual(['parcel.png', 'amounts.csv']);
}, 240_000);
