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
  await node(/^If Refuse, then it ends, not taken$/).waitFor();
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

test('beside the editor, the graph is of the same document, and opens steps in the list', async () => {
  await page.goto(`/t/${acme.slug}/playbooks/${playbookId}/edit`);
  await page.getByRole('button', { name: 'Graph' }).click();
  await node(/Pay it back/).click();
  const title = page.getByLabel('Title').last();
  await expect.poll(() => page.evaluate('document.activeElement.value')).toBe('Pay it back');
  await page.keyboard.insertText(' twice');
  await node(/Pay it back twice/).waitFor();
  expect(await title.inputValue()).toBe('Pay it back twice');
  await look(page, 'editor-graph');
}, 120_000);
