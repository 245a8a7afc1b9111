import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;
let playbookId: string;

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist });
  acme = await api.tenant();
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(60_000);
  await signIn(page, acme);
  playbookId = await publishPlaybook(acme.as.tool_admin, {
    name: 'double_charge',
    title: 'Double charge',
    steps: [
      { id: 'check', type: 'manual', title: 'Check the account' },
      {
        id: 'choice',
        type: 'decision',
        title: 'Refund it?',
        options: [
          { id: 'refund', title: 'Refund', steps: [{ id: 'pay', type: 'manual', title: 'Pay it back' }] },
          {
            id: 'refuse',
            title: 'Refuse',
            end: true,
            steps: [{ id: 'write', type: 'manual', title: 'Write to the customer' }],
          },
        ],
      },
      { id: 'close', type: 'manual', title: 'Close the case', when: 'steps.pay.status = "completed"' },
    ],
  });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

const tree = () => page.getByRole('tree', { name: 'Steps as a graph' });
const node = (name: string | RegExp) => tree().getByRole('treeitem', { name });
const focused = () => page.evaluate('document.activeElement.querySelector(".sr-only").textContent');

test('on a run, the graph shows where it is, what was taken and what was not, and opens steps by key and click', async () => {
  const as = acme.as.operator;
  const runId = await startRun(as, playbookId);
  await stepWhen(as, runId, 'check', 'waiting');
  expect((await complete(as, runId, 'check')).status).toBe(200);
  await stepWhen(as, runId, 'choice', 'waiting');
  expect((await complete(as, runId, 'choice', { outcome: 'refund' })).status).toBe(200);
  await stepWhen(as, runId, 'pay', 'waiting');

  await page.goto(`/t/${acme.slug}/playbook-runs/${runId}`);
  await page.getByRole('button', { name: 'Graph' }).click();
  await node(/^1\. Check the account,.*Succeeded$/).waitFor();
  await node(/^If Refund, taken$/).waitFor();
  await node(/^If Refuse, then it ends, Refund was chosen, not taken$/).waitFor();
  await node(/^3\. Pay it back,.*Waiting$/).waitFor();
  await node(/^4\. Write to the customer,.*not taken$/).waitFor();
  await node(/^5\. Close the case,.*conditional, not reached$/).waitFor();
  expect(await node(/Pay it back/).getAttribute('aria-current')).toBe('step');
  expect(await node(/Pay it back/).getAttribute('aria-selected')).toBe('true');
  await look(page, 'run-graph');

  // One stop for Tab; arrow keys lead through everything.
  expect(await tree().locator('[tabindex="0"]').count()).toBe(1);
  await node(/Pay it back/).focus();
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toMatch(/^If Refund/);
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toMatch(/^If Refuse/);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.waitForURL(/step=check/);
  await page.waitForURL(/view=graph/);
  expect(await node(/Check the account/).getAttribute('aria-selected')).toBe('true');
  await node(/Pay it back/).click();
  await page.waitForURL(/step=pay/);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Fit' }).click();
  await look(page, 'run-graph-phone');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.setViewportSize({ width: 1360, height: 850 });

  // It follows the run.
  expect((await complete(as, runId, 'pay')).status).toBe(200);
  await node(/^5\. Close the case,.*conditional, Waiting$/).waitFor();
  await page.getByRole('button', { name: 'List' }).click();
  await page.getByRole('list', { name: 'Steps' }).waitFor();
}, 240_000);

test('on the page of a playbook, a step of the graph leads to its place in the list', async () => {
  await page.goto(`/t/${acme.slug}/playbooks/${playbookId}`);
  await page.getByRole('button', { name: 'Graph' }).click();
  expect(await node(/^4\. Write to the customer/).textContent()).not.toMatch(/taken|reached/);
  await look(page, 'playbook-graph');
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'playbook-graph-phone');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.setViewportSize({ width: 1360, height: 850 });
  await node(/Close the case/).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Steps' }).waitFor();
  expect(await page.evaluate('document.activeElement.textContent')).toContain('Close the case');
}, 120_000);

/** The titles of the steps in reading order. */
const order = async () => {
  const names = await tree().getByRole('treeitem').allTextContents();
  return names.flatMap((name) => /^\d+\. ([^,]+),/.exec(name)?.[1] ?? []);
};
/** Without what an earlier test has typed. */
const edit = async () => {
  await page.goto(`/t/${acme.slug}/playbooks/${playbookId}`);
  await page.evaluate('sessionStorage.clear()');
  await page.goto(`/t/${acme.slug}/playbooks/${playbookId}/edit`);
  await page.getByRole('button', { name: 'Graph' }).click();
  await node(/Pay it back/).waitFor();
};
const first = ['Check the account', 'Refund it?', 'Pay it back', 'Write to the customer', 'Close the case'];

