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

test('a secret that was just typed is in no text of the page: the JSON beside the form shows dots, and saves it', async () => {
  await page.goto(`/t/${acme.slug}/tools/new`);
  await page.getByLabel('Title').fill('Pay out');
  await page.getByLabel('URL').fill('https://pay.example/payouts');
  await page.getByLabel('Kind', { exact: true }).selectOption('bearer');
  const json = page.getByRole('complementary').getByRole('textbox');
  await json.getByText('"bearer"').waitFor();
  await page.getByLabel('Token').fill('tok_4eC39HqLyjWDarjtT1zd');
  const hidden = page.getByRole('img', { name: 'hidden secret' });
  await hidden.waitFor();
  expect(await json.textContent()).toContain('"token"');
  expect(await json.textContent()).not.toContain('tok_4eC39');
  await look(page, 'json-hidden-secret');

  // A text that is no JSON has no places: what was hidden stays hidden.
  await json.click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText('{');
  await page
    .getByRole('complementary')
    .getByText(/^Line \d+, column \d+/)
    .waitFor();
  expect(await json.textContent()).not.toContain('tok_4eC39');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/\/tools\/[0-9a-f-]{36}/);
  const { items } = (await acme.as.tenant_admin('GET', '/api/tools?q=pay_out')).body;
  const { body: saved } = await acme.as.tenant_admin('GET', `/api/tools/${items[0].id}`);
  expect(saved).toMatchObject({ auth: { type: 'bearer', hasSecret: true } });
}, 240_000);

test('a page that becomes narrow folds its rail, and opens it again when it is wide', async () => {
  await page.goto(`/t/${acme.slug}/tools`);
  await page.getByRole('button', { name: 'Collapse the sidebar' }).click();
  await page.getByRole('button', { name: 'Expand the sidebar' }).click();
  await page.setViewportSize({ width: 760, height: 844 });
  const expand = page.getByRole('button', { name: 'Expand the sidebar' });
  await expand.waitFor();
  await look(page, 'rail-narrow');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(760);
  await expand.click();
  await page.getByRole('link', { name: 'Executions' }).click();
  await page.waitForURL(/executions/);
  await expand.waitFor();
  await page.setViewportSize({ width: 1360, height: 850 });
  await page.getByRole('button', { name: 'Collapse the sidebar' }).waitFor();
}, 240_000);

test('a connector replaces what a tool says of its server, and what was typed is there again without it', async () => {
  const shop = { kind: 'grpc', name: 'shop', title: 'Shop', target: 'shop.example:443' };
  expect((await acme.as.tenant_admin('POST', '/api/connectors', shop)).status).toBe(201);
  await page.goto(`/t/${acme.slug}/tools/new`);
  await page.getByLabel('Type', { exact: true }).selectOption('grpc');
  await page.getByLabel('Target').fill('other.example:443');
  await page.getByLabel('.proto files').fill('syntax = "proto3";');
  await page.getByLabel('Send to').selectOption({ label: 'Connector: Shop' });
  await page.getByLabel('Target').waitFor({ state: 'detached' });
  const json = page.getByRole('complementary').getByRole('textbox');
  await json.getByText('"connectorId"').waitFor();
  expect(await json.textContent()).not.toContain('proto3');
  await page.getByLabel('Send to').selectOption({ label: 'Custom target' });
  expect(await page.getByLabel('Target').inputValue()).toBe('other.example:443');
  expect(await page.getByLabel('.proto files').inputValue()).toBe('syntax = "proto3";');
}, 240_000);
