import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

declare global {
  interface Window {
    shownNotices: { title: string; requireInteraction: boolean; press: () => void }[];
  }
}

describe('the pages of notifications', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let mail: MailServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    // The notifier reads the log of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    [browser, provider, mail] = await Promise.all([
      startBrowser(),
      startProvider((_request, response) => sendJson(response, 200, {})),
      startMailServer(),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({
      webDist,
      databaseUrl,
      reconcile: true,
      env: {
        INTERLOCK_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
        INTERLOCK_MAIL_FROM: 'Interlock <interlock@example.com>',
      },
    });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const made = await acme.as.tenant_admin('POST', '/api/tools', {
      name: 'post_message',
      title: 'Post a message',
      type: 'http',
      inputSchema: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
      config: { method: 'POST', url: `${provider.url}/messages` },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    context = await browser.newContext({
      baseURL: api.url,
      viewport: { width: 1360, height: 1000 },
      timezoneId: 'Europe/Berlin',
      permissions: ['notifications'],
    });
    // What the system would show cannot be seen from here: each tab keeps what it has asked for.
    await context.addInitScript(() => {
      window.shownNotices = [];
      class Shown extends EventTarget {
        static permission = 'granted';
        static requestPermission = async () => 'granted';
        onclick: (() => void) | null = null;
        close() {}
        constructor(title: string, options: { requireInteraction?: boolean }) {
          super();
          window.shownNotices.push({
            title,
            requireInteraction: Boolean(options.requireInteraction),
            press: () => this.onclick?.(),
          });
        }
      }
      Object.defineProperty(window, 'Notification', { value: Shown });
    });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await mail?.close();
    await provider?.close();
  });

  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const noSideScroll = async (name: string) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `.cache/screens/${name}-phone.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1000 });
  };
  /** Someone opens a case and assigns it to the person on the page. */
  async function assignCase(severity: string): Promise<number> {
    const made = await acme.as.operator('POST', '/api/exceptions', { title: 'Stuck', severity });
    const path = `/api/exceptions/${made.body.id}/assign`;
    const assigned = await acme.as.operator('POST', path, { assignee: acme.email });
    expect(assigned.status, JSON.stringify(assigned.body)).toBe(200);
    return made.body.number;
  }
  const item = (number: number) =>
    page.getByRole('link', { name: new RegExp(`assigned EX-${number} to you`) });

  test('a person chooses how they get notifications, and a test comes in these ways', {
    timeout: 120_000,
  }, async () => {
    await page.goto(`/t/${acme.slug}/notifications`);
    await page.getByRole('link', { name: 'Notification settings' }).waitFor();
    await page.keyboard.press('s');
    const assigned = page.getByRole('group', { name: 'Exception assigned to me' });
    await assigned.waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.getByRole('group', { name: 'Step waits for me' }).locator('input:focus').waitFor();
    await page.keyboard.press('k');
    await page.getByRole('group', { name: 'Approval asked of me' }).locator('input:focus').waitFor();
    await assigned.getByLabel('Browser').check();
    await assigned.getByLabel('Email').selectOption('At once');
    await page.getByLabel('Hold email, browser and tools back at night').check();
    await page.getByLabel('From', { exact: true }).fill('23:15');
    await page.getByLabel('Until', { exact: true }).fill('23:15');
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    await button('Save').click();
    await page.getByText('must differ from the beginning').waitFor();
    await page.getByLabel('Until', { exact: true }).fill('23:16');
    await look(page, 'notification-settings');
    await noSideScroll('notification-settings');
    await page.keyboard.press('Control+s');
    await page.getByText('Notification settings saved').waitFor();
    await page.reload();
    await expect.poll(() => assigned.getByLabel('Browser').isChecked()).toBe(true);
    expect(await assigned.getByLabel('Email').inputValue()).toBe('now');
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('23:15');
    await page.getByLabel(`Email to ${acme.email}`).check();
    await button('Send me a test').click();
    await page.getByText('The test is on its way').waitFor();
    await eventually(() => mail.mails.some(({ to }) => to.includes(acme.email)));
    await page.getByLabel('Hold email, browser and tools back at night').uncheck();
    await button('Save').click();
    await page.getByText('Notification settings saved').first().waitFor();
  });

  test('what comes is counted, shown once in all tabs, opened and marked by keys', {
    timeout: 120_000,
  }, async () => {
    const second = await context.newPage();
    await second.goto(`/t/${acme.slug}/home`);
    await second.getByRole('link', { name: /^Notifications/ }).waitFor();
    await page.goto(`/t/${acme.slug}/home`);
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'Notifications' }).waitFor();
    await button('Mark all as read').click();
    const first = await assignCase('critical');
    await item(first).waitFor();
    const shown = async (on: Page) => on.evaluate(() => window.shownNotices.map(({ title }) => title));
    const both = async () => [...(await shown(page)), ...(await shown(second))];
    await eventually(async () => (await both()).length > 0, { timeoutMs: 20_000 });
    const next = await assignCase('low');
    await item(next).waitFor();
    await eventually(async () => (await both()).some((title) => title.includes(`EX-${next} `)), {
      timeoutMs: 20_000,
    });
    // Both tabs have looked again since the first one, which was shown once.
    expect((await both()).filter((title) => title.includes(`EX-${first} `))).toHaveLength(1);
    const all = await Promise.all([page, second].map((each) => each.evaluate(() => window.shownNotices)));
    expect(all.flat().find(({ title }) => title.includes(`EX-${first} `))!.requireInteraction).toBe(true);
    expect(all.flat().find(({ title }) => title.includes(`EX-${next} `))!.requireInteraction).toBe(false);
    await page.getByRole('link', { name: /Notifications.*, not read: [23]/ }).waitFor();
    await look(page, 'notifications');
    await noSideScroll('notifications');
    // A press on it opens the page that it is about.
    const where = (await shown(page)).some((title) => title.includes(`EX-${first} `)) ? page : second;
    await where.evaluate(
      (text) => window.shownNotices.find(({ title }) => title.includes(text))!.press(),
      `EX-${first} `,
    );
    await where.waitForURL(/\/exceptions\//);
    await second.close();

    await page.goto(`/t/${acme.slug}/notifications`);
    await item(next).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    await page.getByRole('button', { name: `Mark as unread: `, exact: false }).first().waitFor();
    await page.keyboard.press('u');
    await page.waitForURL(/show=unread/);
    await item(next).waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/exceptions\//);
    await page.goBack();
    await page.getByRole('heading', { name: 'Notifications' }).waitFor();
    await page.getByRole('list', { name: 'Notifications' }).getByRole('listitem').first().waitFor();
    await page.keyboard.press('Shift+E');
    await page.getByText('You have read everything.').waitFor();
    await look(page, 'notifications-none');
  });

  test('an admin makes a tool a channel, tries it, and people choose it', { timeout: 120_000 }, async () => {
    await page.goto(`/t/${acme.slug}/settings/notification-channels`);
    await page.getByText('No channels yet.').waitFor();
    await button('Add channel').click();
    await dialog().getByLabel('Name').fill('Team chat');
    await dialog().getByLabel('Tool').selectOption({ label: 'Post a message' });
    await dialog().getByLabel('Inputs (JSON)').fill('{"words": "${{ notice.title }}"}');
    await dialog().getByRole('button', { name: 'Add' }).click();
    await dialog().getByText('/text: ', { exact: false }).waitFor();
    await dialog().getByLabel('Inputs (JSON)').fill('{"text": "${{ notice.text }}"}');
    await look(page, 'notification-channel-new');
    await dialog().getByRole('button', { name: 'Add' }).click();
    await page.getByText('Post a message, owned by Ana Admin, chosen by 0 people').waitFor();
    await button('Send a test by Team chat').click();
    await page.getByRole('link', { name: 'Show the test' }).waitFor();
    await eventually(() => provider.requests.length === 1);
    await look(page, 'notification-channels');
    await noSideScroll('notification-channels');
    await page.getByRole('switch', { name: 'Enable Team chat' }).click();
    await page.getByText('Disabled by Ana Admin.').waitFor();
    await page.getByRole('switch', { name: 'Enable Team chat' }).click();
    await page.getByText('Disabled by Ana Admin.').waitFor({ state: 'detached' });

    await page.goto(`/t/${acme.slug}/profile/notifications`);
    await page.getByRole('group', { name: 'Exception assigned to me' }).getByLabel('Team chat').check();
    await button('Save').click();
    await page.getByText('Notification settings saved').waitFor();
    await assignCase('low');
    await eventually(() => provider.requests.length === 2, { timeoutMs: 20_000 });
    await page.goto(`/t/${acme.slug}/notifications`);
    await page.getByRole('link', { name: 'Sent by a tool' }).click();
    await page.waitForURL(/\/executions\//);
    provider.respond = (_request, response) => sendJson(response, 400, {});
    await assignCase('low');
    await eventually(() => provider.requests.length === 3, { timeoutMs: 20_000 });
    await page.goto(`/t/${acme.slug}/settings/notification-channels`);
    await page.getByText('Last failure').waitFor();
    await look(page, 'notification-channel-failed');
    await page.getByRole('link', { name: 'Open the execution' }).click();
    await page.waitForURL(/\/executions\//);

    await page.goto(`/t/${acme.slug}/settings/notification-channels`);
    await button('More for Team chat').click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await dialog().getByText('1 person gets nothing by it any more.').waitFor();
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No channels yet.').waitFor();
  });
});