test('beside the editor, the graph is of the same document, and opens steps in the list', async () => {
  await edit();
  await node(/Pay it back/).click();
  const title = page.getByLabel('Title').last();
  await expect.poll(() => page.evaluate('document.activeElement.value')).toBe('Pay it back');
  await page.keyboard.insertText(' twice');
  await node(/Pay it back twice/).waitFor();
  expect(await title.inputValue()).toBe('Pay it back twice');
  await look(page, 'editor-graph');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'editor-graph-dark');
  await page.emulateMedia({ colorScheme: 'light' });
}, 120_000);

test('by keys, a step moves, goes to a chosen place, is added and removed; undo and redo go through all of it', async () => {
  await edit();
  expect(await order()).toEqual(first);
  await node(/Close the case/).focus();
  await page.keyboard.press('Alt+ArrowUp');
  // Into the last option, after what is there.
  await node(/^5\. Close the case/)
    .and(page.locator('[aria-level="3"]'))
    .waitFor();
  expect(await focused()).toMatch(/Close the case/);
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(order).toEqual([first[0], first[1], first[2], first[4], first[3]]);
  // What would be wrong there is said, and the step may go there all the same.
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Position').selectOption({ label: 'Before Check the account' });
  await dialog.getByText('Close the case would use a result of Pay it back that is not there yet.').waitFor();
  await look(page, 'editor-graph-move');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect.poll(order).toEqual([first[4], ...first.slice(0, 4)]);
  await expect.poll(focused).toMatch(/Close the case/);
  // It is a step of the list too.
  expect(await page.locator('[data-step="/steps/0"]').textContent()).toContain('Close the case');

  await page.keyboard.press('a');
  await page.getByRole('menuitem', { name: 'Do something by hand' }).click();
  await expect.poll(() => page.evaluate('document.activeElement.outerHTML.slice(0, 300)')).toMatch(/^<input/);
  await page.keyboard.insertText('Ask for help');
  await node(/^2\. Ask for help/).waitFor();
  await node(/Ask for help/).focus();
  await page.keyboard.press('Delete');
  await expect.poll(order).toEqual([first[4], ...first.slice(0, 4)]);
  expect(await focused()).toMatch(/Check the account/);

  const undo = page.getByRole('button', { name: 'Undo', exact: true }).first();
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await order())[1]).toBe('Ask for help');
  while (await undo.isEnabled()) await undo.click();
  await expect.poll(order).toEqual(first);
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  const redo = page.getByRole('button', { name: 'Redo', exact: true });
  while (await redo.isEnabled()) await redo.click();
  await expect.poll(order).toEqual([first[4], ...first.slice(0, 4)]);
  while (await undo.isEnabled()) await undo.click();
  await expect.poll(order).toEqual(first);

  // In the JSON the same keys go through the same changes.
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
  const text = page.getByRole('textbox', { name: 'Playbook as JSON' });
  await text.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('!');
  await page.getByText('Unsaved changes').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
}, 240_000);

/** The middle of a step. */
const middle = async (name: RegExp) => {
  await node(name).scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await node(name).boundingBox())!;
  return { x: x + width / 2, y: y + height / 2, top: y };
};

test('by mouse, a step is dragged to a place that is shown; an illegal one is refused with words, and Esc cancels', async () => {
  await edit();
  const ghost = page.locator('[data-dragged]');
  const pick = async (name: RegExp) => {
    const from = await middle(name);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 12, from.y + 12);
    await ghost.waitFor();
  };
  const over = async (name: RegExp) => {
    const to = await middle(name);
    await page.mouse.move(to.x, to.top - 8, { steps: 4 });
  };
  await pick(/Check the account/);
  await over(/Pay it back/);
  await ghost.getByText('before Pay it back').waitFor();
  await look(page, 'editor-graph-drag');
  await page.keyboard.press('Escape');
  await ghost.waitFor({ state: 'detached' });
  await page.mouse.up();
  expect(await order()).toEqual(first);

  await pick(/Refund it\?/);
  await over(/Pay it back/);
  await ghost.getByText('A step cannot be moved into itself.').waitFor();
  await page.mouse.up();
  await page
    .getByRole('status')
    .filter({ hasText: 'A step cannot be moved into itself.' })
    .waitFor({ state: 'attached' });
  expect(await order()).toEqual(first);

  await pick(/Check the account/);
  await over(/Pay it back/);
  await ghost.getByText('before Pay it back').waitFor();
  await page.mouse.up();
  await expect.poll(order).toEqual([first[1], first[0], ...first.slice(2)]);
  expect(await focused()).toMatch(/Check the account/);
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect.poll(order).toEqual(first);

  // On a line, a step is added.
  await page.getByRole('button', { name: 'Add a step before Pay it back' }).click();
  await page.getByRole('menuitem', { name: 'Notify' }).click();
  await expect.poll(() => page.evaluate('document.activeElement.outerHTML.slice(0, 300)')).toMatch(/^<input/);
  await page.keyboard.insertText('Tell the bank');
  await node(/^3\. Tell the bank/).waitFor();
}, 240_000);

