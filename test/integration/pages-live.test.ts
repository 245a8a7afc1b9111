import getPort from 'get-port';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';

import { signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let gate: TcpGate;
let page: Page;

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist });
  acme = await api.tenant();
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(30_000);
  await signIn(page, acme);
  const port = await getPort();
  const { hostname, port: target } = new URL(api.url);
  gate = createTcpGate(port, { host: hostname, port: Number(target) });
  await gate.open();
  await page.goto(`http://${hostname}:${port}/t/${acme.slug}/exceptions`);
});
afterAll(async () => {
  await browser?.close();
  await gate?.shut();
  await api?.close();
});

const mark = (text: string) => page.getByRole('status').getByText(text);

test('a connection that breaks without a sign is marked within five seconds, and what was missed is shown later', async () => {
  await mark('Live').waitFor();
  gate.hold();
  const held = Date.now();
  await mark('Reconnecting').waitFor();
  // Five seconds, and what a busy machine takes to draw it.
  expect(Date.now() - held).toBeLessThan(10_000);
  await acme.as.operator('POST', '/api/exceptions', { title: 'Opened meanwhile' });
  gate.release();
  await mark('Live').waitFor();
  await page.getByRole('link', { name: 'Opened meanwhile' }).waitFor();
}, 240_000);

test('a machine without network is marked at once', async () => {
  await mark('Live').waitFor();
  await page.context().setOffline(true);
  await mark('Reconnecting').waitFor();
  await page.context().setOffline(false);
  await mark('Live').waitFor();
}, 240_000);
