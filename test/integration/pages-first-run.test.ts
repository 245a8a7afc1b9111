import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, runWhen, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('an empty organization', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    // Without the global tools of other tests.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ webDist, databaseUrl });
    acme = await api.tenant();
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 900 } });
    page.setDefaultTimeout(25_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const guide = () => page.getByRole('list', { name: 'Your first run' });
  const home = () => page.goto(`/t/${acme.slug}/home`);
  const nextIs = (title: string) =>
    guide().locator('[aria-current=step]').getByText(title, { exact: true }).waitFor();

  test('is told what each list is for, and what to do next', async () => {
    const lists = [
      ['tools', 'Browse templates'],
      ['playbooks', 'Start from a template'],
      ['batches', 'New batch'],
      ['schedules', 'New schedule'],
      ['connectors', 'New connector'],
      ['executions', 'Choose a tool'],
      ['exceptions', 'New exception'],
    ] as const;
    for (const [list, next] of lists) {
      await page.goto(`/t/${acme.slug}/${list}`);
      const empty = page.getByText(`No ${list} yet.`).locator('..');
      await empty
        .getByText(/^(A|An|Every) (tool|playbook|batch|schedule|connector|execution|exception) /)
        .waitFor();
      expect(await empty.getByText(next).count(), list).toBe(1);
    }
    for (const list of ['tools', 'playbooks']) {
      await page.goto(`/t/${acme.slug}/${list}`);
      await page.getByText(`No ${list} yet.`).waitFor();
      expect(await page.getByRole('link', { name: /templates?$/i }).count(), list).toBe(1);
      await look(page, `first-run-${list}`);
    }
  });

  test('is led to a run that someone else approves', async () => {
    await home();
    await nextIs('Connect something');
    await page.getByText('0 of 5 done').waitFor();
    await look(page, 'first-run');
    await page.setViewportSize({ width: 390, height: 844 });
    await guide().getByRole('link', { name: 'Add a tool' }).waitFor();
    await look(page, 'first-run-phone');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.setViewportSize({ width: 1360, height: 900 });
    await guide().getByRole('link', { name: 'Add a tool' }).click();
    await page.getByText('No tools yet.').waitFor();
    await acme.as.tool_admin('POST', '/api/tools', { name: 'pay_back', title: 'Pay back', type: 'dummy' });

    await home();
    await nextIs('Run it');
    await guide().getByRole('link', { name: 'Run Pay back' }).click();
    await page.getByRole('button', { name: /^Execute/ }).click();
    await eventually(
      async () =>
        (await acme.as.viewer('GET', '/api/tools/executions?status=succeeded')).body.items.length === 1,
    );

    await home();
    await nextIs('Put it into a playbook');
    await guide().getByRole('link', { name: 'Choose a template' }).click();
    const option = page.getByLabel('Who does “Refund the payment”');
    await option.getByRole('option', { name: 'Pay back' }).waitFor({ state: 'attached' });
    await look(page, 'first-run-templates');
    await option.selectOption({ label: 'Pay back' });
    await page.getByRole('link', { name: 'Use Refund' }).click();
    await page.getByRole('button', { name: 'Duplicate Refund the payment' }).waitFor();
    await page.getByText('pay_back').first().waitFor();
    await look(page, 'first-run-editor');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await home();
    await nextIs('Start a run');
    await guide().getByRole('link', { name: 'Open Refund' }).click();
    await page.getByRole('button', { name: /Start run/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Payment').fill('pay_1');
    await dialog.getByLabel('Amount').fill('12.5');
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('Charged twice');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/playbook-runs\//);
    const runId = page.url().match(/playbook-runs\/([^/?]+)/)![1]!;
    const { tenant_admin, approver, operator } = acme.as;

    await home();
    await nextIs('Approve it as someone else');
    await page.getByText('4 of 5 done').waitFor();
    await look(page, 'first-run-approve');
    await guide().getByRole('link', { name: 'Invite someone' }).click();
    await page
      .getByRole('button', { name: /Invite/ })
      .first()
      .waitFor();
    await stepWhen(operator, runId, 'check', 'waiting');
    expect((await complete(tenant_admin, runId, 'check', { input: { owed: true } })).status).toBe(200);
    await stepWhen(operator, runId, 'approve', 'waiting');
    expect((await complete(tenant_admin, runId, 'approve', { outcome: 'approved' })).status).toBe(403);
    expect((await complete(approver, runId, 'approve', { outcome: 'approved' })).status).toBe(200);
    await stepWhen(operator, runId, 'refund', 'waiting');
    expect((await complete(operator, runId, 'refund')).status).toBe(200);
    await stepWhen(operator, runId, 'tell_customer', 'waiting');
    expect((await complete(operator, runId, 'tell_customer')).status).toBe(200);
    await runWhen(operator, runId, ({ status }) => status === 'completed');

    await home();
    await page.getByRole('heading', { name: 'Needs you now' }).waitFor();
    await eventually(
      async () => (await page.evaluate(`localStorage['interlock.guide.${acme.slug}']`)) === 'done',
    );
    expect(await guide().count()).toBe(0);
  }, 240_000);

  test('may dismiss the guide; templates are usable on a phone and each keeps what is typed to itself', async () => {
    const other = await api.tenant();
    const phone = await browser.newPage({ baseURL: api.url, viewport: { width: 390, height: 844 } });
    phone.setDefaultTimeout(25_000);
    await signIn(phone, other);
    await phone.goto(`/t/${other.slug}/home`);
    await phone.getByRole('button', { name: 'Dismiss' }).click();
    await phone.reload();
    await phone.getByRole('heading', { name: 'Needs you now' }).waitFor();
    await phone.getByText('Nothing waits for you.').waitFor();
    expect(await phone.getByRole('list', { name: 'Your first run' }).count()).toBe(0);

    await phone.goto(`/t/${other.slug}/playbooks/templates`);
    await phone.getByRole('link', { name: 'Use Sanction hit' }).waitFor();
    await look(phone, 'first-run-templates-phone');
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await phone.getByRole('link', { name: 'Use Sanction hit' }).click();
    await phone.getByLabel('Title').first().fill('Ours');
    await eventually(async () =>
      String(await phone.evaluate('JSON.stringify(sessionStorage)')).includes('Ours'),
    );
    await phone.goto(`/t/${other.slug}/playbooks/new?template=incident`);
    await phone.getByRole('heading', { name: 'Incident' }).waitFor();
    await phone.goto(`/t/${other.slug}/playbooks/new?template=sanction-hit`);
    await phone.getByRole('heading', { name: 'Ours' }).waitFor();
  }, 120_000);
});
