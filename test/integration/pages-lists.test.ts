import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('a list of rows', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  const ids: string[] = [];

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist, worker: false });
    acme = await api.tenant();
    for (const severity of ['low', 'high', 'high', 'high']) {
      const { body } = await acme.as.operator('POST', '/api/exceptions', {
        title: `Payment ${ids.length + 1} failed`,
        severity,
      });
      ids.push(body.id);
    }
    for (const name of ['refund_payment', 'cancel_order'])
      await acme.as.tenant_admin('POST', '/api/tools', { name, title: name, type: 'dummy' });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const open = (list: string) => page.goto(`/t/${acme.slug}/${list}`);
  const table = (name: string) => page.getByRole('table', { name });
  const row = (text: string) => page.locator('tbody').getByRole('row').filter({ hasText: text });
  const selection = () => page.getByRole('region', { name: 'Selection' });
  const confirm = async (name: string) => {
    const button = page.getByRole('dialog').getByRole('button', { name, exact: true });
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe(null);
    await button.press('Enter');
  };
  const assigneeOf = async (index: number) =>
    (await acme.as.operator('GET', `/api/exceptions/${ids[index]}`)).body.assignee?.name ?? null;

  test('rows are selected by keys: x, shift with j and k, Escape', async () => {
    await open('exceptions?status=all');
    await row('Payment 4 failed').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await selection().getByText('1 selected').waitFor();
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Shift+J');
    await selection().getByText('3 selected').waitFor();
    await page.keyboard.press('Shift+K');
    await selection().getByText('2 selected').waitFor();
    await look(page, '60-lists-selected');
    await page.keyboard.press('Escape');
    await selection().waitFor({ state: 'detached' });
  });

  test('the palette acts on the selection; a row that is refused is named with its reason', async () => {
    await row('Payment 4 failed').getByRole('checkbox').check();
    await row('Payment 2 failed')
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    await selection().getByText('3 selected').waitFor();
    // Someone resolves one meanwhile: the page does not know it yet when it asks.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('assign to me');
    await page.getByRole('option', { name: 'Assign to me (3 selected)' }).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Assign to me' });
    await dialog.getByText('Assigns 3 exceptions to you.').waitFor();
    await look(page, '60-lists-bulk-preview');
    expect(await assigneeOf(3)).toBe(null);
    const { status } = await acme.as.operator('POST', `/api/exceptions/${ids[2]}/resolve`, {
      code: 'fixed',
    });
    expect(status).toBe(200);
    await confirm('Assign to me');
    await dialog.getByText('2 done, 1 refused').waitFor();
    const refused = dialog.getByRole('region', { name: 'Refused' });
    await refused.getByText(/EX-3 Payment 3 failed/).waitFor();
    await refused
      .getByText(/resolved/i)
      .last()
      .waitFor();
    await look(page, '60-lists-bulk-refused');
    expect(await assigneeOf(3)).not.toBe(null);
    expect(await assigneeOf(1)).toBe(await assigneeOf(3));
    expect([await assigneeOf(2), await assigneeOf(0)]).toEqual([null, null]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // What was refused stays selected.
    await selection().getByText('1 selected').waitFor();
  });

  test('what does not apply to a row is left out before anything is sent', async () => {
    await open('exceptions?status=all');
    for (const title of ['Payment 3', 'Payment 1']) await row(title).getByRole('checkbox').check();
    // A range over a row that is selected keeps it, on the page and in its checkbox.
    await row('Payment 1')
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    expect(await row('Payment 1').getByRole('checkbox').isChecked()).toBe(true);
    await selection().getByRole('button', { name: 'Change severity' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change severity' });
    await dialog.getByRole('region', { name: 'Left out' }).getByText('EX-3 Payment 3 failed').waitFor();
    await dialog.getByLabel('Severity').selectOption({ label: 'Critical' });
    await confirm('Change severity');
    await dialog.getByText('1 done').waitFor();
    const severities = await Promise.all(
      [0, 2].map(async (at) => (await acme.as.operator('GET', `/api/exceptions/${ids[at]}`)).body.severity),
    );
    expect(severities).toEqual(['critical', 'high']);
    await page.keyboard.press('Escape');
    await selection().waitFor({ state: 'detached' });
  });

  test('several tools are disabled at once', async () => {
    await open('tools');
    await row('refund_payment').getByRole('checkbox').check();
    await selection()
      .getByRole('button', { name: /^Select all/ })
      .click();
    await selection().getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('dialog', { name: 'Disable' });
    await dialog.getByText(/New executions of them are refused/).waitFor();
    await confirm('Disable');
    await dialog.getByText(/^\d+ done$/).waitFor();
    const { body } = await acme.as.tenant_admin('GET', '/api/tools?status=enabled');
    expect(body.items).toEqual([]);
    await page.keyboard.press('Escape');
  });

  test('a list comes as CSV with the rows of its filters', async () => {
    await open('exceptions?severity=high&status=all');
    await expect.poll(() => page.locator('tbody').getByRole('row').count()).toBe(3);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).press('Enter'),
    ]);
    expect(download.suggestedFilename()).toBe('exceptions.csv');
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    expect(lines[0]).toMatch(/^id,number,title/);
    expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual([
      'Payment 4 failed',
      'Payment 3 failed',
      'Payment 2 failed',
    ]);
    await open('executions');
    const [executions] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).press('Enter'),
    ]);
    expect(executions.suggestedFilename()).toBe('executions.csv');
  });

  test('density and columns survive a reload, each list for itself', async () => {
    await open('tools');
    await row('refund_payment').waitFor();
    const height = async () => (await row('refund_payment').boundingBox())?.height;
    const before = await height();
    await page.getByRole('button', { name: 'View' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Compact' }).click();
    await page.getByRole('menuitem', { name: 'Scope' }).click();
    await look(page, '60-lists-view-menu');
    await page.keyboard.press('Escape');
    await page.reload();
    await row('refund_payment').waitFor();
    expect(await height()).toBeLessThan(before ?? 0);
    expect(await table('Tools').getByRole('columnheader', { name: 'Scope' }).count()).toBe(0);
    await table('Tools').getByRole('columnheader', { name: 'Type' }).waitFor();
    await open('playbooks');
    await page.getByRole('button', { name: 'View' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Comfortable' }).getByLabel('selected').waitFor();
    await page.keyboard.press('Escape');
  });

  test('on a phone a checkbox selects, and nothing is wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await open('exceptions');
    await row('Payment 4 failed').getByRole('checkbox').check();
    await selection().getByText('1 selected').waitFor();
    await look(page, '60-lists-phone');
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await selection().getByRole('button', { name: 'Clear' }).click();
    await selection().waitFor({ state: 'detached' });
  });
});
