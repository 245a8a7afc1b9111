import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;
let provider: ProviderServer;

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  provider = await startProvider(({ body }, response) => {
    response.writeHead(200, {
      'content-type': 'text/csv',
      'content-disposition': 'attachment; filename="checked.csv"',
    });
    response.end(`${body}checked\n`);
  });
  api = await startTestApi({ webDist });
  acme = await api.tenant({ privateHosts: [provider.host] });
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(60_000);
  await signIn(page, acme);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await provider?.close();
});

test('a tool that sends a file and receives one is made in the form; a file is picked, sent and downloaded', async () => {
  await page.goto(`/t/${acme.slug}/tools/new`);
  await page.getByLabel('Title').fill('Check a report');
  const addInput = async (name: string, kind: string) => {
    await page.getByRole('button', { name: 'Add input' }).click();
    const field = page.getByRole('group', { name: 'Inputs' }).getByRole('textbox', { name: 'Name' }).last();
    await field.fill(name);
    await field.press('Tab');
    await page.getByLabel(`Type of ${name}`).selectOption({ label: kind });
  };
  await addInput('report', 'File');
  await page.getByLabel('report is required').check();
  await addInput('columns', 'List');
  await page.getByLabel('Method').selectOption('PUT');
  await page.getByRole('textbox', { name: /^URL/ }).fill(`${provider.url}/reports`);
  await page.getByRole('button', { name: 'Add parameter' }).click();
  await page.getByLabel('Name of parameter 1').fill('columns');
  await page.getByLabel('Value of parameter 1').fill('{columns}');
  await page.getByLabel('How columns is written').selectOption({ label: 'Commas: columns=1,2' });
  await page.getByLabel('Body', { exact: true }).selectOption({ label: 'Custom' });
  await page.getByLabel('Body type').selectOption({ label: 'Binary' });
  await page.getByRole('textbox', { name: /^Content/ }).fill('{report}');
  await page.getByLabel('Response type').selectOption({ label: 'File, to download' });
  await look(page, 'file-tool-form');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/tools\/[0-9a-f-]{36}$/);

  await page.getByText('Latest executions').waitFor();
  await page.keyboard.press('r');
  await page.waitForURL(/\/run/);
  const sheet = page.getByRole('dialog');
  const content = 'id,amount\n1,19.90\n';
  await sheet
    .getByLabel(/^report/)
    .setInputFiles({ name: 'june.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await sheet.getByText('june.csv').waitFor();
  await sheet.getByRole('button', { name: /Preview/ }).click();
  await sheet.getByText('/reports').first().waitFor();
  await sheet.getByText('sha256').first().waitFor();
  await look(page, 'file-run');
  await page.keyboard.press('Control+Enter');
  const result = sheet.getByRole('region', { name: 'Execution', exact: true });
  await result.getByText('Succeeded', { exact: true }).first().waitFor();
  expect(provider.requests.map(({ body }) => body)).toEqual([content]);
  await result.getByText('checked.csv').first().waitFor();
  await result.getByRole('link', { name: 'Open execution' }).click();
  await page.waitForURL(/executions\/[0-9a-f-]{36}$/);

  const files = page.getByRole('list', { name: 'Files' });
  await files.getByText('checked.csv', { exact: true }).first().waitFor();
  await look(page, 'execution-files');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    files.getByRole('link', { name: 'Download checked.csv' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('checked.csv');
  expect(readFileSync(await download.path(), 'utf8')).toBe(`${content}checked\n`);
  await files.getByRole('link', { name: 'Download june.csv' }).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'execution-files-narrow');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
}, 240_000);
