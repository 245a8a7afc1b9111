import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist, worker: false });
  acme = await api.tenant();
  context = await browser.newContext({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  const page = await context.newPage();
  await signIn(page, acme);
  await page.close();
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

test('what every page loads is at most 120 kB of JavaScript, and every file of it is kept for good', async () => {
  const html = readFileSync(join(webDist, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path!);
  expect(html).not.toContain('src="/theme.js"');
  const sent = [...new Set(files)]
    .filter((path) => path.endsWith('.js'))
    .map((path) => [`${path}.br`, path].map((each) => join(webDist, each)).find((each) => existsSync(each))!)
    .reduce((sum, path) => sum + statSync(path).size, 0);
  expect(sent).toBeLessThan(120_000);
  for (const path of files) {
    const { headers } = await fetch(api.url + path);
    expect(headers.get('cache-control'), path).toBe('public, max-age=31536000, immutable');
  }
  // Text shows at once, in the font of the system if need be.
  for (const file of globSync('assets/*.css', { cwd: webDist })) {
    const faces = readFileSync(join(webDist, file), 'utf8').match(/@font-face\s*\{[^}]*\}/g) ?? [];
    for (const face of faces) expect(face).toContain('font-display:swap');
  }
});

test.each(['exceptions', 'executions', 'tools', 'playbooks', 'inbox'])(
  'a second visit of %s asks for the document and for data, and nothing else',
  async (path) => {
    const open = async () => {
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      await cdp.send('Network.enable');
      const asked: { url: string; bytes: number; id: string }[] = [];
      const cached = new Set<string>();
      cdp.on('Network.requestServedFromCache', ({ requestId }) => cached.add(requestId));
      cdp.on('Network.responseReceived', ({ requestId, response }) => {
        if (!response.fromDiskCache && !cached.has(requestId) && !response.url.startsWith('data:'))
          asked.push({ url: response.url.replace(api.url, ''), bytes: 0, id: requestId });
      });
      cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        for (const each of asked) if (each.id === requestId) each.bytes = encodedDataLength;
      });
      await page.goto(`/t/${acme.slug}/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      // What a page asks for it has asked for by now, apart from the stream of events.
      await page.evaluate('new Promise((resolve) => requestIdleCallback(resolve))');
      await page.close();
      return asked;
    };
    await open();
    const asked = await open();
    expect(asked.map(({ url }) => url).filter((url) => url.startsWith('/assets/'))).toEqual([]);
    // The document, the icons that a browser asks for itself, and requests for data.
    const others = asked.filter(({ url }) => !/^\/(t\/|trpc\/|api\/|icon|manifest)/.test(url));
    expect(others).toEqual([]);
    expect(asked.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(25_000);
  },
);

test('what is around a page shows and asks for its data while the page itself is on its way', async () => {
  const page = await context.newPage();
  let send = () => {};
  const held = new Promise<void>((resolve) => {
    send = resolve;
  });
  await page.route(/\/assets\/executions-page-/, async (route) => {
    await held;
    await route.continue();
  });
  const me = page.waitForRequest(/\/trpc\/me\.get/);
  await page.goto(`/t/${acme.slug}/executions`, { waitUntil: 'commit' });
  await me;
  await page.getByRole('navigation').getByRole('link', { name: 'Executions' }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(0);
  send();
  await page.getByRole('heading', { level: 1, name: 'Executions' }).waitFor();
  // From then on the page before stays until the next one is there.
  await page.route(/\/assets\/playbooks-page-/, async (route) => {
    await page.getByRole('heading', { level: 1, name: 'Executions' }).waitFor({ timeout: 5_000 });
    await route.continue();
  });
  await page.getByRole('navigation').getByRole('link', { name: 'Playbooks' }).click();
  await page.getByRole('heading', { level: 1, name: 'Playbooks' }).waitFor();
  await page.close();
});
