import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import type { Role } from '../../shared/identity/roles.ts';
import { requireApproval } from '../support/approvals.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

describe('an execution that two people have to approve', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let provider: ProviderServer;
  let toolId: string;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_1' }));
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const { body } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'refund_payment',
      title: 'Refund a payment',
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/refunds` },
    });
    toolId = body.id;
    await requireApproval(acme, toolId, { required: 2 });
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  async function person(name: string, roles: Role[]): Promise<Page> {
    const email = `${name}@${acme.slug}.test`;
    await peopleOf(api, acme).person(email, roles);
    const context = await browser.newContext({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await signIn(page, { email, password: testPassword });
    return page;
  }
  const ask = async (amount: number): Promise<string> => {
    const payload = { paymentId: 'pay_7', amount };
    return (await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload })).body.id;
  };
  const panel = (page: Page) => page.getByRole('region', { name: 'Approval' });

  test('each reads the exact request and approves by key; it is sent once, and nothing moves under their hands', async () => {
    const [ana, bea] = await Promise.all([
      person('ana', ['approver']),
      person('bea', ['operator', 'approver']),
    ]);
    const id = await ask(620);
    const second = await ask(75);
    await ana.goto(`/t/${acme.slug}/inbox`);
    const rows = ana.getByRole('list', { name: 'Waiting steps' }).getByRole('button');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(2);
    expect(await rows.first().textContent()).toContain('Approve Refund a payment');
    await panel(ana).getByText('620').waitFor();
    await panel(ana).getByText('0 of 2 approved, any approver may decide').waitFor();
    await look(ana, 'approval-inbox');
    // Not before it could be read; once it is counted, the key does nothing more.
    await eventually(async () => {
      await ana.keyboard.press('a');
      return (await panel(ana).getByText('1 of 2 approved').count()) > 0;
    });
    await panel(ana).getByText('You have approved this already').waitFor();
    expect(await panel(ana).getByText('620').count()).toBeGreaterThan(0);
    expect(provider.requests).toHaveLength(0);

    await bea.goto(`/t/${acme.slug}/executions/${id}`);
    await bea.getByText('Waiting for approval').first().waitFor();
    await look(bea, 'approval-execution');
    await eventually(async () => {
      await bea.keyboard.press('a');
      return (await panel(bea).getByText('Approved by ana and bea').count()) > 0;
    });
    await bea.getByText('re_1').first().waitFor();
    expect(provider.requests).toHaveLength(1);

    await bea.goto(`/t/${acme.slug}/inbox?item=execution~${second}`);
    await panel(bea).getByText('75', { exact: false }).first().waitFor();
    await bea.setViewportSize({ width: 390, height: 800 });
    await look(bea, 'approval-phone');
    await eventually(async () => {
      await bea.keyboard.press('r');
      return bea.getByRole('dialog').isVisible();
    });
    const dialog = bea.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Reject' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('Already paid back');
    await look(bea, 'approval-reject');
    await bea.keyboard.press('Control+Enter');
    await bea.getByText('Rejected by bea: Already paid back.').first().waitFor();
    await bea.setViewportSize({ width: 1360, height: 850 });
    expect(provider.requests).toHaveLength(1);
    await ask(3);
    await bea.goto(`/t/${acme.slug}/executions`);
    await bea.getByText('Waiting for approval').first().waitFor();
    await bea.getByText('Rejected').first().waitFor();
    await look(bea, 'approval-list');
  });

  test('who approved withdraws it or rejects after all, by keyboard; each stays in the events', async () => {
    const email = `cleo@${acme.slug}.test`;
    const cleo = await person('cleo', ['approver']);
    const id = await ask(50);
    await cleo.goto(`/t/${acme.slug}/executions/${id}`);
    const approved = () =>
      eventually(async () => {
        await cleo.keyboard.press('a');
        return (await panel(cleo).getByText('1 of 2 approved').count()) > 0;
      });
    await approved();
    // A button acts once what is decided could be read.
    const press = (name: string) =>
      eventually(async () => {
        await panel(cleo).getByRole('button', { name }).press('Enter', { timeout: 1000 });
        return (await cleo.getByRole('dialog').count()) > 0;
      });
    await press('Withdraw approval');
    await cleo.getByRole('dialog').getByLabel('Reason').fill('Another order');
    await look(cleo, 'approval-withdraw');
    await cleo.keyboard.press('Control+Enter');
    await panel(cleo).getByText('0 of 2 approved').waitFor();
    await approved();
    await look(cleo, 'approval-change');
    await press('Reject');
    await cleo.getByRole('dialog').getByLabel('Reason').fill('Paid back by hand');
    await cleo.keyboard.press('Control+Enter');
    await cleo.getByText('Rejected by cleo: Paid back by hand.').first().waitFor();
    await cleo.reload();
    await cleo.getByRole('list', { name: 'Events' }).getByText('ToolExecutionApprovalWithdrawn').waitFor();

    const steps = [{ id: 'sign', type: 'approval', title: 'Sign the refund', required: 2 }];
    const as = acme.as.tool_admin;
    const runId = await startRun(acme.as.operator, await publishPlaybook(as, { name: 'signed', steps }));
    await stepWhen(acme.as.operator, runId, 'sign', 'waiting');
    await peopleOf(api, acme)
      .person(email, ['approver'])
      .then((call) => complete(call, runId, 'sign', { outcome: 'approved' }));
    await cleo.setViewportSize({ width: 390, height: 800 });
    await cleo.goto(`/t/${acme.slug}/playbook-runs/${runId}?step=sign`);
    const step = cleo.getByRole('region', { name: 'Sign the refund' });
    await step.getByText('1 of 2 approved: cleo').waitFor();
    await look(cleo, 'approval-step-change-phone');
    await eventually(async () => {
      await step.getByRole('button', { name: 'Withdraw approval' }).press('Enter', { timeout: 1000 });
      return (await cleo.getByRole('dialog').count()) > 0;
    });
    await cleo.getByRole('dialog').getByLabel('Reason').fill('Another order');
    await cleo.keyboard.press('Control+Enter');
    await step.getByText('0 of 2 approved').waitFor();
    await step.getByRole('button', { name: 'Approve' }).waitFor();
  }, 180_000);
});
