import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { deliveryWorkflow } from '../../shared/inbound/inbound-contract.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { breakActions } from '../support/inbound.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of inbound webhooks', () => {
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

  test('an admin connects Alertmanager, sees a delivery and what it did, changes an action on it, and redelivers it', async () => {
    await page.goto(`/t/${acme.slug}/settings/inbound-webhooks`);
    await page.getByText('No endpoints yet.').waitFor();
    await page.getByRole('button', { name: 'Add endpoint' }).click();
    const adding = page.getByRole('dialog', { name: 'Add endpoint' });
    await adding.getByLabel('What sends to it').selectOption('alertmanager');
    await look(page, 'inbound-add');
    await adding.getByRole('button', { name: 'Add endpoint' }).click();
    const connect = page.getByRole('dialog', { name: 'Connect Prometheus Alertmanager' });
    await connect.getByText('it is not shown again').waitFor();
    const receiveUrl = (await connect.locator('code', { hasText: '/hooks/' }).first().textContent()) ?? '';
    const secret = (await connect.locator('code').nth(1).textContent()) ?? '';
    await look(page, 'inbound-connect');
    await connect.getByRole('button', { name: 'Done' }).click();

    // What a source sends, right and wrong.
    const alerts = [
      {
        status: 'firing',
        labels: { alertname: 'QueueSlow', severity: 'critical' },
        annotations: { summary: 'Payments wait' },
        fingerprint: 'f1',
      },
    ];
    const send = (credential: string) =>
      fetch(receiveUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(credential).toString('base64')}`,
        },
        body: JSON.stringify({ version: '4', status: 'firing', alerts }),
      });
    expect((await send('someone:else')).status).toBe(401);
    expect((await send(secret)).status).toBe(202);

    await page.getByRole('link', { name: 'Prometheus Alertmanager' }).click();
    const deliveries = page.getByRole('list', { name: 'Deliveries' });
    await deliveries.getByText('Processed').waitFor();
    await look(page, 'inbound-endpoint');
    await deliveries.getByRole('button', { name: 'Opened EX-1.' }).click();
    const delivery = page.getByRole('dialog', { name: 'Delivery' });
    await delivery.getByText('Opened EX-1.').waitFor();
    await delivery.getByRole('region', { name: 'Body' }).first().waitFor();
    await look(page, 'inbound-delivery');
    await delivery.getByRole('button', { name: 'Redeliver' }).click();
    const asked = page.getByRole('dialog', { name: 'Redeliver?' });
    await asked.getByRole('button', { name: 'Redeliver' }).click();
    await asked.waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Edit actions' }).click();
    const editor = page.getByRole('dialog', { name: /^Actions of/ });
    const title = editor.getByLabel('Title').first();
    await title.fill('${{ item.labels. }}');
    await editor.getByText('An action is not complete.').waitFor();
    await title.fill('Alert ${{ item.labels.alertname }}');
    await editor
      .getByRole('list', { name: 'What each action would do' })
      .getByText('Alert QueueSlow')
      .waitFor();
    await look(page, 'inbound-actions');
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.waitFor({ state: 'hidden' });

    const stays = await page.evaluate(`new Promise((resolve) => {
      [...document.querySelectorAll('button')].find((button) => button.textContent === 'Edit').click();
      const choose = () => {
        const field = document.querySelectorAll('[role="dialog"] input[type="number"], [role="dialog"] input')[1];
        if (!field?.closest('[role="dialog"]').contains(document.activeElement)) return setTimeout(choose);
        field.focus();
        setTimeout(() => resolve(document.activeElement === field), 100);
      };
      choose();
    })`);
    expect(stays, 'the focus of who is quick stays where they put it').toBe(true);
    const editing = page.getByRole('dialog', { name: /^Edit/ });
    await editing.getByLabel('Deliveries a minute').fill('90');
    await look(page, 'inbound-edit');
    await editing.getByRole('button', { name: 'Save' }).click();
    await page.getByText('90 a minute, 300 at once').waitFor();

    await page.getByRole('button', { name: 'Send a test' }).click();
    const testing = page.getByRole('dialog', { name: /^Send a test/ });
    await testing.getByRole('button', { name: 'Send' }).click();
    await testing.getByText('HTTP 202').waitFor();
    await testing.getByRole('button', { name: 'Close' }).last().click();
    await deliveries.getByText('Test', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Replace secret' }).click();
    const rotating = page.getByRole('dialog', { name: /^Replace the secret/ });
    await rotating.getByRole('button', { name: 'Replace secret' }).click();
    await connect.getByText('stays valid during the overlap').waitFor();
    await connect.getByRole('button', { name: 'Done' }).click();
    expect((await send(secret)).status).toBe(202);

    // What cannot be done now says so, and what an operator has cancelled too.
    const endpointId = new URL(page.url()).pathname.split('/').at(-1)!;
    const { mend } = await breakActions(endpointId);
    const sent = await fetch(receiveUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(secret).toString('base64')}`,
      },
      body: JSON.stringify({ version: '4', status: 'firing', alerts: [] }),
    });
    const { deliveryId } = (await sent.json()) as { deliveryId: string };
    await deliveries.getByText('It is tried again.').waitFor();
    await look(page, 'inbound-waits');
    const { workflowId } = deliveryWorkflow({ tenantId: acme.id, deliveryId, round: 0 });
    await api.services.temporal.client.workflow.getHandle(workflowId).cancel();
    await deliveries.getByRole('button', { name: 'Cancelled in Temporal.' }).click();
    await delivery.getByRole('alert').getByText('Redeliver it').waitFor();
    await look(page, 'inbound-cancelled');
    await page.keyboard.press('Escape');
    await mend();

    await page.setViewportSize({ width: 390, height: 800 });
    await deliveries.waitFor();
    // A phone folds the rail when it loads a page.
    await page.reload();
    await deliveries.waitFor();
    await look(page, 'inbound-endpoint-phone');
    await page.goto(`/t/${acme.slug}/settings/inbound-webhooks`);
    await page.getByText(/1 refused/).waitFor();
    await look(page, 'inbound-phone');
    await page.setViewportSize({ width: 1360, height: 850 });
    expect(await page.getByText(/^Last received/).textContent()).not.toContain('never');
    await look(page, 'inbound');
  }, 240_000);
});
