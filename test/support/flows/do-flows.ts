import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../../dev/build-web.ts';
import { signIn, startBrowser } from '../browser.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { createOwnDatabase } from '../own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../provider-server.ts';
import { startTestApi, type TestApi } from '../test-api.ts';
import type { Desk, Flow } from './flow.ts';
import type { Hands } from './hands.ts';

/** Each flow as a test of its own, in one organization, by these hands. */
export function doFlows(
  flows: readonly Flow[],
  { hands, context: options }: { hands: (page: Page) => Hands; context: BrowserContextOptions },
): void {
  let api: TestApi;
  let browser: Browser;
  let provider: ProviderServer;
  let context: BrowserContext;
  let desk: Desk;

  beforeAll(async () => {
    [browser, provider] = await Promise.all([
      startBrowser(),
      startProvider((_request, response) => sendJson(response, 200, { id: 'one_1' })),
      oneAtATime(buildWeb),
    ]);
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ webDist, databaseUrl, reconcile: true });
    const acme = await api.tenant({ privateHosts: [provider.host] });
    const rest = acme.as.tenant_admin;
    await tool(rest, provider, 'refund_payment', 'Refund a payment', {
      paymentId: { type: 'string', title: 'Payment' },
      amount: { type: 'number', title: 'Amount' },
    });
    await tool(rest, provider, 'post_message', 'Post a message', { text: { type: 'string', title: 'Text' } });
    // Browsers know passkeys for names only.
    context = await browser.newContext({ ...options, baseURL: api.url.replace('127.0.0.1', 'localhost') });
    const page = await context.newPage();
    page.setDefaultTimeout(45_000);
    await signIn(page, acme);
    const named = (name: string | RegExp) => (typeof name === 'string' ? { name, exact: true } : { name });
    desk = {
      api,
      acme,
      rest,
      provider,
      context,
      page,
      hands: hands(page),
      async open(path) {
        await page.goto(`/t/${acme.slug}/${path}`);
        await page.locator('h1').first().waitFor();
      },
      button: (name) => page.getByRole('button', named(name)),
      inDialog: (name) => page.getByRole('dialog').last().getByRole('button', named(name)).last(),
      label: (name) => page.getByLabel(name),
    };
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await provider?.close();
  });

  for (const flow of flows)
    test(flow.title, { timeout: 180_000 }, async ({ onTestFailed, task }) => {
      onTestFailed(() => desk.page.screenshot({ path: `.cache/screens/flow-${task.id}.png` }).then(() => {}));
      await flow.run(desk);
      expect(desk.hands.findings(), 'what hinders these hands').toEqual([]);
    });
}

async function tool(
  rest: Desk['rest'],
  provider: ProviderServer,
  name: string,
  title: string,
  properties: object,
): Promise<void> {
  const made = await rest('POST', '/api/tools', {
    name,
    title,
    type: 'http',
    inputSchema: { type: 'object', properties },
    config: { method: 'POST', url: `${provider.url}/${name}` },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
}

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
