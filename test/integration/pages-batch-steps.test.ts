import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of steps with many calls', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;
  let broken = true;

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider(({ body }, response) =>
        broken && body.includes('pay_3')
          ? sendJson(response, 400, { error: 'This payment is locked.' })
          : sendJson(response, 200, { refundId: 're_1' }),
      ),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const made = await acme.as.tenant_admin('POST', '/api/tools', {
      name: 'refund_payment',
      title: 'Refund a payment',
      type: 'http',
      inputSchema: {
        type: 'object',
        required: ['paymentId'],
        properties: { paymentId: { type: 'string' }, note: { type: 'string' } },
      },
      config: { method: 'POST', url: `${provider.url}/refunds` },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 1000 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const noOverflow = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

  test('every request is shown, a person runs them, a sample is looked at, and what failed is retried on the step', {
    timeout: 180_000,
  }, async () => {
    const { body: exception } = await acme.as.operator('POST', '/api/exceptions', {
      title: 'Three refunds',
      attributes: {},
    });
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'refund_all',
      title: 'Refund all',
      steps: [
        {
          id: 'refunds',
          type: 'for_each',
          title: 'Refund each payment',
          tool: 'refund_payment',
          items: '${{ input.payments }}',
          payload: { paymentId: '${{ row }}' },
          sample: 1,
          onCallFailure: 'continue',
        },
        { id: 'after', type: 'manual', title: 'Tell the customer' },
      ],
    });
    const runId = await startRun(acme.as.operator, playbook, {
      input: { payments: ['pay_1', 'pay_2', 'pay_3'] },
      exceptionId: exception.id,
    });
    await stepWhen(acme.as.operator, runId, 'refunds', 'waiting');
    await page.goto(`/t/${acme.slug}/playbook-runs/${runId}`);
    const requests = page.getByRole('region', { name: 'Requests' });
    await requests.getByText('3 calls of refund_payment.').waitFor();
    await requests.getByText('"paymentId":"pay_2"').click();
    await look(page, 'step-batch-preview');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'step-batch-preview-phone');
    expect(await noOverflow()).toBe(true);
    await page.setViewportSize({ width: 1360, height: 1000 });
    expect(provider.requests).toEqual([]);

    await button(/^Run/).click();
    const batch = page.getByRole('region', { name: 'Batch' });
    await batch.getByText('1 of 3 ended').waitFor();
    await batch.getByText('The first call has ended.').waitFor();
    await look(page, 'step-batch-paused');
    await batch.getByRole('button', { name: 'Resume' }).click();
    await batch.getByText('3 of 3 ended, 1 failed').waitFor();
    await page
      .getByText(/2 of 3 calls succeeded, 1 failed\. row_3/)
      .first()
      .waitFor();
    await look(page, 'step-batch-failed');
    broken = false;
    await button(/^Retry what failed/).click();
    await stepWhen(acme.as.operator, runId, 'refunds', 'completed');
    expect(provider.requests).toHaveLength(4);

    await batch.getByRole('link', { name: 'Open batch' }).click();
    await page.getByText('Refund each payment · Refund all').first().waitFor();
    await page
      .getByRole('definition')
      .filter({ has: page.getByRole('link', { name: 'Open' }) })
      .first()
      .waitFor();
    await page.goto(`/t/${acme.slug}/exceptions/${exception.id}`);
    await page.getByText(/started the batch Refund each payment/).waitFor();
    await page.getByText(/3 of 3 calls succeeded/).waitFor();
    await look(page, 'batch-in-timeline');
  });

  test('both types are edited on the page', { timeout: 180_000 }, async () => {
    const { body } = await acme.as.tool_admin('POST', '/api/playbooks', {
      name: 'edited',
      title: 'Edited',
      steps: [
        {
          id: 'each',
          type: 'for_each',
          title: 'Each',
          tool: 'refund_payment',
          items: 'input.payments',
          payload: { paymentId: '${{ row.id }}' },
        },
        {
          id: 'graph',
          type: 'batch',
          title: 'Graph of calls',
          calls: [{ id: 'one', tool: 'refund_payment', payload: { paymentId: 'pay_1' } }],
        },
      ],
    });
    await page.goto(`/t/${acme.slug}/playbooks/${body.id}/edit`);
    await page.getByText('Each', { exact: true }).first().click();
    await page.getByLabel('Items').fill('input.orders');
    await page.getByLabel('Calls in a minute').first().fill('30');
    await look(page, 'step-for-each-editor');
    await button(/^Save/).first().click();
    await expect
      .poll(async () => (await acme.as.tool_admin('GET', `/api/playbooks/${body.id}`)).body.draft.steps[0], {
        timeout: 30_000,
      })
      .toMatchObject({ items: 'input.orders', perMinute: 30, payload: { paymentId: '${{ row.id }}' } });
    await page.getByText('Graph of calls', { exact: true }).first().click();
    await page.getByText('Calls as JSON').or(page.getByLabel('Calls as JSON')).first().waitFor();
    await look(page, 'step-batch-editor');
  });
});
