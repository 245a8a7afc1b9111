import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the page of limits, and an execution that waits', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider((_request, response) => sendJson(response, 200, {})),
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

  test('calls to a host are held, an execution says that it waits and why, and after a reset it goes on', async () => {
    const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'lookup',
      title: 'Look up a payment',
      type: 'http',
      config: { method: 'GET', url: `${provider.url}/lookup` },
      rateLimit: { requestsPerMinute: 60, burst: 5 },
      deadlineMs: 600_000,
    });
    await page.goto(`/t/${acme.slug}/settings/limits`);
    await page.getByText('Every host is called.').waitFor();
    await page.getByRole('button', { name: 'Hold calls to a host' }).click();
    await page.getByRole('dialog').getByLabel('Host').fill(provider.host);
    await page.getByLabel('Reason').fill('Maintenance of the ledger until 18:00.');
    await look(page, 'limits-hold');
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    const hosts = page.getByRole('list', { name: 'Hosts' });
    await hosts.getByText('Held by hand').waitFor();

    const { body: execution } = await acme.as.operator(
      'POST',
      `/api/tools/${tool.id}/execute`,
      {},
      { prefer: 'respond-async' },
    );
    await page.goto(`/t/${acme.slug}/executions/${execution.id}`);
    await page.getByText('Waits: its host is not called now').waitFor();
    await page.getByText('Maintenance of the ledger until 18:00.').waitFor();
    await look(page, 'execution-waits');

    await page.goto(`/t/${acme.slug}/settings/limits`);
    await page.getByRole('button', { name: `Reset ${provider.host}` }).click();
    await page.getByRole('button', { name: 'Reset', exact: true }).last().click();
    await hosts.getByText('Calls go on').waitFor();
    await page.goto(`/t/${acme.slug}/executions/${execution.id}`);
    await page.getByText('Succeeded').first().waitFor();
  });

  test('an administrator bounds the calls of the organization, and sees what is used', async () => {
    await page.goto(`/t/${acme.slug}/settings/limits`);
    await page.getByLabel('Executions per minute').fill('many');
    await page.getByText('A whole number from 1 to 1000000, or empty').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByLabel('Executions per minute').fill('600');
    await page.getByRole('button', { name: 'Add host' }).click();
    await page.getByLabel('Host 1', { exact: true }).fill('pay.example:443');
    await page.getByLabel('Calls at once', { exact: true }).fill('4');
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Limits saved').waitFor();
    const used = page.getByRole('table', { name: 'Limits in use' });
    await used.getByText('pay.example:443').waitFor();
    await used.getByText('All tools').waitFor();
    await look(page, 'limits');
    const { body } = await acme.as.operator('GET', '/api/limits');
    expect(body.tenant).toMatchObject({
      rateLimit: { requestsPerMinute: 600 },
      hosts: [{ host: 'pay.example:443', concurrency: 4 }],
      revision: 1,
    });
  });
});
