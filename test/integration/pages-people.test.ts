import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { asking } from '../support/graphql-client.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('people, in a browser', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let admin: Page;
  let bea: Page;
  const beas = { email: 'bea@people.test', password: 'kettle orbit nine' };
  const phone = { width: 390, height: 844 };
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    admin = await newPage();
    await signIn(admin, acme);
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await api?.close();
  });

  /** Of someone else: a context of its own. */
  async function newPage(viewport = { width: 1360, height: 850 }): Promise<Page> {
    const context = await browser.newContext({ baseURL: api.url, viewport });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(45_000);
    return page;
  }
  const open = (page: Page, path: string) => page.goto(`/t/${acme.slug}/${path}`);
  /** What a dialog shows only once. */
  async function shownOnce(page: Page): Promise<string> {
    const secret = (await page.locator('[data-secret]').textContent()) ?? '';
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    return secret;
  }
  /** Menus and dialogs move the focus a moment after they appear: a key that comes meanwhile is pressed again. */
  const pressUntil = (target: Locator, key: string, seen: Locator): Promise<boolean> =>
    eventually(
      async () => {
        if (await seen.isVisible()) return true;
        await target.press(key, { timeout: 5_000 });
        await seen.waitFor({ timeout: 5_000 });
        return true;
      },
      { timeoutMs: 60_000 },
    );
  /** A button of a dialog acts once it has been there long enough to be read. */
  async function press(page: Page, name: string): Promise<void> {
    const button = page.getByRole('dialog').getByRole('button', { name, exact: false }).last();
    await button.and(page.locator(':not([aria-disabled="true"])')).click();
  }
  async function invite(email: string, roles: string[]): Promise<string> {
    await admin.getByRole('button', { name: 'Invite someone' }).click();
    await admin.getByLabel('Email address').fill(email);
    for (const role of ['operator', 'approver'])
      await admin
        .getByRole('checkbox', { name: new RegExp(`^${role}`, 'i') })
        .setChecked(roles.includes(role));
    await press(admin, 'Invite');
    await admin.getByText(`Invitation for ${email}`).waitFor();
    return shownOnce(admin);
  }

  test('a tenant admin invites two people by link, and each joins with the roles that they were given', async () => {
    await open(admin, 'settings/members');
    const first = await invite(beas.email, ['operator']);
    const second = await invite('cleo@people.test', ['approver']);
    await look(admin, 'people-members');

    bea = await newPage(phone);
    await bea.goto(first);
    await bea.getByRole('heading', { name: `Join ${acme.slug}` }).waitFor();
    await look(bea, 'people-join-phone');
    await bea.getByLabel('Your name').fill('Bea Berg');
    await bea.getByLabel('Choose a password').fill('password123');
    await bea.keyboard.press('Enter');
    await bea.getByText(/common passwords/).waitFor();
    await bea.getByLabel('Choose a password').fill(beas.password);
    await bea.keyboard.press('Enter');
    await bea.waitForURL(new RegExp(`/t/${acme.slug}/home`));

    const cleo = await newPage();
    await cleo.goto(second);
    await cleo.getByLabel('Your name').fill('Cleo Cruz');
    await cleo.getByLabel('Choose a password').fill(beas.password);
    await cleo.getByRole('button', { name: 'Join' }).click();
    await cleo.waitForURL(/\/home/);
    await cleo.goto(first);
    await cleo.getByText('This invitation does not work').waitFor();

    const row = (name: string) => admin.getByRole('row', { name: new RegExp(name) });
    await row('Bea Berg').getByText('operator', { exact: true }).waitFor();
    await row('Cleo Cruz').getByText('approver', { exact: true }).waitFor();
    await admin.getByText('No one is invited.').waitFor();
  });

  test('roles are changed by keyboard, and the removal says what it ends', { timeout: 180_000 }, async () => {
    const more = admin.getByRole('button', { name: 'More for Bea Berg' });
    const change = admin.getByRole('menuitem', { name: 'Change roles' });
    const approver = admin.getByRole('checkbox', { name: /^approver/i });
    const checked = admin.getByRole('checkbox', { name: /^approver/i, checked: true });
    await pressUntil(more, 'Enter', change);
    await pressUntil(change, 'Enter', approver);
    await pressUntil(approver, 'Space', checked);
    await checked.press('Control+Enter');
    await admin
      .getByRole('row', { name: /Bea Berg/ })
      .getByText('operator, approver')
      .waitFor();
    await admin.getByRole('dialog').waitFor({ state: 'detached' });
    await admin.getByRole('button', { name: 'More for Cleo Cruz' }).click();
    await admin.getByRole('menuitem', { name: 'Remove' }).click();
    await admin.getByText('loses access within ten seconds').waitFor();
    await press(admin, 'Remove');
    await admin.getByRole('row', { name: /Cleo Cruz/ }).waitFor({ state: 'detached' });
  });

  test('a key is made, shown once, used, rotated and revoked', async () => {
    const use = async (key: string) => (await api.call(key)('GET', '/api/me')).status;
    await open(admin, 'settings/api-keys');
    await admin.getByRole('button', { name: 'New API key' }).click();
    await admin.getByLabel('Name').fill('Order system');
    await admin.getByLabel('Only from these addresses').fill('127.0.0.0/8\nnowhere');
    await look(admin, 'people-key-form');
    await press(admin, 'Make the key');
    await admin.getByText('is not an address or a range').waitFor();
    await admin.getByLabel('Only from these addresses').fill('127.0.0.0/8');
    await press(admin, 'Make the key');
    await admin.getByText('The key Order system').waitFor();
    const key = await shownOnce(admin);
    expect(await use(key)).toBe(200);
    const row = admin.getByRole('row', { name: /Order system/ });

    await row.getByRole('button', { name: 'More for Order system' }).click();
    await admin.getByRole('menuitem', { name: 'Rotate' }).click();
    await press(admin, 'Rotate');
    await admin.getByRole('dialog').getByText('The value before stops working').waitFor();
    const rotated = await shownOnce(admin);
    expect([await use(key), await use(rotated)]).toEqual([200, 200]);
    await row.getByText('127.0.0.1').waitFor();
    await look(admin, 'people-keys');

    await row.getByRole('button', { name: 'More for Order system' }).click();
    await admin.getByRole('menuitem', { name: 'Revoke' }).click();
    await press(admin, 'Revoke');
    await row.getByText('Revoked', { exact: true }).waitFor();
    expect([await use(key), await use(rotated)]).toEqual([401, 401]);
    await admin.setViewportSize(phone);
    await admin.reload();
    await row.waitFor();
    await look(admin, 'people-keys-phone');
  });

  test('the page says how an agent connects with a key', async () => {
    await admin.setViewportSize({ width: 1360, height: 850 });
    await open(admin, 'settings/api-keys');
    await admin.getByLabel('Endpoint', { exact: true }).getByText(`${api.url}/mcp`).waitFor();
    const configuration = admin.getByLabel('Configuration', { exact: true });
    await configuration.getByText(`claude mcp add --transport http interlock ${api.url}/mcp`).waitFor();
    await admin.getByLabel('Client').selectOption('VS Code');
    await configuration.getByText('promptString').waitFor();
    await configuration.scrollIntoViewIfNeeded();
    await look(admin, 'people-agent');
    await admin.getByLabel('GraphQL endpoint').getByText(`${api.url}/graphql`).waitFor();
    // What it shows can be sent as it is.
    const query = await admin.getByLabel('Query', { exact: true }).textContent();
    const asked = await asking(acme.as.viewer)(query ?? '');
    expect(asked.body).toMatchObject({ data: { exceptions: { nodes: [] } } });
    await admin.setViewportSize(phone);
    await admin.reload();
    await configuration.scrollIntoViewIfNeeded();
    await look(admin, 'people-agent-phone');
  });

  test('a session is ended from the profile, and its page says so', async () => {
    const other = await newPage();
    await signIn(other, beas);
    await open(bea, 'profile');
    await bea.getByText('this session').waitFor();
    await look(bea, 'people-profile-phone');
    await bea.getByRole('button', { name: /^End the session of/ }).click();
    await press(bea, 'End');
    await bea.getByRole('button', { name: /^End the session of/ }).waitFor({ state: 'detached' });
    await other.getByText('Your session has ended.').waitFor();
    await look(other, 'people-session-ended');

    await bea.getByLabel('The name that others see').fill('Bea Two');
    await bea.keyboard.press('Enter');
    await bea.getByText('Name changed').waitFor();
    await bea.getByLabel('Current password').fill(beas.password);
    await bea.getByLabel('New password').fill('anchor pebble seven');
    await bea.keyboard.press('Enter');
    await bea.getByText('Password changed.').waitFor();
    expect((await api.signIn(beas.email, 'anchor pebble seven')).status).toBe(200);
  });
});
