import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const key = 'shop_live_3f9a8c27d1';

describe('the page that imports tools', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider((request, response) => sendJson(response, 200, { order: request.url })),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 1000 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  const operation = (operationId: string, summary: string, more = {}) => ({
    operationId,
    summary,
    responses: {},
    ...more,
  });
  const shop = () => ({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: provider.url }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-shop-key' } } },
    security: [{ key: [] }],
    paths: {
      '/orders/{orderId}': {
        parameters: [{ name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }],
        get: operation('getOrder', 'Look up an order'),
        trace: operation('traceOrder', 'Trace an order'),
      },
      '/refunds': { post: operation('refund', 'Refund an order', { deprecated: true }) },
    },
  });

  test('a document is read, an operation is chosen, the key is given, and the tool runs', {
    timeout: 180_000,
  }, async () => {
    await page.goto(`/t/${acme.slug}/tools`);
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByLabel('or its text').fill('no document');
    await page.getByRole('button', { name: 'Read the document' }).click();
    await page.getByText('The document is not an object.').waitFor();
    await page.getByLabel('or its text').fill(JSON.stringify(shop(), null, 1));
    await look(page, 'import-source');
    await page.getByRole('button', { name: 'Read the document' }).click();
    await page
      .getByText('3 operations: 2 new, 0 changed, 0 as imported before, 1 cannot become tools.')
      .waitFor();
    expect(await page.getByRole('checkbox', { name: /Trace an order/ }).isDisabled()).toBe(true);
    await page.getByLabel('Search', { exact: true }).fill('look up');
    await page.getByRole('checkbox', { name: /Look up an order/ }).check();
    await page.locator('#auth').getByLabel('Key').last().fill(key);
    await look(page, 'import-operations');
    await page.getByRole('button', { name: 'Import 1 tool' }).click();
    await page.getByRole('status').getByText('1 tool created.').waitFor();
    await page.getByText('Imported already:').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'import-done-phone');
    const clipped = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(clipped).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1000 });
    await page.getByRole('link', { name: 'Run the first one' }).click();
    await page.getByLabel('orderId').fill('o-1');
    await page.getByRole('button', { name: /^Preview/ }).click();
    await page.getByText(`${provider.url}/orders/o-1`).first().waitFor();
    await page.getByRole('button', { name: /^Execute/ }).click();
    await page.getByText('Succeeded').first().waitFor();
    expect(provider.requests.at(-1)?.headers['x-shop-key']).toBe(key);
  });

  test('a new edition shows whom it breaks before it is applied', { timeout: 180_000 }, async () => {
    const admin = acme.as.tool_admin;
    const refunds = (required: boolean) => {
      const parameters = [{ name: 'reason', in: 'query', required, schema: { type: 'string' } }];
      const paths = { '/refunds': { post: operation('refund', 'Refund an order', { parameters }) } };
      return JSON.stringify({ ...shop(), paths });
    };
    const { body: first } = await admin('POST', '/api/imports', {
      document: refunds(false),
      connectorName: 'second_shop',
    });
    const made = await admin('POST', `/api/imports/${first.id}/apply`, { operations: ['POST /refunds'] });
    const { body: tool } = await admin('GET', `/api/tools/${made.body.toolIds[0]}`);
    const step = { id: 'refund', type: 'call_tool', title: 'Refund it', tool: tool.name, input: {} };
    const { body: playbook } = await admin('POST', '/api/playbooks', {
      name: 'give_back',
      title: 'Give back',
      steps: [step],
    });
    expect((await admin('POST', `/api/playbooks/${playbook.id}/publish`, {})).status).toBe(200);

    await page.goto(`/t/${acme.slug}/tools/import`);
    await page.getByLabel('or its text').fill(refunds(true));
    await page.getByLabel('Connector').fill('second_shop');
    await page.getByRole('button', { name: 'Read the document' }).click();
    await page.getByText('Used by Give back (v1).').waitFor();
    await page.getByText('reason is required').first().waitFor();
    await page.getByRole('checkbox', { name: /Refund an order/ }).check();
    await page.getByText(`Breaks those who use ${tool.name}, as listed above.`).waitFor();
    await look(page, 'import-changed');
    await page.getByRole('button', { name: 'Import 1 tool' }).click();
    await page.getByRole('status').getByText('1 updated.').waitFor();
  });
});
