import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('trying on the past', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;
  let toolId: string;
  let playbookId: string;

  const definition = (more: Record<string, unknown> = {}) => ({
    name: 'refund_payment',
    title: 'Refund a payment',
    type: 'http',
    inputSchema: {
      type: 'object',
      required: ['amount'],
      properties: { amount: { type: 'number' } },
    },
    config: { method: 'POST', url: `${provider.url}/refunds`, ...more },
  });

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider((_request, response) => sendJson(response, 200, { id: 're_1', state: 'done' })),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const as = acme.as.tenant_admin;
    const made = await as('POST', '/api/tools', definition());
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    toolId = made.body.id;
    for (const amount of [1, 2, 3]) await as('POST', `/api/tools/${toolId}/execute`, { payload: { amount } });
    const next = definition({ url: `${provider.url}/v2/refunds`, transform: '$number(body.id)' });
    expect((await as('PUT', `/api/tools/${toolId}`, next)).status).toBe(200);
    playbookId = await publishPlaybook(as, {
      name: 'refunds',
      title: 'Refunds',
      steps: [{ id: 'check', type: 'manual', title: 'Check the account' }],
    });
    const exception = await as('POST', '/api/exceptions', { title: 'A refund is late', severity: 'high' });
    const runId = await startRun(as, playbookId, { exceptionId: exception.body.id });
    await stepWhen(as, runId, 'check', 'waiting');
    await complete(as, runId, 'check', {});
    await runWhen(as, runId, ({ status }) => status === 'completed');
    const steps = [
      { id: 'check', type: 'manual', title: 'Check the account' },
      {
        id: 'approve',
        type: 'approval',
        title: 'Approve it',
        when: "${{ exception.severity = 'high' }}",
      },
    ];
    const draft = await as('PUT', `/api/playbooks/${playbookId}`, {
      name: 'refunds',
      title: 'Refunds',
      steps,
    });
    expect(draft.status, JSON.stringify(draft.body)).toBe(200);
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
  const list = (name: string) => page.getByRole('list', { name });
  const overflows = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

  test('a version is replayed against past executions, and each shows what differs', {
    timeout: 180_000,
  }, async () => {
    provider.requests.length = 0;
    await page.goto(`/t/${acme.slug}/tools/${toolId}?tab=versions`);
    await button('Replay the last 50 executions').click();
    await page.getByText('3 looked at: 3 would break').waitFor();
    const items = list('Past executions').getByRole('listitem');
    await items.first().getByText('Would break').waitFor();
    await items.first().locator('summary').click();
    await items.first().getByText(`${provider.url}/v2/refunds`).waitFor();
    await look(page, 'replay-versions');
    await page.getByLabel('Show', { exact: true }).selectOption('would_break');
    expect(await list('Past executions').getByText('Would break').count()).toBe(3);
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'replay-phone');
    expect(await overflows()).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1000 });
    // Version 1 is what they were made with.
    await page.getByRole('list', { name: 'Versions' }).getByText('v1').click();
    await button('Replay the last 50 executions').click();
    await list('Past executions').getByText('Nothing differs').first().waitFor();
    expect(provider.requests).toEqual([]);
  });

  test('what is about to be saved is replayed before it is', { timeout: 180_000 }, async () => {
    await page.goto(`/t/${acme.slug}/tools/${toolId}/edit`);
    await page.getByLabel('Title').first().fill('Refund a payment again');
    await button(/^Save(?! and)/).click();
    const dialog = page.getByRole('dialog', { name: 'Save as a new version' });
    await dialog.getByRole('button', { name: 'Replay the last 50 executions' }).click();
    await dialog
      .getByText(/^The transform failed/)
      .first()
      .waitFor();
    await look(page, 'replay-review');
  });

  test('a draft is compared with the paths of past cases', { timeout: 180_000 }, async () => {
    await page.goto(`/t/${acme.slug}/playbooks/${playbookId}/edit`);
    await button(/^Backtest/).click();
    const sheet = page.getByRole('dialog', { name: 'Backtest' });
    await sheet.getByRole('button', { name: 'Backtest the last 100 cases' }).click();
    const item = list('Past cases').getByRole('listitem').first();
    await item.getByText('Another path').waitFor();
    await item.locator('summary').click();
    await item.getByText('check → approve').waitFor();
    await item.getByText('is new').waitFor();
    await look(page, 'backtest');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'backtest-phone');
    expect(await overflows()).toBe(false);
  });
});
