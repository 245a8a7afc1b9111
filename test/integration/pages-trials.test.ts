import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the page of trials', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;
  let toolId: string;

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider(({ url, body }, response) =>
        url.startsWith('/new') && body.includes('odd')
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
      config: { method: 'POST', url: `${provider.url}/old` },
      retry: { maxAttempts: 1 },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    toolId = made.body.id;
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
  const at = (tab = '') => `/t/${acme.slug}/tools/${toolId}${tab}`;
  const dialog = () => page.getByRole('dialog');

  test('a changed tool is tried from the editor, compared, promoted, and its old version tried and stopped', {
    timeout: 240_000,
  }, async () => {
    await page.goto(at('?tab=trial'));
    await page.getByText('No version has been tried yet').waitFor();
    await look(page, 'trial-none');

    await page.goto(at('/edit'));
    await page.getByLabel('URL').fill(`${provider.url}/new`);
    await button('Save').click();
    await dialog().getByText('Try it with a part of the calls first').click();
    await dialog().getByLabel('Percent of the calls').fill('50');
    await dialog().getByLabel('The same version for the same').selectOption('/paymentId');
    // The reconciler of another test looks at it too.
    await dialog().getByLabel('Above this percent of errors').fill('90');
    await look(page, 'trial-review');
    await dialog().getByRole('button', { name: 'Start trial' }).click();
    await page.getByRole('heading', { name: 'v2 beside v1' }).waitFor();
    await page.getByText('50 % of the calls get v2, by /paymentId.').waitFor();
    await page.getByText('have ended; at least 20 of each').waitFor();

    for (let call = 0; call < 120; call += 1) {
      const payload = { paymentId: `pay_${call}`, note: call % 2 === 0 ? 'odd' : 'even' };
      await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload });
    }
    await page.getByText('The candidate succeeds less often').waitFor();
    await page.getByRole('cell', { name: /provider_error/ }).waitFor();
    await look(page, 'trial-running');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(page, 'trial-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await page.setViewportSize({ width: 1360, height: 1000 });

    await page.goto(`/t/${acme.slug}/tools`);
    await page.getByText('Trial 50 %').waitFor();
    await page.goto(at('?tab=trial'));
    await button('Change percent').click();
    await dialog().getByLabel('Percent of the calls').fill('101');
    await dialog().getByText('Needs a whole number from 0 to 100').waitFor();
    await dialog().getByLabel('Percent of the calls').fill('75');
    await dialog().getByRole('button', { name: 'Change percent' }).click();
    await page.getByText('75 % of the calls get v2').waitFor();

    await button('Promote v2').click();
    await dialog().getByText('every call gets it from now on').waitFor();
    await look(page, 'trial-promote');
    await dialog().getByRole('button', { name: 'Promote v2' }).click();
    await page.getByText('Promoted', { exact: true }).first().waitFor();
    expect((await acme.as.viewer('GET', `/api/tools/${toolId}`)).body.version).toBe(2);

    await button('Try a version').click();
    await dialog().getByLabel('Candidate').waitFor();
    await look(page, 'trial-start');
    await dialog().getByRole('button', { name: 'Start trial' }).click();
    await page.getByRole('heading', { name: 'v1 beside v2' }).waitFor();
    await button('Stop').click();
    await dialog().getByRole('button', { name: 'Stop trial' }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    const trials = page.getByRole('list', { name: 'Trials' });
    await trials.getByRole('button', { name: /v2 beside v1/ }).click();
    await page.getByRole('heading', { name: 'v2 beside v1' }).waitFor();
    await page.getByText('The candidate succeeds less often').waitFor();
  });
});
