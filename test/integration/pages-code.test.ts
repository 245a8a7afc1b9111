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
  page.setDefaultTimeout(20_000);
  await signIn(page, acme);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

async function type(source: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Source' }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(source);
}

test('a function is written in the form, its mistake is shown at its line, and it runs with its log', async () => {
  await page.goto(`/t/${acme.slug}/tools/new`);
  await page.getByLabel('Title').fill('Work out the fee');
  await page.getByLabel('Type', { exact: true }).selectOption('code');
  await page.getByRole('textbox', { name: 'Source' }).waitFor();
  await page.getByLabel('Language').selectOption('python');
  await page.getByText('def main(input):').first().waitFor();
  await page.getByLabel('Language').selectOption('typescript');
  await page.getByText('interface Input').first().waitFor();
  await type('function main(input: { amount?: number }) {\n  return { fee: };\n}\n');
  await page.keyboard.press('Control+s');
  await page
    .getByText(/Line 2, column \d+/)
    .first()
    .waitFor();
  await look(page, 'code-form-mistake');

  await type(
    "function main(input: { amount?: number }) {\n  console.log('Amount', input.amount ?? 100);\n  return { fee: (input.amount ?? 100) * 0.014 };\n}\n",
  );
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/run/);
  await look(page, 'code-run');
  await page.getByRole('button', { name: /^Preview/ }).click();
  await page.getByText('code:typescript').first().waitFor();
  await look(page, 'code-preview');
  await page.getByRole('button', { name: /^Execute/ }).click();
  await page.getByText('1.4').first().waitFor();
  const { items } = (await acme.as.tenant_admin('GET', '/api/tools/executions')).body;
  await page.goto(`/t/${acme.slug}/executions/${items[0].id}`);
  await page.getByRole('table', { name: 'Attempts' }).getByRole('button').first().click();
  await page.getByText('Amount 100').waitFor();
  await look(page, 'code-execution');

  await page.goto(`/t/${acme.slug}/tools/${items[0].toolId}`);
  await page.getByText('Nothing outside: no network, no files, no secrets').waitFor();
  await look(page, 'code-tool');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/t/${acme.slug}/tools/${items[0].toolId}/edit`);
  await page.getByRole('textbox', { name: 'Source' }).waitFor();
  await look(page, 'code-form-narrow');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
}, 240_000);
