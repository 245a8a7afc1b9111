import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { sweepCredentials } from '../../shared/tools/server/credential-sweep.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const dayMs = 24 * 60 * 60_000;

describe('a credential that needs someone', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 401, { error: 'expired key' }));
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 390, height: 844 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  test('the inbox says that it expires and leads to it; its page says that calls are refused; a rotation ends both', async () => {
    const auth = { type: 'bearer' };
    const { body: credential } = await acme.as.tool_admin('POST', '/api/credentials', {
      ...{ name: 'Payments', auth, value: 'k', allowedHosts: [provider.host] },
      expiresAt: new Date(Date.now() + 30 * dayMs).toISOString(),
    });
    await api.services.db.system((connection) =>
      connection.query({
        text: 'UPDATE credential SET expires_at = $2, remind_at = $3 WHERE id = $1',
        values: [credential.id, new Date(Date.now() + 3 * dayMs - 60_000), new Date()],
      }),
    );
    await sweepCredentials(api.services);
    await page.goto(`/t/${acme.slug}/inbox`);
    const notice = page.getByRole('link', { name: 'The credential Payments expires in 3 days' });
    await notice.waitFor();
    await look(page, 'credential-notice-narrow');
    await notice.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/settings/credentials/${credential.id}`);
    await page.getByText('Not tested').first().waitFor();

    const tool = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'pay',
      type: 'http',
      auth: { ...auth, credentialId: credential.id },
      config: { method: 'POST', url: provider.url },
      retry: { maxAttempts: 1 },
    });
    await acme.as.operator('POST', `/api/tools/${tool.body.id}/execute`, { payload: {} });
    const refused = page.getByText('The provider refuses calls with this credential (HTTP 401)');
    await refused.waitFor();
    await look(page, 'credential-refused-narrow');
    await acme.as.tool_admin('POST', `/api/credentials/${credential.id}/rotate`, { value: 'next' });
    await refused.waitFor({ state: 'detached' });
    await page.goto(`/t/${acme.slug}/inbox`);
    await page.getByRole('heading', { name: 'Inbox' }).first().waitFor();
    await eventually(async () => (await notice.count()) === 0, { timeoutMs: 60_000 });
    expect(await page.content()).not.toContain('Payments');
  });
});
