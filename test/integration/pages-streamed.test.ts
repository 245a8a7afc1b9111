import type { ServerResponse } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { demoConnectors } from '../../dev/demo-data/connectors.ts';
import { demoTools } from '../../dev/demo-data/tools.ts';
import { type DemoServices, startDemoServices } from '../../dev/demo-services/start-demo-services.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;
let provider: ProviderServer;
let response: ServerResponse | undefined;
let demo: DemoServices;

beforeAll(async () => {
  [browser, demo] = await Promise.all([startBrowser(), startDemoServices({ port: 0 }), oneAtATime(buildWeb)]);
  provider = await startProvider((_request, each) => {
    response = each;
  });
  api = await startTestApi({ webDist });
  acme = await api.tenant({ privateHosts: [provider.host, new URL(demo.url).host] });
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(15_000);
  await signIn(page, acme);
});
afterAll(async () => {
  response?.destroy();
  await browser?.close();
  await api?.close();
  await provider?.close();
  await demo?.stop();
});

test('a stream is chosen in the form, and its events are followed, paused and resumed on the page', async () => {
  const tool = await acme.as.tenant_admin('POST', '/api/tools', {
    name: 'write_summary',
    title: 'Write a summary',
    type: 'http',
    timeoutMs: 120_000,
    deadlineMs: 120_000,
    config: { url: `${provider.url}/summary` },
  });
  await page.goto(`/t/${acme.slug}/tools/${tool.body.id}/edit`);
  await page.getByLabel('Show while it comes').selectOption('sse');
  await page.getByLabel('Longest silence').fill('90');
  await look(page, 'stream-form');
  await page.keyboard.press('Control+s');
  // What it changes is reviewed first.
  await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click();
  await eventually(
    async () => {
      const { body } = await acme.as.viewer('GET', `/api/tools/${tool.body.id}`);
      return body.config.stream === 'sse' && body.config.streamIdleMs === 90_000;
    },
    { timeoutMs: 60_000, everyMs: 200 },
  );

  const started = await acme.as.operator(
    'POST',
    `/api/tools/${tool.body.id}/execute`,
    { payload: {} },
    { prefer: 'respond-async' },
  );
  await page.goto(`/t/${acme.slug}/executions/${started.body.id}`);
  await eventually(() => response !== undefined, { timeoutMs: 60_000 });
  const send = (...words: string[]) =>
    response!.write(words.map((word) => `data: ${JSON.stringify({ delta: word })}\n\n`).join(''));
  response!.writeHead(200, { 'content-type': 'text/event-stream' });
  send(...Array.from({ length: 40 }, (_, n) => `word ${n}`));
  const log = page.getByRole('log', { name: 'Live output' });
  await log.getByText('word 39').waitFor();
  // It follows the end.
  await eventually(() => log.evaluate((each) => each.scrollTop > 0), { timeoutMs: 60_000 });
  await look(page, 'stream-live');

  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  send('after the pause', 'and one more');
  await page.getByText('2 more since you paused').waitFor();
  expect(await log.getByText('after the pause').count()).toBe(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'stream-paused-narrow');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1360, height: 850 });
  await page.keyboard.press('p');
  await log.getByText('and one more').waitFor();
  const isAtEnd = () => log.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight < 2);
  await eventually(isAtEnd, { timeoutMs: 60_000 });

  response!.end('data: [DONE]\n\n');
  await page.getByRole('heading', { name: 'Shown while it ran' }).waitFor();
  await page.getByRole('heading', { name: 'Output', exact: true }).waitFor();
  expect(await log.getByText('word 7', { exact: false }).count()).toBe(1);
  await look(page, 'stream-ended');
});

test('the demo tool that follows a log shows its lines while it runs', async () => {
  const urls = { demo: demo.url, temporalHttp: null, mail: null, shop: null };
  const tool = demoTools(urls).find(({ versions }) => versions[0]?.name === 'follow_service_log')
    ?.versions[0];
  const { connector: name, ...config } = { connector: '', ...tool?.config };
  const shared = demoConnectors(urls).find(({ definition }) => definition.name === name)?.definition;
  const scope = 'tenant';
  const create = (path: string, body: object) => acme.as.tenant_admin('POST', path, { ...body, scope });
  const connector = await create('/api/connectors', { ...shared });
  const created = await create('/api/tools', {
    ...tool,
    config: { ...config, connectorId: connector.body.id },
  });
  const started = await acme.as.operator(
    'POST',
    `/api/tools/${created.body.id}/execute`,
    { payload: { service: 'receipt_mailer', limit: 12 } },
    { prefer: 'respond-async' },
  );
  await page.goto(`/t/${acme.slug}/executions/${started.body.id}`);
  const log = page.getByRole('log', { name: 'Live output' });
  await log.getByText('31 of them late').first().waitFor();
  await look(page, 'stream-demo');
  await page.getByRole('heading', { name: 'Output', exact: true }).waitFor();
  const { body } = await acme.as.viewer('GET', `/api/tools/executions/${started.body.id}`);
  expect(body).toMatchObject({ status: 'succeeded', output: { length: 12 } });
});
