import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  api = await startTestApi({ webDist });
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

/** Holds the answers to requests whose address has this. */
async function hold(page: Page, path: RegExp): Promise<() => void> {
  let send = () => {};
  const held = new Promise<void>((resolve) => {
    send = resolve;
  });
  await page.route(path, async (route) => {
    await held;
    await route.continue();
  });
  return send;
}

test('what is around a page is drawn before the program is read, on pages of an organization and to sign in', async () => {
  const page = await context.newPage();
  const send = await hold(page, /\/assets\/app-/);
  await page.goto(`/t/${acme.slug}/tools`, { waitUntil: 'commit' });
  const frame = page.locator('#frame');
  await frame.waitFor();
  expect(await page.locator('#root > *').count()).toBe(0);
  // Where the navigation will be.
  expect((await frame.boundingBox())?.width).toBe(208);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await frame.boundingBox()).toMatchObject({ x: 0, y: 844 - 53, width: 390 });
  await page.setViewportSize({ width: 1360, height: 850 });
  send();
  await page.getByRole('heading', { level: 1, name: 'Tools' }).waitFor();
  expect(await frame.count()).toBe(0);
  const rail = page.getByRole('navigation', { name: 'Main' }).locator('..');
  expect((await rail.boundingBox())?.width).toBe(208);
  await page.close();
  const stranger = await browser.newPage({ baseURL: api.url });
  const proceed = await hold(stranger, /\/assets\/app-/);
  await stranger.goto('/sign-in', { waitUntil: 'commit' });
  await stranger.locator('#frame').getByText('Interlock').waitFor();
  const before = await stranger.locator('#frame b').boundingBox();
  // The page waits for nothing that it may show later.
  await hold(stranger, /\/api\/(auth\/methods|demo-accounts)/);
  proceed();
  await stranger.getByLabel('Email').waitFor();
  const after = await stranger.getByText('Interlock', { exact: true }).boundingBox();
  expect([after?.x, after?.y]).toEqual([before?.x, before?.y]);
  await stranger.close();
});

test('a page asks for its data while it is still asked who the person is, and waits for no timer', async () => {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const real = globalThis.setTimeout;
    Object.assign(globalThis, {
      setTimeout: (run: () => void, ms = 0) => (ms >= 300 ? 0 : real(run, ms)),
    });
  });
  const send = await hold(page, /\/trpc\/me\.get/);
  const asked = page.waitForRequest(/\/trpc\/executions\.list/);
  await page.goto(`/t/${acme.slug}/executions`, { waitUntil: 'commit' });
  await asked;
  send();
  await page.close();
});

test('an exception asks for its parts at once; what is below its run shows when nothing above moves any more', async () => {
  const playbookId = await publishPlaybook(acme.as.tenant_admin, {
    name: 'look_into',
    steps: [{ id: 'look', type: 'manual', title: 'Look into it', assignee: { role: 'operator' } }],
  });
  const { body: opened } = await acme.as.operator('POST', '/api/exceptions', { title: 'Late' });
  const runId = await startRun(acme.as.operator, playbookId, { exceptionId: opened.id });
  await stepWhen(acme.as.operator, runId, 'look', 'waiting');
  const page = await context.newPage();
  const sendException = await hold(page, /\/trpc\/exceptions\.get/);
  const asked = Promise.all(
    ['runs.list', 'exceptions.timeline', 'exceptions.attachments'].map((path) =>
      page.waitForRequest((request) => request.url().includes(`/trpc/${path}?`)),
    ),
  );
  const sendRun = await hold(page, /\/trpc\/runs\.get/);
  await page.goto(`/t/${acme.slug}/exceptions/${opened.id}`, { waitUntil: 'commit' });
  await asked;
  sendException();
  await page.getByRole('heading', { level: 1, name: /Late/ }).waitFor();
  // It is there and has its data, and is not seen.
  const timeline = page.locator('section', { has: page.locator('h2', { hasText: 'Timeline' }) }).last();
  await timeline.getByText('Today').waitFor({ state: 'attached' });
  expect(await timeline.isVisible()).toBe(false);
  sendRun();
  await timeline.getByText('Today').waitFor();

  // Claimed: the answer is shown as it is, and the step is not asked for first.
  await page.getByRole('button', { name: 'Claim' }).waitFor();
  await page.unroute(/\/trpc\/runs\.get/);
  await hold(page, /\/trpc\/runs\.step/);
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByText('Claimed by you.').waitFor();
  await page.close();
});
