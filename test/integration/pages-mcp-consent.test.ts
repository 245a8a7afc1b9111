import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { PlainApp } from '../support/app-oauth.ts';
import { look, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the consent page, in a browser', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;
  /** The app's own address on this machine. */
  let home: ProviderServer;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    home = await startProvider((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('Back in the app');
    });
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
    page.setDefaultTimeout(45_000);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await home?.close();
  });

  const newApp = async (name?: string) => {
    const app = new PlainApp(api);
    const { body } = await app.register({
      redirect_uris: [`${home.url}/callback`],
      client_name: name,
    });
    app.clientId = body.client_id;
    return { app, url: app.authorizeUrl({ redirect_uri: `${home.url}/callback` }).href };
  };
  const back = async () => {
    await page.waitForURL(`${home.url}/callback**`);
    return new URL(page.url()).searchParams;
  };
  const narrow = () => page.evaluate(() => document.documentElement.scrollWidth);

  test('a person signs in, sees who asks for what, and allows it with the keyboard; the app then works', async () => {
    const { app, url } = await newApp('Desk agent');
    await page.goto(url);
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel('Email').fill(acme.email);
    await page.getByLabel('Password').fill(acme.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Let Desk agent act for you?' }).waitFor();
    await page.getByText('127.0.0.1').waitFor();
    await page.getByText(acme.email).waitFor();
    await look(page, 'app-consent');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await narrow()).toBeLessThanOrEqual(390);
    await look(page, 'app-consent-narrow');
    await page.setViewportSize({ width: 1360, height: 850 });

    const allow = page.getByRole('button', { name: 'Allow' });
    await allow.and(page.locator(':not([aria-disabled="true"])')).focus();
    await page.keyboard.press('Enter');
    const code = (await back()).get('code')!;
    const { body } = await app.exchange(code, { redirect_uri: `${home.url}/callback` });
    expect(body.scope).toBe('tools.read tools.execute');
  });

  test('the profile and the settings show the app, and a person ends it', async () => {
    await page.goto(`/t/${acme.slug}/settings/connected-apps`);
    await page.getByText('Desk agent').waitFor();
    await page.getByText('for Ana Admin').waitFor();
    await look(page, 'app-settings');
    await page.goto(`/t/${acme.slug}/profile`);
    await page.getByText('Desk agent').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await narrow()).toBeLessThanOrEqual(390);
    await look(page, 'app-profile-narrow');
    await page.setViewportSize({ width: 1360, height: 850 });
    await page.getByRole('button', { name: 'Disconnect Desk agent' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Disconnect' });
    await confirm.and(page.locator(':not([aria-disabled="true"])')).click();
    await page.getByText('An app that connects to the MCP endpoint asks you first').waitFor();
  });

  test('a person takes a permission away; without any there is nothing to allow', async () => {
    const { app, url } = await newApp('Little agent');
    await page.goto(url);
    await page.getByRole('checkbox', { name: /^Execute tools/ }).uncheck();
    await page.getByRole('checkbox', { name: /^Read/ }).uncheck();
    expect(await page.getByRole('button', { name: 'Allow' }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /^Read/ }).check();
    await page
      .getByRole('button', { name: 'Allow' })
      .and(page.locator(':not([aria-disabled="true"])'))
      .click();
    const { body } = await app.exchange((await back()).get('code')!, {
      redirect_uri: `${home.url}/callback`,
    });
    expect(body.scope).toBe('tools.read');
  });

  test('a person denies, and the app hears it', async () => {
    await page.goto((await newApp()).url);
    await page.getByRole('heading', { name: 'Let An app without a name act for you?' }).waitFor();
    await page.getByRole('button', { name: 'Deny' }).click();
    expect((await back()).get('error')).toBe('access_denied');
  });

  test('a request that cannot be answered says why, in our words', async () => {
    const { app } = await newApp('Evil agent');
    await page.goto(app.authorizeUrl({ redirect_uri: 'https://evil.example/' }).href);
    await page.getByRole('heading', { name: 'The app was not connected' }).waitFor();
    await page.getByText('an address that it has not registered').waitFor();
    await look(page, 'app-refused');
    await page.goto('/connect-app/made-up');
    await page.getByText('This request has ended, or was begun in another browser').waitFor();
  });
});
