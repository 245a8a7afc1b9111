import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of retention and legal holds', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 900 } });
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  test('an administrator sees what would go before saving, and a wrong number cannot be saved', async () => {
    await page.goto(`/t/${acme.slug}/settings/retention`);
    const next = page.getByRole('region', { name: 'Next removal' });
    await next.getByText('everything is kept').waitFor();
    await page.getByLabel('Events', { exact: true }).fill('7');
    await page.getByText('A whole number from 30').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByLabel('Events', { exact: true }).fill('730');
    await page.getByLabel('Payloads', { exact: true }).fill('90');
    await next.getByText('No payloads are from before').waitFor();
    await look(page, 'retention-settings');
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Retention saved').waitFor();
    const { body } = await acme.as.viewer('GET', '/api/settings/retention');
    expect(body).toMatchObject({ payloadDays: 90, eventDays: 730, deliveryDays: null, revision: 1 });
  });

  test('a legal hold is placed and released, each with a reason', async () => {
    await page.goto(`/t/${acme.slug}/settings/legal-holds`);
    await page.getByText('No legal holds.').waitFor();
    await page.getByRole('button', { name: 'Place hold' }).click();
    await page.getByLabel('Covers').selectOption('Executions');
    await page.getByLabel('Requested from').fill('2031-01-01');
    await page.getByLabel('Reason').fill('Claim 17 of a customer');
    await look(page, 'legal-hold-place');
    await page.getByRole('button', { name: 'Place', exact: true }).click();
    await page.getByText('All executions from 2031-01-01').waitFor();
    await page.getByRole('button', { name: /^Release All executions/ }).click();
    await page.getByLabel('Reason').fill('The claim is settled');
    await page.getByRole('button', { name: 'Release', exact: true }).last().click();
    await page.getByText(/The claim is settled/).waitFor();
    await look(page, 'legal-holds');
  });
});
