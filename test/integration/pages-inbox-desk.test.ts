import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { requireApproval } from '../support/approvals.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the inbox as a desk', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  const runs: string[] = [];
  let caseId: string;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    const { as } = acme;
    const checking = await publishPlaybook(as.tool_admin, {
      name: 'checking',
      title: 'Check a payment',
      steps: [
        {
          id: 'check',
          type: 'manual',
          title: 'Check the account',
          instructions: 'Look whether the money has arrived.',
          form: {
            type: 'object',
            required: ['found'],
            properties: { found: { type: 'string', title: 'What was found' } },
          },
        },
      ],
    });
    await as.tool_admin('POST', '/api/tools', {
      name: 'refund',
      title: 'Refund',
      type: 'dummy',
      inputSchema: { type: 'object', properties: { order: { type: 'string' } } },
    });
    const refunding = await publishPlaybook(as.tool_admin, {
      name: 'refunding',
      title: 'Refund an order',
      steps: [
        {
          id: 'refund',
          type: 'call_tool',
          title: 'Refund the order',
          tool: 'refund',
          input: { order: '${{ exception.attributes.order }}' },
        },
      ],
    });
    const severities = ['critical', 'high', 'high', 'medium', 'low', 'low', 'low', 'low'];
    for (const [n, severity] of severities.entries()) {
      const made = await as.operator('POST', '/api/exceptions', {
        title: `Payment ${n + 1} missing`,
        severity,
        description: 'The customer has asked twice.',
        attributes: { order: `A-${n + 1}`, amount: 120 + n },
      });
      caseId ??= made.body.id;
      const runId = await startRun(as.operator, n < 6 ? checking : refunding, { exceptionId: made.body.id });
      await stepWhen(as.operator, runId, n < 6 ? 'check' : 'refund', 'waiting');
      runs.push(runId);
    }
    await as.operator('POST', `/api/exceptions/${caseId}/comments`, { body: 'The bank was **called**.' });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const list = (of = page) => of.getByRole('list', { name: 'Waiting steps' });
  const row = (text: string, of = page) => list(of).getByRole('listitem').filter({ hasText: text });
  const selection = (of = page) => of.getByRole('region', { name: 'Selection' });
  const open = (query = '', of = page) => of.goto(`/t/${acme.slug}/inbox${query}`);
  const stepOf = async (n: number) => {
    const { body } = await acme.as.operator('GET', `/api/playbook-runs/${runs[n]}`);
    return body.steps[0];
  };
  const pressed = async (name: string, of = page) => {
    const button = of.getByRole('dialog').getByRole('button', { name });
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe(null);
    return button;
  };

  test('the pane shows the case; a comment is added there, and what is typed is kept', async () => {
    await open();
    await row('Payment 1 missing').waitFor();
    const pane = page.getByRole('region', { name: 'Case', exact: true });
    await pane.getByRole('row', { name: 'order A-1' }).waitFor();
    await pane.getByText('The bank was called.').waitFor();
    await pane.getByText('The customer has asked twice.').waitFor();
    const comment = pane.getByRole('textbox', { name: 'Comment' });
    await comment.fill('Not sent yet');
    await page.keyboard.press('Escape');
    await row('Payment 2 missing').getByRole('button').click();
    await pane.getByRole('row', { name: 'order A-2' }).waitFor();
    expect(await comment.inputValue()).toBe('');
    await row('Payment 1 missing').getByRole('button').click();
    await expect.poll(() => comment.inputValue()).toBe('Not sent yet');
    await comment.press('ControlOrMeta+Enter');
    await pane.getByText('Not sent yet').waitFor();
    await look(page, 'inbox-desk');
  });

  test('steps are selected and claimed by keys, and the claim is undone', async () => {
    await open();
    await row('Payment 1 missing').waitFor();
    await page.keyboard.press('x');
    await selection().getByText('1 selected').waitFor();
    await page.keyboard.press('Shift+J');
    await selection().getByText('2 selected').waitFor();
    await page.keyboard.press('Shift+C');
    await page.getByText('2 steps are yours').waitFor();
    expect((await stepOf(0)).claimedBy.name).toBe('Ana Admin');
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
    await eventually(
      async () => (await stepOf(0)).claimedBy === null && (await stepOf(1)).claimedBy === null,
    );

    await row('Payment 3 missing').getByRole('checkbox').check();
    await page.keyboard.press('Shift+A');
    await page.getByRole('dialog').getByLabel('To').selectOption('role~approver');
    await page.getByRole('dialog').getByRole('button', { name: 'Reassign' }).click();
    await page.getByText('1 step was assigned').waitFor();
    expect((await stepOf(2)).assignee).toEqual({ role: 'approver' });
    await page
      .getByRole('region', { name: 'Messages' })
      .getByRole('button', { name: 'Undo' })
      .first()
      .click();
    await eventually(async () => (await stepOf(2)).assignee.role === 'operator');
  });

  test('one key or one click selects the steps that are alike, and no others', async () => {
    await open();
    await row('Payment 1 missing').waitFor();
    await page.keyboard.press('Shift+X');
    await selection().getByText('6 selected').waitFor();
    expect(await row('Payment 7 missing').getByRole('checkbox').isChecked()).toBe(false);
    await page.keyboard.press('Escape');
    await row('Payment 8 missing').getByRole('checkbox').check();
    await selection().getByRole('button', { name: 'Alike (2)' }).click();
    await selection().getByText('2 selected').waitFor();
    expect(await row('Payment 1 missing').getByRole('checkbox').isChecked()).toBe(false);
    await page.keyboard.press('Escape');
  });

  test('a vote has the same keys as everywhere: A approves, R asks for the reason of a rejection', async () => {
    const { as } = acme;
    const signing = await publishPlaybook(as.tool_admin, {
      name: 'signing',
      steps: [
        { id: 'sign', type: 'approval', title: 'Sign it', due: 'PT1M', assignee: { role: 'tenant_admin' } },
      ],
    });
    const signed: string[] = [];
    for (const title of ['Vote one', 'Vote two']) {
      const { body } = await as.operator('POST', '/api/exceptions', { title, severity: 'critical' });
      const runId = await startRun(as.operator, signing, { exceptionId: body.id });
      await stepWhen(as.operator, runId, 'sign', 'waiting');
      signed.push(runId);
    }
    const pane = page.getByRole('region', { name: 'Sign it', exact: true });
    const armed = (name: string) =>
      pane
        .getByRole('button', { name, exact: true })
        .and(page.locator('button:not([aria-disabled])'))
        .waitFor();
    await open('?q=Vote');
    await row('Vote one').getByRole('button').click();
    await armed('Reject');
    await page.keyboard.press('r');
    await pane.locator('textarea:focus').waitFor();
    await page.keyboard.type('No invoice');
    await armed('Reject');
    await page.keyboard.press('Control+Enter');
    await eventually(async () => {
      const { body } = await as.operator('GET', `/api/playbook-runs/${signed[0]}`);
      return JSON.stringify(body.steps[0]).includes('No invoice');
    });
    await row('Vote two').getByRole('button').click();
    await armed('Approve');
    await page.keyboard.press('a');
    await stepWhen(as.operator, signed[1]!, 'sign', 'completed');
  });

  test('the list is grouped, with counts; a closed group stays closed', async () => {
    await open();
    await row('Payment 1 missing').waitFor();
    await page.keyboard.press('Shift+G');
    await page.getByRole('menuitem', { name: 'By severity' }).click();
    const low = list()
      .getByRole('button', { name: 'Low', exact: false })
      .and(page.locator('[aria-expanded]'));
    await expect.poll(() => low.textContent()).toContain('4');
    await low.click();
    await expect.poll(() => row('Payment 8 missing').count()).toBe(0);
    await page.reload();
    await row('Payment 1 missing').waitFor();
    await expect.poll(() => low.getAttribute('aria-expanded')).toBe('false');
    expect(await row('Payment 8 missing').count()).toBe(0);
    await look(page, 'inbox-groups');
    await page.keyboard.press('Shift+H');
    await row('Payment 8 missing').waitFor();
  });

  test('alike steps are completed with one form after one preview; what others did stays in sight', async () => {
    await open();
    await row('Payment 1 missing').waitFor();
    for (const n of [1, 2, 3, 7]) await row(`Payment ${n} missing`).getByRole('checkbox').check();
    await page.keyboard.press('Shift+E');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Left out (1)').waitFor();
    await sheet.getByText('It is another step: Refund the order').waitFor();
    // Whoever types at once types into the form.
    await sheet.locator('input:focus').waitFor();
    await sheet.getByLabel('What was found').fill('Nothing');
    await look(page, 'inbox-complete-alike');
    // Someone else is faster with one of them.
    await acme.as.operator('POST', `/api/playbook-runs/${runs[1]}/steps/check/complete`, {
      input: { found: 'All of it' },
    });
    await (await pressed('Complete step (3)')).click();
    await sheet.getByText(/2 completed and 1 already completed by operator key/).waitFor();
    await look(page, 'inbox-completed-alike');
    expect((await stepOf(0)).output).toEqual({ found: 'Nothing' });
    expect((await stepOf(1)).output).toEqual({ found: 'All of it' });
    await sheet.getByRole('button', { name: 'Close' }).last().click();
    await row('Payment 2 missing')
      .getByText(/operator key completed it/)
      .waitFor();

    // Of calls, each sends its own request.
    await page.keyboard.press('Escape');
    for (const n of [7, 8]) await row(`Payment ${n} missing`).getByRole('checkbox').check();
    await page.keyboard.press('Shift+E');
    await sheet.getByText(/A-7/).first().waitFor();
    await sheet.getByText(/A-8/).first().waitFor();
    await pressed('(2)');
    await page.keyboard.press('ControlOrMeta+Enter');
    await sheet.getByText('2 completed', { exact: true }).waitFor();
    await eventually(async () => (await stepOf(7)).status === 'completed');
  });

  test('executions are approved together after one preview, in the inbox and in their list', async () => {
    const { as } = acme;
    const { body: tool } = await as.tool_admin('POST', '/api/tools', {
      name: 'pay_out',
      title: 'Pay out',
      type: 'dummy',
      inputSchema: { type: 'object', properties: { order: { type: 'string' } } },
    });
    await requireApproval(acme, tool.id);
    const ids: string[] = [];
    for (const order of ['B-1', 'B-2', 'B-3', 'B-4']) {
      const { body } = await as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: { order } });
      ids.push(body.id);
    }
    const statusOf = async (n: number) =>
      (await as.operator('GET', `/api/tools/executions/${ids[n]}`)).body.approval.status;
    await open('?q=Pay+out');
    await row('Approve Pay out').first().getByRole('button').click();
    await page.keyboard.press('Shift+X');
    await selection().getByText('4 selected').waitFor();
    await page.keyboard.press('Shift+D');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('B-2').first().waitFor();
    await look(page, 'inbox-decide-many');
    await page.emulateMedia({ colorScheme: 'dark' });
    await look(page, 'inbox-decide-many-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    // Someone else is faster with one of them.
    await as.approver('POST', `/api/tools/executions/${ids[1]}/reject`, { reason: 'Not ours' });
    await pressed('Approve 4 executions');
    await page.keyboard.press('ControlOrMeta+Enter');
    await sheet.getByText(/3 approved and 1 already decided by approver key/).waitFor();
    await look(page, 'inbox-decided-many');
    expect([await statusOf(0), await statusOf(1)]).toEqual(['approved', 'rejected']);
    await sheet.getByRole('button', { name: 'Close' }).last().click();

    for (const order of ['B-5', 'B-6']) {
      const { body } = await as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: { order } });
      ids.push(body.id);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/t/${acme.slug}/executions?approval=waiting`);
    for (const n of [0, 1]) await page.getByRole('checkbox').nth(n).check();
    await selection().getByRole('button', { name: 'Approve or reject' }).click();
    await sheet.getByText('B-5').first().waitFor();
    await sheet.getByLabel('Reject').check();
    await sheet.getByLabel('Reason').fill('Sent twice');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await look(page, 'executions-decide-many-phone');
    await (await pressed('Reject 2 executions')).click();
    await sheet.getByText('2 rejected').waitFor();
    expect([await statusOf(4), await statusOf(5)]).toEqual(['rejected', 'rejected']);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('on a phone, steps are selected by a long press or “Select” and claimed by touch', async () => {
    const context = await browser.newContext({
      baseURL: api.url,
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const phone = await context.newPage();
    phone.setDefaultTimeout(30_000);
    await signIn(phone, acme);
    await open('', phone);
    await row('Payment 4 missing', phone).waitFor();
    await phone.getByRole('button', { name: 'Select', exact: true }).tap();
    await row('Payment 4 missing', phone).getByRole('button').tap();
    await selection(phone).getByText('1 selected').waitFor();
    await row('Payment 5 missing', phone).getByRole('button').tap();
    await selection(phone).getByText('2 selected').waitFor();
    await look(phone, 'inbox-phone-select');
    expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await selection(phone).getByRole('button', { name: 'Claim' }).tap();
    await phone.getByText('2 steps are yours').waitFor();
    expect((await stepOf(3)).claimedBy.name).toBe('Ana Admin');
    await phone.getByRole('button', { name: 'Done', exact: true }).tap();

    // A finger that rests on a row picks it, and lifting it does not open the step.
    const sixth = row('Payment 6 missing', phone).getByRole('button');
    const finger = { pointerType: 'touch', bubbles: true };
    await sixth.dispatchEvent('pointerdown', finger);
    await selection(phone).getByText('1 selected').waitFor();
    await sixth.dispatchEvent('pointerup', finger);
    await sixth.dispatchEvent('click');
    await selection(phone).getByText('1 selected').waitFor();
    await selection(phone).getByRole('button', { name: 'Clear' }).tap();
    await sixth.tap();
    await phone.getByRole('row', { name: 'order A-6' }).waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await look(phone, 'inbox-phone-step');
    await context.close();
  });
});
