import type { ServerResponse } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const timeoutMs = 60_000;

describe('pages say what limits a call', { timeout: 180_000 }, () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;
  const held: ServerResponse[] = [];

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider((_request, response) => void held.push(response)),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 1000 } });
    page.setDefaultTimeout(timeoutMs);
    await signIn(page, acme);
    // The pages are built first, by one test file at a time.
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  test('a step that waits for other calls to its host says so, and goes on after them', async () => {
    const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'refund',
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/refund` },
      policy: { concurrency: 1 },
      deadlineMs: 600_000,
      timeoutMs: 300_000,
    });
    await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, {}, { prefer: 'respond-async' });
    await eventually(() => held.length === 1, { timeoutMs });
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'refund_it',
      steps: [
        { id: 'refund', type: 'call_tool', title: 'Refund', tool: 'refund', assignee: { role: 'operator' } },
      ],
    });
    const run = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, run, 'refund', 'waiting');
    const { status } = await complete(acme.as.operator, run, 'refund');
    expect(status).toBe(200);
    await page.goto(`/t/${acme.slug}/playbook-runs/${run}`);
    await page.getByText('Waits for other calls to end').waitFor();
    await look(page, 'step-waits-for-limit');
    sendJson(held[0]!, 200, {});
    await eventually(() => held.length === 2, { timeoutMs });
    sendJson(held[1]!, 200, {});
    await stepWhen(acme.as.operator, run, 'refund', 'completed');
    await page.getByText('Waits for other calls to end').waitFor({ state: 'hidden' });
  });

  test('a connector gets its limits on its page', async () => {
    await page.goto(`/t/${acme.slug}/connectors/new`);
    await page.getByLabel('Title').fill('Ledger');
    await page.getByLabel('Base URL').fill('https://ledger.example/v1');
    await page.getByLabel('Calls at once').fill('4');
    await page.getByRole('switch', { name: 'Rate limit' }).press('Space');
    await page.getByLabel('Executions per minute').fill('90');
    await page.getByLabel('Executions per minute').scrollIntoViewIfNeeded();
    await look(page, 'connector-limits');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Connector created').waitFor();
    const { items } = (await acme.as.viewer('GET', '/api/connectors')).body;
    const { body } = await acme.as.viewer('GET', `/api/connectors/${items[0].id}`);
    expect(body.policy).toEqual({ concurrency: 4, rateLimit: { requestsPerMinute: 90, burst: 10 } });
  });

  test('a preview and a webhook say that the list of hosts would refuse them', async () => {
    const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'lookup',
      type: 'http',
      config: { method: 'GET', url: 'https://pay.example/payments' },
    });
    const allowList = { enabled: true, hosts: [{ host: 'hooks.example' }] };
    await acme.as.tenant_admin('PUT', '/api/settings/egress', { allowList });
    await page.goto(`/t/${acme.slug}/tools/${tool.id}/run`);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('GET pay.example:443 is not on the list of hosts').waitFor();
    await look(page, 'preview-warns');
    await page.goto(`/t/${acme.slug}/settings/webhooks`);
    await page.getByRole('button', { name: 'Add endpoint' }).click();
    await page.getByLabel('URL').fill('https://engine.example/interlock');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('POST engine.example:443 is not on the list of hosts').waitFor();
    await look(page, 'webhook-warns');
  });

  test('the limits fit a phone', async () => {
    await acme.as.tool_admin('PUT', '/api/limits/tenant', {
      rateLimit: { requestsPerMinute: 600, burst: 100 },
      hosts: [{ host: 'a-long-name-of-a-host.payments.example:443', concurrency: 4 }],
    });
    await acme.as.tool_admin('POST', '/api/breakers', {
      host: 'pay.example:443',
      reason: 'Maintenance until 18:00.',
    });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/t/${acme.slug}/settings/limits`);
    await page.getByRole('table', { name: 'Limits in use' }).getByText('All tools').waitFor();
    await page.getByText('Held by hand').waitFor();
    await look(page, 'limits-phone');
    expect(
      await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
    ).toBe(true);
    await page.getByLabel('Host 1', { exact: true }).scrollIntoViewIfNeeded();
    await look(page, 'limits-phone-form');
  });
});
