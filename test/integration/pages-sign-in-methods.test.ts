import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

describe('ways to sign in, in a browser', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let code: () => Promise<string>;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist, worker: false });
    acme = await api.tenant();
    // Browsers know passkeys for names only.
    const baseURL = api.url.replace('127.0.0.1', 'localhost');
    context = await browser.newContext({ baseURL, viewport: { width: 1360, height: 850 } });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
    await api?.close();
  });

  const enterPassword = async () => {
    await page.goto(`/sign-in?to=${encodeURIComponent(`/t/${acme.slug}/profile`)}`);
    await page.getByLabel('Email').fill(acme.email);
    await page.getByLabel('Password').fill(testPassword);
    await page.keyboard.press('Enter');
  };
  const profile = () => page.getByRole('heading', { name: 'Authenticator app' }).waitFor();
  const press = async (name: string) => {
    const button = page.getByRole('dialog').getByRole('button', { name, exact: true });
    await button.and(page.locator(':not([aria-disabled="true"])')).click();
  };

  test('an authenticator app is set up by its secret, and then asked for', async () => {
    await enterPassword();
    await profile();
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByLabel('Your password').fill(testPassword);
    await press('Continue');
    const secret = new TextDecoder().decode(
      base32.decode((await page.getByRole('dialog').locator('code').textContent())!),
    );
    code = () => createOTP(secret).totp();
    await look(page, 'sign-in-authenticator');
    await page.getByLabel('Code').fill(await code());
    await press('Turn on');
    await page.getByRole('dialog', { name: 'Backup codes' }).waitFor();
    expect(await page.getByRole('dialog').getByRole('listitem').count()).toBeGreaterThan(5);
    await press('Done');
    await page.getByRole('button', { name: 'Turn off' }).waitFor();
    await look(page, 'profile-sign-in');

    await context.clearCookies();
    await enterPassword();
    await page.getByLabel('Code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('This code is wrong').waitFor();
    await look(page, 'sign-in-code');
    await page.getByLabel('Code').fill(await code());
    await page.keyboard.press('Enter');
    await profile();
  });

  test('a passkey signs in without a password or a code', async () => {
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Name').last().fill('Work laptop');
    await press('Continue');
    await page.getByRole('button', { name: 'Remove Work laptop' }).waitFor();

    await context.clearCookies();
    await page.goto(`/sign-in?to=${encodeURIComponent(`/t/${acme.slug}/profile`)}`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await profile();
    await page.getByRole('button', { name: 'Remove Work laptop' }).click();
    await press('Remove');
    await page.getByRole('button', { name: 'Remove Work laptop' }).waitFor({ state: 'detached' });
  });
});