test('it opens fitted, and is zoomed by buttons, keys, wheel and pinch', async () => {
  await edit();
  const frame = page.locator('[data-graph-frame]');
  const width = async () => (await node(/Check the account/).boundingBox())!.width;
  const fits = () =>
    frame.evaluate(
      (each) => each.scrollWidth <= each.clientWidth + 1 && each.scrollHeight <= each.clientHeight + 1,
    );
  expect(await fits()).toBe(true);
  const before = await width();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  expect(await width()).toBeGreaterThan(before * 1.2);
  await node(/Check the account/).focus();
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  expect(await width()).toBeLessThan(before);
  await page.keyboard.press('0');
  await expect.poll(fits).toBe(true);
  const at = await middle(/Check the account/);
  await page.mouse.move(at.x, at.y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -240);
  await page.keyboard.up('Control');
  await expect.poll(width).toBeGreaterThan(before * 1.2);
  // What is below the pointer stays there.
  const zoomed = await middle(/Check the account/);
  expect(Math.abs(zoomed.x - at.x) + Math.abs(zoomed.y - at.y)).toBeLessThan(60);
}, 120_000);

test('by touch, on a phone, a step that is held is dragged, one that is tapped is edited, and two fingers zoom', async () => {
  const phone = await browser.newPage({
    baseURL: api.url,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const desk = page;
  page = phone;
  try {
    phone.setDefaultTimeout(30_000);
    await signIn(phone, acme);
    await edit();
    await look(phone, 'editor-graph-phone');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const cdp = await phone.context().newCDPSession(phone);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number }[]) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map((point, id) => ({ ...point, id })),
      });

    const box = async () => (await node(/Check the account/).boundingBox())!;
    const before = await box();
    const [x, y] = [before.x + before.width / 2, before.y + before.height / 2];
    await touch('touchStart', { x: x - 30, y }, { x: x + 30, y });
    await touch('touchMove', { x: x - 45, y }, { x: x + 45, y });
    await touch('touchMove', { x: x - 60, y }, { x: x + 60, y });
    await touch('touchEnd');
    expect((await box()).width).toBeGreaterThan(before.width * 1.4);
    await phone.getByRole('button', { name: 'Fit' }).click();

    const from = await middle(/Check the account/);
    const to = await middle(/Pay it back/);
    await touch('touchStart', { x: from.x, y: from.y });
    await phone.locator('[data-dragged]').waitFor();
    await touch('touchMove', { x: from.x, y: from.y + 20 });
    await touch('touchMove', { x: to.x, y: to.top - 5 });
    await phone.locator('[data-dragged]').getByText('before Pay it back').waitFor();
    await look(phone, 'editor-graph-phone-drag');
    await touch('touchEnd');
    await expect.poll(order).toEqual([first[1], first[0], ...first.slice(2)]);
    await phone.getByRole('button', { name: 'Move Check the account up' }).tap();
    await expect.poll(order).toEqual(first);

    await node(/Pay it back/).tap();
    await expect.poll(() => phone.evaluate('document.activeElement.value')).toBe('Pay it back');
  } finally {
    page = desk;
    await phone.close();
  }
}, 240_000);

test('a playbook of 200 steps opens with a map, and a move of one of them is done at once', async () => {
  const steps = Array.from({ length: 200 }, (_, i) => ({ id: `s${i}`, type: 'manual', title: `Step ${i}` }));
  const large = await publishPlaybook(acme.as.tool_admin, { name: 'large', title: 'Large', steps });
  await page.goto(`/t/${acme.slug}/playbooks/${large}/edit`);
  await page.getByRole('button', { name: 'Graph' }).click();
  await node(/^1\. Step 0,/).waitFor();
  await look(page, 'editor-graph-large');
  await node(/^1\. Step 0,/).focus();
  const took = await page.evaluate(() => {
    const began = performance.now();
    document.activeElement!.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true, cancelable: true }),
    );
    return performance.now() - began;
  });
  await node(/^2\. Step 0,/).waitFor();
  expect(took).toBeLessThan(1_500);
}, 240_000);
