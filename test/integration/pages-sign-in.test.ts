import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { makeAuthority } from '../support/certificates.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { providerClient, type SignInProvider, startSignInProvider } from '../support/sign-in-provider.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let provider: SignInProvider;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist });
  provider = await startSignInProvider(`${api.url}/api/oauth/callback`);
  acme = await api.tenant({ privateHosts: [provider.hostPort] });
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(20_000);
  await signIn(page, acme);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([api?.close(), provider?.close()]);
});

const newTool = async (title: string, url: string) => {
  await page.goto(`/t/${acme.slug}/tools/new`);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel(/^URL/).fill(url);
};

test('a person connects a tool at the provider, sees who did, and executions carry the access', async () => {
  await newTool('List refunds', provider.apiUrl);
  await page.getByLabel('Kind').selectOption({ label: 'OAuth 2 sign-in of a person' });
  await page.getByText(`${api.url}/api/oauth/callback`).waitFor();
  await page.getByLabel('Authorization URL').fill(`${provider.url}/auth`);
  await page.getByLabel('Token URL').fill(`${provider.url}/token`);
  await page.getByLabel('Client ID').fill(providerClient.clientId);
  await page.getByLabel('Scope').fill('refunds');
  await page.getByLabel(/^Client secret(?! sent)/).fill(providerClient.clientSecret);
  await look(page, 'auth-sign-in-form');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/tools\/[0-9a-f-]{36}$/);
  const toolPage = page.url();
  await page.getByText('No one has signed in at the provider yet').waitFor();

  const connect = page.getByRole('button', { name: 'Connect', exact: true });
  await connect.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${provider.url}/**`);
  await page.locator('input[name=login]').fill('ada');
  await page.locator('input[name=password]').fill('anything');
  await page.keyboard.press('Enter');
  await page.locator('form button[type=submit]').filter({ hasText: 'Continue' }).click();
  await page.waitForURL(toolPage);
  await page.getByText('by Ana Admin,').waitFor();
  await page.setViewportSize({ width: 390, height: 800 });
  await look(page, 'auth-connected-narrow');
  await page.setViewportSize({ width: 1360, height: 850 });

  const toolId = toolPage.split('/').at(-1);
  const { body } = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload: {} });
  expect(body).toMatchObject({ status: 'succeeded', output: { authorization: 'Bearer [redacted]' } });

  await page.goto('/api/oauth/callback?state=made-up&code=x');
  await page.getByRole('heading', { name: 'Not connected' }).waitFor();
  await look(page, 'auth-callback-refused');
  await page.getByRole('link', { name: 'Back to Interlock' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
});

test('keys and certificates are written in the form, and problems shown at their field', async () => {
  const { certificate, privateKey } = makeAuthority('Test').issue('acme');
  await newTool('Pay by certificate', 'https://pay.example');
  await page.getByLabel('Kind').selectOption({ label: 'Client certificate (mTLS)' });
  await page.getByLabel('Certificate (PEM)').fill(certificate);
  await page.getByLabel('Private key (PEM)').fill('hello');
  await page.keyboard.press('Control+s');
  await page.getByText('This is not PEM').first().waitFor();
  await look(page, 'auth-certificate-problem');
  await page.getByLabel('Private key (PEM)').fill(privateKey);
  await page.keyboard.press('Control+s');
  await page.waitForURL(/tools\/[0-9a-f-]{36}$/);
  await page.getByText('Client certificate (mTLS)').first().waitFor();

  await newTool('Send to a queue', 'https://sqs.eu-central-1.amazonaws.com');
  await page.getByLabel('Kind').selectOption({ label: 'AWS signature (SigV4)' });
  await page.getByLabel('Region').fill('eu-central-1');
  await page.getByLabel('Service').fill('sqs');
  await page.getByLabel('Access key ID').fill('AKIDEXAMPLE');
  await page.getByLabel('Secret access key').fill('a secret of AWS');
  await page.keyboard.press('Control+s');
  await page.getByText('must be printable ASCII without spaces').first().waitFor();
  await page.getByLabel('Secret access key').fill('wJalrXUtnFEMI');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/tools\/[0-9a-f-]{36}$/);
  await page.getByText('AWS signature (SigV4) for sqs in eu-central-1').waitFor();

  await newTool('Signed call', 'https://pay.example');
  await page.getByLabel('Kind').selectOption({ label: 'Signed requests (HMAC)' });
  await page.getByLabel('What is signed').fill('{timestamp}.{body}');
  await page.getByLabel('What that header says').fill('t={timestamp},v1={signature}');
  await page.getByLabel(/^Secret/).fill('shared');
  await look(page, 'auth-hmac-form');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/tools\/[0-9a-f-]{36}$/);
  await page.getByText('Signed requests (HMAC) in header X-Signature').waitFor();
});
