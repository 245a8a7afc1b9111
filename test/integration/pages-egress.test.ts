import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const patience = { timeoutMs: 60_000, everyMs: 100 };

describe('the page of egress', { timeout: 180_000 }, () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let tool: string;
  let browser: Browser;
  let page: Page;

  const execute = () => acme.as.operator('POST', `/api/tools/${tool}/execute`, { payload: {} });
  const reach = async (outcome: string): Promise<number> => {
    const { body } = await acme.as.tenant_admin('GET', '/api/settings/egress/reach');
    return body.items.find((item: { outcome: string }) => item.outcome === outcome)?.count ?? 0;
  };

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider((_request, response) => sendJson(response, 200, { ok: true })),
      oneAtATime(buildWeb),
    ]);
    // Global tools of other tests would be cut off too.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ webDist, databaseUrl });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const make = async (name: string, url: string) =>
      (await acme.as.tool_admin('POST', '/api/tools', { name, type: 'http', config: { method: 'GET', url } }))
        .body.id;
    tool = await make('order_status', `${provider.url}/orders`);
    await make('refund', 'https://api.payments.example/v1/refunds');
    expect((await execute()).body.status).toBe('succeeded');
    await eventually(async () => (await reach('reached')) === 1, patience);
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 900 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
    // The pages are built first, by one test file at a time.
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  test('an administrator sees what the list would cut off before it is enabled', async () => {
    await page.goto(`/t/${acme.slug}/settings/egress`);
    const missing = page.getByRole('region', { name: 'Not on the list' });
    await missing.getByText(provider.host).waitFor();
    await missing.getByText(/tool order_status · 1 request in 30 days/).waitFor();
    await look(page, 'egress-suggestions');
    await missing.getByRole('button', { name: 'Add api.payments.example:443' }).press('Enter');
    await missing.getByText('api.payments.example').waitFor({ state: 'detached' });
    await page.getByRole('switch').press('Space');
    await page.getByRole('button', { name: 'Save', disabled: false }).press('Enter');
    const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await question.getByText('Cut off 1 host?').waitFor();
    await question.getByText(provider.host).waitFor();
    await look(page, 'egress-cuts-off');
    await question.getByRole('button', { name: 'Cut off' }).click();
    await page.getByText('Only these hosts may be reached').waitFor();
    const { body } = await acme.as.viewer('GET', '/api/settings/egress');
    expect(body.allowList).toEqual({
      enabled: true,
      hosts: [{ host: 'api.payments.example', ports: [443] }],
    });
  });

  test('a host that was refused is put on the list from its row, and is reached again', async () => {
    const { body } = await execute();
    expect((body.failure ?? body.error).code).toBe('denied');
    await eventually(async () => (await reach('not_allowed')) === 1, patience);
    await page.reload();
    const reached = page.getByRole('region', { name: 'Reached and refused' });
    await reached.getByRole('button', { name: 'Refused' }).click();
    await reached.getByText(/· not on the list/).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await reached.scrollIntoViewIfNeeded();
    await look(page, 'egress-refused-narrow');
    expect(
      await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
    ).toBe(true);
    await page.setViewportSize({ width: 1360, height: 900 });
    await look(page, 'egress-refused');
    await reached.getByRole('button', { name: `Allow ${provider.host}` }).click();
    const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await question.getByRole('button', { name: 'Allow' }).click();
    await page.getByText(`${provider.host} may be reached`).waitFor();
    expect((await execute()).body.status).toBe('succeeded');
    await page.getByLabel('One host per line').fill('https://api.example.com');
    await page.getByText(/is not a host, such as/).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  });
});
