import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { workRequests } from '../../shared/erasure/server/work-requests.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const email = 'petra.page@people.example';

describe('the page of personal data', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ webDist, databaseUrl, worker: false });
    acme = await api.tenant();
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 900 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  /** As the worker does. */
  const workUntil = (status: string) =>
    eventually(
      async () => {
        await workRequests(api.services, { always: true });
        const { body } = await acme.as.tenant_admin('GET', '/api/personal-data/searches');
        return body.items[0]?.status === status;
      },
      { timeoutMs: 90_000 },
    );

  test('an administrator finds a customer, takes the file, and erases them after typing who it is', async () => {
    await acme.as.operator('POST', '/api/exceptions', { title: `Refund for ${email}` });
    await page.goto(`/t/${acme.slug}/settings/personal-data`);
    await page.getByText('No searches yet.').waitFor();
    await page.getByRole('button', { name: 'Search for a person' }).click();
    await page.getByLabel('Exact values').fill(email);
    await look(page, 'personal-data-search');
    await page.keyboard.press('ControlOrMeta+Enter');
    const row = page.getByRole('listitem', { name: email });
    await row.waitFor();
    await workUntil('found');
    await row.getByText('1 exception').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      row.getByRole('link', { name: /^Download/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^personal-data-.*\.json$/);
    await look(page, 'personal-data-found');

    await page.setViewportSize({ width: 390, height: 800 });
    await page.reload();
    await row.getByRole('button', { name: /^Erase/ }).click();
    const erase = page.getByRole('button', { name: 'Erase for good' });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel(`Type ${email} to confirm`).fill(email);
    await look(page, 'personal-data-erase');
    await erase.click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await workUntil('erased');
    await page.getByText('Erased', { exact: true }).waitFor();
    expect(await page.getByText(email).count()).toBe(0);
    await look(page, 'personal-data-erased');
    const fits = 'document.documentElement.scrollWidth <= window.innerWidth';
    expect(await page.evaluate(fits)).toBe(true);
    await page.goto(`/t/${acme.slug}/settings/retention`);
    await page.getByRole('region', { name: 'Next removal' }).waitFor();
    await look(page, 'retention-390');
    expect(await page.evaluate(fits)).toBe(true);
    await page.goto(`/t/${acme.slug}/settings/legal-holds`);
    await page.getByText('No legal holds.').waitFor();
    await look(page, 'legal-holds-390');
    expect(await page.evaluate(fits)).toBe(true);
  });
});
