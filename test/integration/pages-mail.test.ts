import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { demoCredentials } from '../../dev/demo-services/credentials.ts';
import { type DemoServices, startDemoServices } from '../../dev/demo-services/start-demo-services.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('an email and a webhook, made with the form', () => {
  let api: TestApi;
  let acme: TestTenant;
  let demo: DemoServices;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [browser, demo] = await Promise.all([
      startBrowser(),
      startDemoServices({ port: 0, mailPorts: [0] }),
      oneAtATime(buildWeb),
    ]);
    api = await startTestApi({ webDist });
    acme = await api.tenant({ privateHosts: [...demo.mailHosts, new URL(demo.url).host] });
    page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 900 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, acme);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await demo?.stop();
  });

  const field = (name: string | RegExp) =>
    page.getByRole('textbox', { name, exact: typeof name === 'string' });
  /** A press too soon after the form has appeared sends nothing. */
  const pressUntil = (shown: () => Promise<boolean>) =>
    eventually(
      async () => {
        if (await shown()) return true;
        await page.keyboard.press('Control+Enter');
        return false;
      },
      { everyMs: 1500, timeoutMs: 60_000 },
    );

  test('a person who writes no JSON sends an email, and sees it in the demo mailbox', async () => {
    const [host = '', port = ''] = demo.mailHosts[0]!.split(':');
    await page.goto(`/t/${acme.slug}/tools/new`);
    await page.getByLabel('Title').fill('Write to a customer');
    await page.getByLabel('Type', { exact: true }).selectOption('email');
    await field(/^Mail server/).fill(host);
    await page.getByLabel('Encryption').selectOption('none');
    await field('Port').fill(port);
    await field(/^From/).fill('Acme Pay <support@acme.example>');
    await field('To').fill('{customer} <{address}>');
    await field('Subject').fill('Your refund, {customer}');
    await field('Text').fill('Hello {customer},\nit is on its way.');
    await field('HTML').fill('<h1>Hello {customer}</h1><script>document.title = "broken"</script>');
    for (const input of ['customer', 'address'])
      await page.getByRole('button', { name: `Add the input ${input}` }).click();
    await page.getByText('No problems').waitFor();
    await field('To').scrollIntoViewIfNeeded();
    await look(page, 'email-form');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/tools\/[0-9a-f-]{36}\/run/);
    await field(/^customer/).fill('Ana <b>Díaz</b>');
    await field(/^address/).fill('ana@customer.example');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('"Ana <b>Díaz</b>" <ana@customer.example>').first().waitFor();
    await page
      .getByText(/Sent once: a second message could arrive too/)
      .first()
      .waitFor();
    await look(page, 'email-preview');
    await pressUntil(() =>
      page
        .getByText(/^Succeeded$/)
        .last()
        .isVisible(),
    );
    await page.getByText('"accepted"').first().waitFor();
    await look(page, 'email-sent');
    await page.goto(page.url().replace('/run', ''));
    await page.getByText(`${host}:${port}, no encryption`).waitFor();
    await look(page, 'email-tool');

    const reader = await browser.newPage({ baseURL: demo.url });
    await reader.goto('/mailbox');
    await look(reader, 'demo-mailbox');
    await reader.getByRole('link', { name: 'Your refund, Ana <b>Díaz</b>' }).click();
    await reader.getByText('Ana <b>Díaz</b> <ana@customer.example>').waitFor();
    await reader.frameLocator('iframe').getByRole('heading', { name: 'Hello Ana <b>Díaz</b>' }).waitFor();
    expect(await reader.title()).toBe('Your refund, Ana <b>Díaz</b>');
    await look(reader, 'demo-mail');
    await reader.close();
  }, 300_000);

  test('a signed webhook is made, tested and accepted', async () => {
    await page.goto(`/t/${acme.slug}/tools/new`);
    await page.getByLabel('Title').fill('Announce an order');
    await page.getByLabel('Type', { exact: true }).selectOption('webhook');
    await page.getByLabel('URL').fill(`${demo.url}/v1/hooks/orders`);
    await page.getByLabel('Secret (whsec_…)').fill(demoCredentials.webhookSecret);
    await look(page, 'webhook-form');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/tools\/[0-9a-f-]{36}\/run/);
    await pressUntil(() =>
      page
        .getByText(/^Succeeded$/)
        .last()
        .isVisible(),
    );
    await page.getByText('"received"').first().waitFor();
    await page.goto(page.url().replace('/run', ''));
    await page.getByText('The id of the execution, the same for every attempt').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByText('The id of the execution, the same for every attempt').waitFor();
    await look(page, 'webhook-tool-phone');
  }, 300_000);
});
