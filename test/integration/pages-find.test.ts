import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('finding things', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  const tools: Record<string, string> = {};
  let number: number;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist, worker: false });
    acme = await api.tenant();
    for (const name of ['refund_payment', 'cancel_order', 'old_one', 'old_two', 'old_three'])
      tools[name] = (
        await acme.as.tenant_admin('POST', '/api/tools', { name, title: name, type: 'dummy' })
      ).body.id;
    for (const name of ['old_one', 'old_two', 'old_three'])
      await acme.as.tenant_admin('DELETE', `/api/tools/${tools[name]}`);
    number = (await acme.as.operator('POST', '/api/exceptions', { title: 'Parcel lost' })).body.number;
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const open = (path: string) => page.goto(`/t/${acme.slug}/${path}`);
  const row = (text: string) => page.locator('tbody').getByRole('row').filter({ hasText: text });
  const option = (text: string | RegExp) => page.getByRole('option').filter({ hasText: text }).first();
  const confirm = async (name: string) => {
    const button = page.getByRole('dialog').getByRole('button', { name, exact: true });
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe(null);
    await button.press('Enter');
  };
  const menu = async (item: string | RegExp) => {
    await page.getByRole('button', { name: 'View', exact: true }).press('Enter');
    // A menu that has just opened takes the focus.
    await expect
      .poll(() => page.evaluate('document.activeElement.closest("[role=menu]") !== null'))
      .toBe(true);
    await page.getByRole('menuitem', { name: item }).press('Enter');
  };
  const params = () => Object.fromEntries(new URL(page.url()).searchParams);

  describe('the palette', () => {
    test('finds a case by its number, a tool by the beginning of its id, a section of the settings', async () => {
      await open('tools');
      await row('refund_payment').waitFor();
      for (const [typed, found, url] of [
        [`#${number}`, 'Parcel lost', /\/exceptions\/[0-9a-f-]{36}/],
        ['refund', 'refund_payment', /\/tools\/[0-9a-f-]{36}/],
        ['api keys', 'API keys', /\/settings\/api-keys/],
        // Not the action "Archive", which is nearly called so.
        ['archived', 'Archived', /\/archived/],
        // With typing errors: a tool, and a section.
        ['refnud', 'refund_payment', /\/tools\/[0-9a-f-]{36}/],
        ['egrses', 'Egress', /\/settings\/egress/],
      ] as const) {
        await page.keyboard.press('Control+k');
        await page.keyboard.type(typed);
        await option(found).waitFor();
        await expect.poll(() => option(found).getAttribute('aria-selected')).toBe('true');
        await look(page, `70-find-${typed.replaceAll(/\W/g, '')}`);
        await page.keyboard.press('Enter');
        await page.waitForURL(url);
      }
    });

    test('one request for each pause; what was looked at is there without a text', async () => {
      await open(`tools/${tools.refund_payment}`);
      await page.getByRole('heading', { name: 'refund_payment' }).waitFor();
      await open('audit');
      await page.getByRole('heading', { name: 'Audit' }).waitFor();
      await page.keyboard.press('Control+k');
      await option('refund_payment').waitFor();
      await look(page, '70-find-recent');
      const asked: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('search.all')) asked.push(request.url());
      });
      await page.keyboard.type('cancel_order');
      await option('cancel_order').waitFor();
      expect(asked.length).toBeLessThan(6);
      expect(asked.at(-1)).toContain('cancel_order');
      await page.keyboard.press('Escape');
      await page.getByRole('combobox').waitFor({ state: 'detached' });
    });

    test('opens a new tab with the modifier, and the page stays', async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('cancel_order');
      await option('cancel_order').waitFor();
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        page.keyboard.press('Control+Enter'),
      ]);
      await tab.waitForURL(new RegExp(`/tools/${tools.cancel_order}`));
      await tab.close();
      expect(page.url()).toContain('/audit');
      await page.keyboard.press('Escape');
    });

    test('fills a phone, by touch', async () => {
      const phone = await browser.newContext({
        baseURL: api.url,
        viewport: { width: 390, height: 800 },
        hasTouch: true,
        isMobile: true,
        storageState: await page.context().storageState(),
      });
      const small = await phone.newPage();
      await small.goto(`/t/${acme.slug}/inbox`);
      await small.getByRole('button', { name: 'Search' }).tap();
      await small.getByRole('combobox').fill('parcel');
      const found = small.getByRole('option').filter({ hasText: 'Parcel lost' }).first();
      await found.waitFor();
      const box = await small.getByRole('dialog').boundingBox();
      expect([box?.x, box?.width]).toEqual([0, 390]);
      await look(small, '70-find-phone');
      await found.tap();
      await small.waitForURL(/\/exceptions\/[0-9a-f-]{36}/);
      await small.getByRole('button', { name: 'Search' }).tap();
      await small.getByRole('button', { name: 'Cancel' }).tap();
      await small.getByRole('combobox').waitFor({ state: 'detached' });
      await phone.close();
    });
  });

  describe('views', () => {
    test('a view is saved with filters, columns and density, opened by its name and by its link', async () => {
      await open('tools?q=refund');
      await row('refund_payment').waitFor();
      await page.getByRole('button', { name: 'View', exact: true }).press('Enter');
      await page.getByRole('menuitem', { name: 'Compact' }).click();
      await page.getByRole('menuitem', { name: 'Scope' }).click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('v');
      await page.getByLabel('Name').fill('Refunds');
      await page.getByLabel('Share it with the organization').check();
      await look(page, '71-view-new');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const { body } = await acme.as.viewer('GET', '/api/saved-views?list=tools');
      expect(body.items).toMatchObject([
        {
          name: 'Refunds',
          shared: true,
          filters: { q: 'refund' },
          density: 'compact',
          hiddenColumns: ['scope'],
        },
      ]);
      // The look belongs to the view, and is put back here.
      await page.getByRole('button', { name: 'View', exact: true }).press('Enter');
      await page.getByRole('menuitem', { name: 'Comfortable' }).click();
      await page.getByRole('menuitem', { name: 'Scope' }).click();
      await page.keyboard.press('Escape');
      await open('tools?status=disabled');
      await menu('Refunds');
      await row('refund_payment').waitFor();
      expect(params()).toEqual({ q: 'refund' });
      const heads = page.getByRole('table', { name: 'Tools' }).getByRole('columnheader');
      await expect.poll(() => heads.filter({ hasText: 'Scope' }).count()).toBe(0);
      await open(`tools?view=${body.items[0].id}`);
      await row('refund_payment').waitFor();
      await expect.poll(params).toEqual({ q: 'refund' });
      await expect.poll(() => heads.filter({ hasText: 'Scope' }).count()).toBe(0);
    });

    test('changed filters are saved to the view that is open; a default opens by itself; a view is removed', async () => {
      await page.getByLabel('Search tools').fill('cancel');
      await row('cancel_order').waitFor();
      await expect.poll(params).toEqual({ q: 'cancel' });
      await menu('Save changes to Refunds');
      await confirm('Save changes');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await menu('Settings of view Refunds');
      await page.getByLabel('Name').fill('Cancels');
      await page.getByLabel('Open the list with this view').check();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await open('tools');
      await expect.poll(params).toEqual({ q: 'cancel' });
      await row('cancel_order').waitFor();
      await page.getByRole('button', { name: 'View', exact: true }).press('Enter');
      await look(page, '71-view-menu');
      await page.getByRole('menuitem', { name: 'Remove view Cancels' }).press('Enter');
      await confirm('Remove view');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect((await acme.as.viewer('GET', '/api/saved-views')).body.items).toEqual([]);
      await open('tools');
      await row('refund_payment').waitFor();
      expect(params()).toEqual({});
    });

    test('views that the browser kept move to the server once', async () => {
      const { body: me } = await acme.as.tenant_admin('GET', '/api/members');
      const person = me.items.find((each: { email: string }) => each.email === acme.email).id;
      const key = `interlock.views.${acme.slug}.${person}.tools`;
      const views = JSON.stringify([{ name: 'Kept here', filters: { q: 'refund' } }]);
      await page.evaluate(`localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(views)})`);
      await open('tools');
      await row('refund_payment').waitFor();
      await menu('Kept here');
      await expect.poll(params).toEqual({ q: 'refund' });
      expect(await page.evaluate(`localStorage.getItem(${JSON.stringify(key)})`)).toBe(null);
    });
  });

  describe('archived things', () => {
    test('the list leads to them; the page of one says who archived it and restores it by key', async () => {
      await open('tools');
      await row('refund_payment').waitFor();
      expect(await row('old_one').count()).toBe(0);
      await page.getByRole('link', { name: 'Archived' }).press('Enter');
      await page.waitForURL(/\/archived\?type=tool/);
      await row('old_one').waitFor();
      await look(page, '72-archived');
      await open(`tools/${tools.old_one}`);
      await page.getByText(/Archived by .+,/).waitFor();
      await look(page, '72-archived-tool');
      await page.keyboard.press('Shift+R');
      await confirm('Restore');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: 'old_one' }).waitFor();
      await page.getByRole('region', { name: 'Archived' }).waitFor({ state: 'detached' });
      expect((await acme.as.viewer('GET', `/api/tools/${tools.old_one}`)).status).toBe(200);
    });

    test('several are restored at once; what is refused is named with its reason', async () => {
      await acme.as.tenant_admin('POST', '/api/tools', { name: 'old_two', type: 'dummy' });
      await open('archived');
      await row('old_two').getByRole('checkbox').check();
      await row('old_three').getByRole('checkbox').check();
      await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Restore' }).click();
      await confirm('Restore');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 done, 1 refused').waitFor();
      await dialog
        .getByRole('region', { name: 'Refused' })
        .getByText(/Another tool has this name/)
        .waitFor();
      await look(page, '72-archived-refused');
      await page.keyboard.press('Escape');
      await row('old_three').waitFor({ state: 'detached' });
    });

    test('on a phone nothing is wider than the screen', async () => {
      await page.setViewportSize({ width: 390, height: 800 });
      await open('archived');
      await row('old_two').waitFor();
      await look(page, '72-archived-phone');
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await row('old_two').getByRole('link').click();
      await page.getByRole('button', { name: 'Restore' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1360, height: 850 });
    });
  });

  test('several schedules are archived at once; a list downloads as CSV; a schedule is restored on its page', async () => {
    const made: string[] = [];
    for (const title of ['Nightly report', 'Weekly report']) {
      const { body } = await acme.as.tenant_admin('POST', '/api/schedules', {
        title,
        target: { toolId: tools.cancel_order },
        spec: { cron: '0 3 1 1 *' },
      });
      made.push(body.id);
    }
    await open('schedules');
    await row('Nightly report').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), menu('Download this list as CSV')]);
    expect(file.suggestedFilename()).toBe('schedules.csv');
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain('"Weekly report"');
    expect(text.split('\r\n')).toHaveLength(4);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('archive (2');
    await option('Archive (2 selected)').waitFor();
    await page.keyboard.press('Enter');
    await confirm('Archive');
    await page.getByRole('dialog').getByText('2 done').waitFor();
    await page.keyboard.press('Escape');
    await open(`schedules/${made[0]}`);
    await page.getByText(/Archived by .+,/).waitFor();
    await look(page, '72-archived-schedule');
    await page.getByRole('button', { name: 'Restore' }).press('Enter');
    await confirm('Restore');
    await page.getByText(/Restored by/).waitFor();
  });
});
