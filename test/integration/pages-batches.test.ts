import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of batches', () => {
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
        required: ['paymentId', 'amount'],
        properties: { paymentId: { type: 'string' }, amount: { type: 'number', exclusiveMinimum: 0 } },
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

  const button = (name: string) => page.getByRole('button', { name, exact: true });

  test('rows are previewed, a sample is made, the rest follows, and what failed is retried', {
    timeout: 180_000,
  }, async () => {
    await page.goto(`/t/${acme.slug}/batches`);
    await page.getByText('No batches yet.').waitFor();
    await page.getByRole('link', { name: 'New batch' }).first().click();
    await page.getByLabel('Tool').selectOption({ label: 'Refund a payment' });
    await page.getByLabel('or its text').fill('paymentId,amount\npay_1,-1\npay_2,2.50\n');
    await button('Preview').click();
    await page.getByText('row 1, amount:').waitFor();
    await page.getByLabel('or its text').fill('paymentId,amount\npay_1,1\npay_2,2.50\npay_3,3\n');
    await page.getByLabel('Once for each').selectOption('paymentId');
    await page.getByLabel('Sample').fill('1');
    await button('Preview').click();
    await page.getByText('Nothing was sent yet.').waitFor();
    await page.getByText('"amount":2.50').waitFor();
    await look(page, 'batch-preview');
    expect(provider.requests).toEqual([]);
    await button('Start 3 calls').click();
    await page.getByText('1 of 3 ended').waitFor();
    await button('Resume').waitFor();
    await page.keyboard.press('p');
    await page.getByText('3 of 3 ended, 1 failed').waitFor();
    await page.getByRole('cell', { name: /400/ }).waitFor();
    await look(page, 'batch-failed');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'batch-failed-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1000 });
    broken = false;
    await button('Retry what failed').waitFor();
    await page.keyboard.press('r');
    await page.getByText('3 of 3 ended', { exact: true }).waitFor();
    expect(provider.requests).toHaveLength(4);
  });

  test('a graph of calls is shown in the order in which they are made', { timeout: 180_000 }, async () => {
    const call = (id: string, dependsOn: string[] = []) => ({
      id,
      tool: 'refund_payment',
      payload: { paymentId: id, amount: 1 },
      dependsOn,
    });
    const { body } = await acme.as.operator('POST', '/api/batches', {
      title: 'Refund in parts',
      calls: [
        call('total', ['left', 'right']),
        call('left', ['begin']),
        call('right', ['begin']),
        call('begin'),
      ],
    });
    expect(body.status, JSON.stringify(body)).toBe('succeeded');
    await page.goto(`/t/${acme.slug}/batches/${body.id}`);
    const graph = page.getByRole('region', { name: 'Graph of calls' });
    await graph.getByText('after left, right').waitFor({ state: 'attached' });
    expect(await graph.getByRole('treeitem').count()).toBe(4);
    await graph.getByRole('treeitem').first().focus();
    await page.keyboard.press('End');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('after left, right');
    await look(page, 'batch-graph');
  });
});
