import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of schedules', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    // The sweep looks at the schedules of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider((_request, response) => sendJson(response, 200, {})),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist, databaseUrl, reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const made = await acme.as.tenant_admin('POST', '/api/tools', {
      name: 'send_report',
      title: 'Send the report',
      type: 'http',
      inputSchema: { type: 'object', required: ['to'], properties: { to: { type: 'string' } } },
      config: { method: 'POST', url: `${provider.url}/reports` },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    page = await browser.newPage({
      baseURL: api.url,
      viewport: { width: 1360, height: 1000 },
      timezoneId: 'Europe/Berlin',
    });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const noSideScroll = async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1000 });
  };

  test('a schedule is made with its times in view, runs by hand, is changed, paused and archived', {
    timeout: 180_000,
  }, async () => {
    await page.goto(`/t/${acme.slug}/inbox`);
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByText('No schedules yet.').waitFor();
    await page.getByRole('link', { name: 'New schedule' }).first().click();
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('At 09:00 on Monday to Friday (Europe/Berlin)').waitFor();
    await page.getByLabel('Tool').selectOption({ label: 'Send the report' });
    await page.getByLabel('Cron expression').fill('99 * * * *');
    await page.getByText('Invalid value for minute: 99').waitFor();
    expect(await button('Create schedule').isDisabled()).toBe(true);
    await page.getByLabel('Cron expression').fill('30 2 * * *');
    await preview.getByText('Every day at 02:30 (Europe/Berlin)').waitFor();
    expect(await preview.getByRole('listitem').count()).toBe(10);
    await page.getByLabel('Time zone').fill('Mars/Olympus');
    await page.getByText('is not a time zone such as Europe/Berlin').waitFor();
    await page.getByLabel('Time zone').fill('America/New_York');
    await button('Edit as JSON').click();
    await page.getByLabel('Inputs (JSON)').fill('{"to": 1}');
    await button('Create schedule').click();
    await page.getByText('/to: ').waitFor();
    await button('Edit as a form').click();
    await page.getByRole('textbox', { name: 'to' }).fill('ana');
    await look(page, 'schedule-new');
    await noSideScroll();
    await button('Create schedule').click();
    await page.getByRole('heading', { name: 'Send the report' }).waitFor();
    await page.getByText('Every day at 02:30 (America/New_York)').waitFor();
    expect(await page.getByRole('list', { name: 'Next times' }).getByRole('listitem').count()).toBe(10);
    await button('Run now').click();
    await dialog().getByText('as you, whatever else').waitFor();
    await dialog().getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('table', { name: 'Runs' }).getByText('Succeeded').waitFor();
    expect(provider.requests).toHaveLength(1);
    await look(page, 'schedule-detail');
    await noSideScroll();
    await button('Edit').click();
    await page.getByLabel('Times by').selectOption('every');
    await page.getByLabel('Every', { exact: true }).fill('1');
    await page.getByLabel('Every', { exact: true }).fill('90');
    await page.getByLabel('Unit').selectOption('minutes');
    await page.getByRole('region', { name: 'Preview' }).getByText('Every 1 hour 30 minutes').waitFor();
    await page.getByLabel('Title').fill('Report, often');
    await button('Save').click();
    await page.getByRole('heading', { name: 'Report, often' }).waitFor();
    await page.getByText('Every 1 hour 30 minutes', { exact: true }).waitFor();
    await button('Make up for times').click();
    await dialog().getByLabel('From').fill('2020-01-01T00:00');
    await dialog()
      .getByRole('button', { name: /^Make up/ })
      .click();
    await dialog()
      .getByText(/days ago/)
      .waitFor();
    // What was typed is discarded by the second one.
    await page.keyboard.press('Escape');
    await dialog().getByText('Press Esc again').waitFor();
    await page.keyboard.press('Escape');
    await button('Pause').click();
    await page.getByText(/^Paused by /).waitFor();
    await button('Resume').click();
    await button('Pause').waitFor();
    await page.getByRole('link', { name: 'Schedules' }).first().click();
    await page
      .getByRole('row', { name: /Report, often/ })
      .getByText('Active')
      .waitFor();
    await look(page, 'schedules');
    await noSideScroll();
    await page.getByRole('link', { name: 'Report, often' }).click();
    await button('Archive').click();
    await dialog().getByRole('button', { name: 'Archive' }).click();
    await page.getByText('No schedules yet.').waitFor();
  });

  test('a schedule of someone else hides its inputs, and is handed over', { timeout: 180_000 }, async () => {
    const { body } = await acme.as.operator('POST', '/api/schedules', {
      title: 'Of the night shift',
      target: { tool: 'send_report', payload: { to: 'a secret list' } },
      spec: { calendar: { hour: [6, 18], dayOfWeek: 'monday' }, jitterMs: 60_000 },
      maxRuns: 5,
    });
    await page.goto(`/t/${acme.slug}/schedules/${body.id}`);
    await page.getByText('At 06:00 and 18:00 on Monday (UTC)').waitFor();
    await page.getByText('Its inputs are shown to its owner').waitFor();
    expect(await page.content()).not.toContain('a secret list');
    expect(await button('Edit').count()).toBe(0);
    await button('Change owner').click();
    const me = await dialog().getByRole('option').nth(1).textContent();
    expect(me).toBeTruthy();
    const members = (await acme.as.viewer('GET', '/api/members')).body.items;
    const { name } = members.find(({ email }: { email: string }) => email === acme.email);
    await dialog().getByLabel('Owner').selectOption({ label: name });
    await dialog()
      .getByRole('button', { name: /^Change owner/ })
      .click();
    await page.getByText('a secret list').waitFor();
    await button('Edit').click();
    await page.getByLabel('Calendar').waitFor();
    await page.getByRole('region', { name: 'Preview' }).getByText('At 06:00 and 18:00 on Monday').waitFor();
    await page.getByLabel('Starts').selectOption('batch');
    await page.getByLabel('Batch (JSON)').fill('{"calls": [');
    await page.getByText('is not valid JSON').waitFor();
    await page
      .getByLabel('Batch (JSON)')
      .fill('{"calls": [{"id": "one", "tool": "send_report", "payload": {"to": "b"}}]}');
    await button('Save').click();
    await page.getByText('Batch', { exact: true }).waitFor();
    await page.getByText('0 of 5').waitFor();
  });
});
