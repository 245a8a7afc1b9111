import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist });
  acme = await api.tenant();
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(60_000);
  await signIn(page, acme);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

test('the runs of all playbooks are one list, from the playbooks, by status and by words', async () => {
  const as = acme.as.operator;
  const steps = [{ id: 'check', type: 'manual', title: 'Check' }];
  const refund = await publishPlaybook(acme.as.tool_admin, { name: 'refund', title: 'Refund', steps });
  const parcel = await publishPlaybook(acme.as.tool_admin, { name: 'parcel', title: 'Lost parcel', steps });
  const done = await startRun(as, refund);
  await stepWhen(as, done, 'check', 'waiting');
  expect((await complete(as, done, 'check')).status).toBe(200);
  await runWhen(as, done, ({ status }) => status === 'completed');
  const open = await startRun(as, parcel);
  await stepWhen(as, open, 'check', 'waiting');

  await page.goto(`/t/${acme.slug}/playbooks`);
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row');
  await rows.filter({ hasText: 'Lost parcel' }).waitFor();
  await rows.filter({ hasText: 'Refund' }).getByText('Completed').waitFor();
  await look(page, 'runs');
  await page.goto(`/t/${acme.slug}/playbook-runs?status=open`);
  await rows.filter({ hasText: 'Lost parcel' }).waitFor();
  expect(await rows.filter({ hasText: 'Refund' }).count()).toBe(0);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/playbook-runs/${open}`));
}, 240_000);
