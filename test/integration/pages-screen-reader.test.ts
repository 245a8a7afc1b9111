import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { publishPlaybook, startRun } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;

declare global {
  interface Window {
    said: string[];
  }
}

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist });
  acme = await api.tenant();
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(60_000);
  // What a polite live region says, in order.
  await page.addInitScript(() => {
    window.said = [];
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest('[data-announcer] [aria-live]');
        if (region?.textContent) window.said.push(region.textContent.trim());
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await signIn(page, acme);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

const said = () => page.evaluate(() => window.said);
const hears = (words: string) => expect.poll(said, { timeout: 30_000 }).toContain(words);
const open = (path: string) => page.goto(`/t/${acme.slug}/${path}`);
const focus = () =>
  page.evaluate(() => {
    const active = document.activeElement;
    return (
      active?.getAttribute('aria-label') ??
      (active?.tagName === 'BODY' ? 'BODY' : active?.textContent?.trim())
    );
  });

test('another page says its title and has the focus; the first one is left to the browser', async () => {
  await open('home');
  const main = page.getByRole('navigation', { name: 'Main' });
  await main.getByRole('link', { name: 'Executions' }).press('Enter');
  await hears('Executions');
  expect(await said()).toEqual(['Executions']);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  // By the palette too, which has the focus while it closes.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('schedules');
  await page
    .getByRole('option', { name: /^Schedules/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await hears('Schedules');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
});

test('what changes by itself is said politely, and many changes in a row are said once', async () => {
  const playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'flood',
    title: 'Flood',
    steps: [{ id: 'look', type: 'manual', title: 'Look', assignee: { role: 'tenant_admin' } }],
  });
  await startRun(acme.as.operator, playbook);
  await open('inbox');
  await page.getByRole('list', { name: 'Waiting steps' }).getByRole('button').first().waitFor();
  for (let count = 0; count < 6; count += 1) await startRun(acme.as.operator, playbook);
  await hears('Inbox, waiting: 7');
  const about = (await said()).filter((words) => words.startsWith('Inbox'));
  expect(about.length, about.join(' | ')).toBeLessThanOrEqual(3);
});

test('the outcome of the execution that a page is about is said', async () => {
  const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'slow',
    title: 'Slow',
    type: 'dummy',
    config: { delayMs: 6_000 },
    timeoutMs: 20_000,
  });
  const { body } = await acme.as.operator(
    'POST',
    `/api/tools/${tool.id}/execute`,
    {},
    { prefer: 'respond-async' },
  );
  await open(`executions/${body.id}`);
  await hears('Execution: Succeeded');
});

test('a form that is refused says so and leads to the field that is wrong', async () => {
  await open('settings/api-keys');
  await page.getByRole('button', { name: 'New API key' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Order system');
  const addresses = dialog.getByLabel('Only from these addresses');
  await addresses.fill('nowhere');
  await dialog.getByLabel('Name').focus();
  await page.keyboard.press('Control+Enter');
  await dialog.getByRole('alert').waitFor();
  await expect.poll(() => addresses.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await addresses.getAttribute('aria-invalid')).toBe('true');
  const described = await addresses.getAttribute('aria-describedby');
  const words = await page
    .locator(
      described!
        .split(' ')
        .map((id) => `[id="${id}"]`)
        .join(', '),
    )
    .allTextContents();
  expect(words.join(' ')).toContain('is not an address or a range');
});

test('Escape asks before it discards what was typed; afterwards the focus is on what opened the dialog', async () => {
  await open('exceptions');
  const opener = page.getByRole('button', { name: 'New exception' }).first();
  await opener.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Title/).fill('A long story');
  await page.keyboard.press('Escape');
  await dialog.getByText('Press Esc again to discard what you have typed.').waitFor();
  expect(await dialog.getByLabel(/^Title/).inputValue()).toBe('A long story');
  await page.mouse.click(5, 5);
  expect(await dialog.getByLabel(/^Title/).inputValue()).toBe('A long story');
  await dialog.getByLabel(/^Title/).press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(focus).toContain('New exception');

  // What is opened from a menu returns to the button of the menu.
  await acme.as.tenant_admin('POST', '/api/webhooks', { url: 'https://engine.example/hooks' });
  await open('settings/webhooks');
  await page.getByRole('button', { name: 'More for engine.example' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Edit' }).press('Enter');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(focus).toBe('More for engine.example');
});

test('a way of being told is changed by a digit and a letter, and what it is now is said', async () => {
  await open('profile/notifications');
  const kind = page.getByRole('group', { name: 'Critical exception opened' });
  await kind.waitFor();
  await page.keyboard.press('8');
  await kind.locator('input:focus').waitFor();
  await page.keyboard.press('b');
  await hears('Critical exception opened: Browser, on');
  await page.keyboard.press('q');
  await hears('Quiet hours: on');
  await page.keyboard.press('Control+s');
  await page.getByText('Notification settings saved').waitFor();
  // The button has nothing more to save, and keeps the place of the keys.
  await kind.locator('input:focus').waitFor();
  await page.reload();
  await expect.poll(() => kind.getByLabel('Browser').isChecked()).toBe(true);
  expect(await page.getByLabel('Hold email, browser and tools back at night').isChecked()).toBe(true);
});

test('a template is chosen by its digit, with the tool that was chosen in its row', async () => {
  await open('playbooks');
  await page.getByRole('heading', { name: 'Playbooks' }).waitFor();
  await page
    .getByRole('link', { name: /^Templates/ })
    .first()
    .waitFor();
  await page.keyboard.press('t');
  await page.getByRole('link', { name: 'Use Access request' }).waitFor();
  await page.keyboard.press('4');
  await page.waitForURL(/\/playbooks\/new\?template=access-request/);
});

test('a page zoomed to 200 % scrolls in one direction only, and its dialogs fit', async () => {
  await page.setViewportSize({ width: 640, height: 425 });
  for (const path of ['inbox', 'exceptions', 'tools/new', 'settings/members', 'profile', 'playbooks/new']) {
    await open(path);
    await page.locator('h1').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(640);
  }
  await open('exceptions');
  await page.getByRole('button', { name: 'New exception' }).first().click();
  const send = page.getByRole('dialog').getByRole('button', { name: 'Create exception' });
  await send.waitFor();
  const box = (await send.boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(425);
});
