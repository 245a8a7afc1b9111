import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { publishPlaybook } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of rules', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    await publishPlaybook(acme.as.tool_admin, {
      name: 'look',
      title: 'Look at it',
      steps: [{ id: 'check', type: 'manual', title: 'Check', assignee: { role: 'operator' } }],
    });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  test('an admin writes rules and moves them by keyboard; who opens an exception sees what they will do, and then what they did', async () => {
    await page.goto(`/t/${acme.slug}/settings/rules`);
    await page.getByText('No rules yet.').waitFor();
    await page.getByRole('button', { name: 'Add rule' }).click();
    const sheet = page.getByRole('dialog', { name: 'Add rule' });
    await sheet.getByLabel('Name').fill('Outages');
    await sheet.getByLabel('Condition').fill('title ~> /outage/i');
    // What is wrong is said while it is typed.
    await sheet.getByText('There is no “title” here.').waitFor();
    await sheet.getByLabel('Condition').fill('$contains($lowercase(exception.title), "outage")');
    await sheet.getByLabel('Severity to').selectOption('critical');
    await sheet.getByLabel('Assignee').selectOption('role:approver');
    await sheet.getByLabel('Due after').fill('4');
    await sheet.getByLabel('Start playbook').selectOption({ label: 'Look at it' });
    await sheet.getByLabel('Its title').fill('An outage');
    const findings = sheet.getByRole('list', { name: 'What each rule says' });
    await findings.getByText(/Severity critical · Due .* · Starts Look at it/).waitFor();
    await look(page, 'rule-editor');
    await sheet.getByRole('button', { name: 'Save' }).click();
    const rules = page.getByRole('list', { name: 'Rules' });
    await rules
      .getByText('severity critical · assigned to any approver · due in 4 h · starts Look at it')
      .waitFor();

    await acme.as.tenant_admin('POST', '/api/exception-rules', {
      name: 'Drills',
      when: { domains: ['drill'] },
      set: { severity: 'low' },
      stop: true,
    });
    await page.reload();
    const up = rules.getByRole('button', { name: 'Move Drills up' });
    await up.focus();
    await page.keyboard.press('Enter');
    await rules.getByRole('listitem').first().getByText('Drills').waitFor();
    // The focus stays with the rule: it is the first now, so the way down is what is left.
    const down = rules.getByRole('button', { name: 'Move Drills down' });
    await expect
      .poll(() => down.evaluate((button) => button === document.activeElement), { timeout: 60_000 })
      .toBe(true);

    await page.goto(`/t/${acme.slug}/exceptions`);
    await page.getByRole('button', { name: 'New exception' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New exception' });
    await dialog.getByLabel('Title').fill('An outage of the ledger');
    const preview = dialog.getByRole('region', { name: 'What the rules will do' });
    await preview.getByText(/Severity critical/).waitFor();
    await look(page, 'exception-rules-preview');
    await dialog.getByRole('button', { name: 'Create exception' }).click();
    await page.getByText(/set severity critical/).waitFor();
    await page.getByText(/chose the playbook Look at it/).waitFor();
    await look(page, 'exception-ruled');

    await page.goto(`/t/${acme.slug}/settings/rules`);
    await rules.getByText(/^Applied/).waitFor();
    await look(page, 'rules');
    await page.setViewportSize({ width: 390, height: 800 });
    await page.reload();
    await rules.getByText(/^Applied/).waitFor();
    await look(page, 'rules-phone');
    await page.setViewportSize({ width: 1360, height: 850 });
  }, 240_000);
});
