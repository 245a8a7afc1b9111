import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const token = 'xoxb-51f2e3d4c5b6a79880716253';

describe('the catalogue of templates', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist });
    acme = await api.tenant();
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 900 } });
    page.setDefaultTimeout(25_000);
    await signIn(page, acme);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  test('a template is found, installed with a credential, and previewed with its sample', async () => {
    await page.goto(`/t/${acme.slug}/tools`);
    await page.getByRole('link', { name: 'Browse templates' }).click();
    await page.getByRole('heading', { name: 'Templates' }).waitFor();
    await page.getByRole('row').nth(3).waitFor();
    await look(page, 'templates');
    await page.getByLabel('Search templates').fill('slack reply');
    await page
      .getByRole('row')
      .filter({ hasText: 'Slack' })
      .getByRole('link', { name: /Post a message/ })
      .click();
    await page.getByRole('heading', { name: 'Slack: Post a message' }).waitFor();
    await page.getByRole('button', { name: 'Install' }).click();
    await page.getByText('The tool was not installed.').waitFor();
    await page.getByLabel('Token').fill(token);
    await look(page, 'template');
    await page.getByRole('button', { name: 'Install' }).click();
    await page.getByText('is installed.').waitFor();
    await look(page, 'template-installed');
    await page.getByRole('link', { name: 'Test it with a sample' }).click();
    const text = page.getByRole('textbox', { name: /^text/i });
    await text.waitFor();
    expect(await text.inputValue()).toBe('Order 4711 needs a look.');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('https://slack.com/api/chat.postMessage').first().waitFor();
    await look(page, 'template-preview');
    expect(await page.content()).not.toContain(token);
  });

  test('what a service needs is asked for, and said to be missing, at once', async () => {
    await page.goto(`/t/${acme.slug}/tools/templates/datadog_get_monitor`);
    await page.getByLabel('DD-API-KEY').waitFor();
    await page.getByRole('button', { name: 'Install' }).click();
    await page.getByText('The tool was not installed.').waitFor();
    await page.getByText('Site is required').waitFor();
    await page.getByText('The key DD-APPLICATION-KEY is required').waitFor();
    await look(page, 'template-keys');
    await page.getByLabel('Site').fill('datadoghq.eu');
    await page.getByLabel('DD-API-KEY').fill('a1b2c3d4e5f60718');
    await page.getByLabel('DD-APPLICATION-KEY').fill('f0e1d2c3b4a59687');
    await page.getByRole('button', { name: 'Install' }).click();
    await page.getByText('is installed.').waitFor();
    await page.getByRole('link', { name: 'See the connector' }).click();
    await page.getByText('header DD-API-KEY and header DD-APPLICATION-KEY').first().waitFor();
    // What was typed for a key stays with it when its header gets another name.
    await page.getByRole('link', { name: /^Edit/ }).click();
    await page.getByRole('button', { name: 'Replace' }).click();
    await page.getByLabel('DD-API-KEY').fill('0123456789abcdef');
    await page.getByLabel('Name of the header or parameter of key 1').fill('X-OTHER-KEY');
    expect(await page.getByLabel('X-OTHER-KEY').inputValue()).toBe('0123456789abcdef');
    await look(page, 'connector-keys');
    await page.goto(`/t/${acme.slug}/tools/templates/slack_upload_2_text`);
    await page.getByText('It needs no credential.').waitFor();
  });

  test('on a phone, the second tool of the service asks for its name alone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/t/${acme.slug}/tools/templates/slack_create_channel`);
    await page.getByText('with the credential that is stored there').waitFor();
    expect(await page.getByLabel('Token').count()).toBe(0);
    await look(page, 'template-phone');
    await page.getByRole('button', { name: 'Install' }).click();
    await page.getByText('is installed.').waitFor();
    await page.goto(`/t/${acme.slug}/tools/templates?service=slack`);
    await page.getByText('Create a channel').waitFor();
    await look(page, 'templates-phone');
  });
});
