import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the pages of credentials', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let browser: Browser;
  let page: Page;
  /** What the provider accepts. */
  let accepted = 'first-key-7Yq';

  beforeAll(async () => {
    provider = await startProvider((request, response) =>
      sendJson(response, request.headers['x-key'] === accepted ? 200 : 401, { ok: true }),
    );
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [provider.host] });
    await api.services.db.authPool.query('UPDATE auth."user" SET platform_admin = true WHERE email = $1', [
      acme.email,
    ]);
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(30_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  test('a credential is stored, tested, used by a tool, rotated and tested again', async () => {
    await page.goto(`/t/${acme.slug}/settings/credentials`);
    await page.getByText('No credentials yet.').waitFor();
    await page.getByRole('link', { name: 'New credential' }).first().click();
    await page.getByLabel('Name', { exact: false }).first().fill('Payment provider');
    await page.getByLabel('Kind').selectOption('api_key');
    await page.getByLabel('Name of the header, parameter or cookie').fill('x-key');
    await page.getByLabel('Key', { exact: false }).last().fill('first-key-7Yq');
    await page.getByRole('textbox', { name: 'Host 1' }).fill(provider.host);
    await look(page, 'credential-new');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/settings\/credentials\/[0-9a-f-]{36}$/);
    const id = page.url().split('/').at(-1)!;

    await page.getByRole('button', { name: 'Test' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('URL').fill(`${provider.url}/me`);
    await page.keyboard.press('Control+Enter');
    await page.getByText('The provider accepted it (200).').waitFor();

    await page.goto(`/t/${acme.slug}/tools/new`);
    await page.getByLabel('Title').fill('Read the account');
    await page.getByLabel('URL').first().fill(`${provider.url}/me`);
    await page.getByLabel('Kind').selectOption('api_key');
    await page.getByLabel('Secret', { exact: true }).selectOption({ label: 'Payment provider' });
    await page.getByText('A value is set').waitFor();
    await page.keyboard.press('Control+s');
    await page.waitForURL(/tools\/[0-9a-f-]{36}$/);
    const toolId = page.url().split('/').at(-1)!;
    const executed = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload: {} });
    expect(executed.body.status).toBe('succeeded');

    await page.goto(`/t/${acme.slug}/settings/credentials/${id}`);
    await page.getByRole('button', { name: 'Rotate' }).click();
    await dialog.getByLabel('New value').fill('second-key-8Zr');
    expect(await dialog.getByLabel('Overlap').inputValue()).toBe('3600');
    await look(page, 'credential-rotate');
    await page.keyboard.press('Control+Enter');
    await page.getByText('A rotation overlaps').waitFor();
    accepted = 'second-key-8Zr';
    await page.getByRole('button', { name: 'Test' }).click();
    await dialog.getByLabel('URL').waitFor();
    await page.waitForFunction('document.activeElement.tagName !== "BODY"');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await page.getByText('The provider accepted it (200).').waitFor();
    await page.getByRole('list', { name: 'Accesses' }).getByText('Read the account').waitFor();
    await look(page, 'credential-detail');
    expect(provider.requests.map(({ headers }) => headers['x-key'])).toEqual([
      'first-key-7Yq',
      'first-key-7Yq',
      'second-key-8Zr',
    ]);
    expect(await page.content()).not.toMatch(/first-key-7Yq|second-key-8Zr/);

    await page.getByRole('link', { name: 'Credentials' }).click();
    await page.getByRole('table', { name: 'Credentials' }).getByText('Accepted').waitFor();
    await look(page, 'credentials');
    await page.setViewportSize({ width: 390, height: 800 });
    await look(page, 'credentials-narrow');
    await page.setViewportSize({ width: 1360, height: 850 });
  });

  test('a new host takes the value again', async () => {
    await page.goto(`/t/${acme.slug}/settings/credentials`);
    await page.getByRole('link', { name: 'Payment provider' }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('May be sent to').fill(`${provider.host}\nother.example:443`);
    await dialog.getByLabel('Value, again').waitFor();
    await look(page, 'credential-edit');
    await page.keyboard.press('Control+Enter');
    await dialog.getByText('Enter the secret again').waitFor();
    await dialog.getByLabel('Value, again').fill(accepted);
    await page.keyboard.press('Control+Enter');
    await page.getByText('other.example:443').waitFor();
  });

  test('platform admins see the keys of the vault and what is under them', async () => {
    await page.goto(`/t/${acme.slug}/settings/encryption-keys`);
    await page.getByRole('table', { name: 'Encryption keys' }).getByText('Seals').waitFor();
    await look(page, 'encryption-keys');
  });
});
