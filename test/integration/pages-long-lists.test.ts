import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { fillExceptions } from '../support/long-lists.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const count = 4_000;
let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;
let provider: ProviderServer;
/** 5 MB. */
const large = {
  rows: Array.from({ length: 10_000 }, (_, id) => ({ id, name: `Row ${id}`, note: 'n'.repeat(390) })),
  text: 'A long text. '.repeat(46_000),
};

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  provider = await startProvider((_request, response) => sendJson(response, 200, large));
  api = await startTestApi({ webDist });
  acme = await api.tenant({ privateHosts: [provider.host] });
  const admin = await connectAdmin();
  await fillExceptions(admin, acme.id, count);
  await admin.end();
  page = await browser.newPage({ baseURL: api.url, viewport: { width: 1360, height: 850 } });
  page.setDefaultTimeout(30_000);
  await signIn(page, acme);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await provider?.close();
});

const body = () => page.locator('[data-scroll-restoration-id="body"]');
/** The rows in the document: their place in the list, what they show, and where they are. */
const rows = () =>
  page.locator('tbody tr[aria-rowindex]').evaluateAll((all) =>
    all.map((row) => ({
      at: Number(row.getAttribute('aria-rowindex')) - 2,
      text: row.textContent ?? '',
      top: Math.round(row.getBoundingClientRect().top),
      bottom: Math.round(row.getBoundingClientRect().bottom),
    })),
  );
/** Every row that is in the document is in its place, and the screen has rows from top to bottom. */
async function expectInPlace(): Promise<{ first: number; last: number }> {
  const all = await rows();
  for (const { at, text } of all) expect(text).toMatch(new RegExp(`Payment ${count - at}(?!\\d)`));
  const seen = all.filter(({ top, bottom }) => bottom > 150 && top < 840);
  expect(seen.length).toBeGreaterThan(15);
  return { first: seen[0]!.at, last: seen.at(-1)!.at };
}
const scrollTo = (top: number | 'end') =>
  body().evaluate((element, to) => {
    element.scrollTop = to === 'end' ? element.scrollHeight : Number(to);
  }, top);
const scrollTop = () => body().evaluate((element) => Math.round(element.scrollTop));

test('a long list loads as a person scrolls; only rows around the screen are in the document', async () => {
  await page.goto(`/t/${acme.slug}/exceptions?status=all`);
  await page
    .getByRole('row')
    .filter({ hasText: `Payment ${count}` })
    .waitFor();
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('-1');
  let loaded = 0;
  while (loaded < count) {
    await scrollTo('end');
    await expect
      .poll(async () => {
        loaded = (await rows()).at(-1)!.at + 1;
        return (await expectInPlace()).last;
      })
      .toBeGreaterThan(loaded - 150);
    expect((await rows()).length).toBeLessThan(320);
  }
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(count + 1));
  expect((await rows()).length).toBeLessThan(150);
  await look(page, '70-long-list');
}, 120_000);

test('far jumps, j and k, Home and End: every row is in its place', async () => {
  // Pages that left the memory are read again.
  for (const row of [2_000, 3_500, 40, 1_200]) {
    await scrollTo(row * 36);
    await expect
      .poll(async () => Math.abs((await expectInPlace().catch(() => ({ first: -99 }))).first - row))
      .toBeLessThan(6);
  }
  await page.keyboard.press('Home');
  await expect.poll(async () => (await expectInPlace()).first).toBeLessThan(3);
  await expect.poll(() => page.evaluate('document.activeElement.textContent')).toMatch(`Payment ${count}`);
  for (let i = 0; i < 30; i++) await page.keyboard.press('j');
  expect(await page.evaluate('document.activeElement.textContent')).toMatch(`Payment ${count - 30}`);
  await page.keyboard.press('k');
  expect(await page.evaluate('document.activeElement.textContent')).toMatch(`Payment ${count - 29}`);
  await page.keyboard.press('End');
  await expect.poll(async () => (await expectInPlace()).last).toBeGreaterThan(count - 3);
}, 60_000);

test('dragging through a list draws the rows on the screen; a screen around them once that ends', async () => {
  await scrollTo(2_000 * 36);
  await expect.poll(async () => (await expectInPlace().catch(() => null))?.first ?? 0).toBeGreaterThan(1_990);
  // In one task, so that the list never comes to rest.
  const drawn = await page.evaluate(`(() => {
    const body = document.querySelector('[data-scroll-restoration-id="body"]');
    const observer = new MutationObserver(() => {});
    observer.observe(document.querySelector('tbody'), { childList: true });
    return Array.from({ length: 12 }, (_, step) => {
      body.scrollTop += step % 2 ? -2_000 : 2_000;
      body.dispatchEvent(new Event('scroll'));
      const added = observer.takeRecords().flatMap(({ addedNodes }) => [...addedNodes]);
      return added.filter((node) => node.matches?.('[data-row]')).length;
    });
  })()`);
  // 850 px have room for 23 rows; all of the window would be 100.
  expect(Math.max(...(drawn as number[]))).toBeLessThan(30);
  await expect.poll(async () => (await rows()).length).toBeGreaterThan(50);
  await expectInPlace();
}, 60_000);

test('Back returns to the same rows', async () => {
  await scrollTo(1_500 * 36);
  await expect.poll(async () => (await expectInPlace().catch(() => null))?.first ?? 0).toBeGreaterThan(1_400);
  // The rows above and below the screen follow a moment later.
  let drawn = -1;
  const isSettled = async () => {
    const { first } = await expectInPlace();
    const same = first === drawn;
    drawn = first;
    return same;
  };
  await expect.poll(isSettled, { interval: 200 }).toBe(true);
  const before = { top: await scrollTop(), ...(await expectInPlace()) };
  await page.getByRole('link', { name: new RegExp(`Payment ${count - before.first - 5}(?!\\d)`) }).click();
  await page.waitForURL(/exceptions\/[^?]/);
  await page.goBack();
  await expect.poll(async () => (await expectInPlace().catch(() => null))?.first).toBe(before.first);
  expect(Math.abs((await scrollTop()) - before.top)).toBeLessThan(3);
}, 60_000);

test('a change elsewhere reads only what is in memory again', async () => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('exceptions.list')) asked.push(request.url());
  });
  const opened = await acme.as.operator('POST', '/api/exceptions', { title: 'Another one' });
  expect(opened.status).toBe(201);
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  expect(asked.length).toBeLessThan(20);
}, 60_000);

test('an output of 5 MB opens folded; what is opened scrolls, with only the lines around the screen in the document', async () => {
  const { body: tool } = await acme.as.tenant_admin('POST', '/api/tools', {
    name: 'large_report',
    type: 'http',
    config: { url: `${provider.url}/report`, maxResponseBytes: 10_000_000 },
  });
  const { body: done } = await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} });
  expect(done.failure ?? null).toBe(null);
  // A value that is followed field by field has a proxy for each object in it.
  await page.addInitScript(() => {
    const counted = globalThis as typeof globalThis & { proxies: number };
    counted.proxies = 0;
    counted.Proxy = new Proxy(Proxy, {
      construct(target, [inner, handler]) {
        counted.proxies += 1;
        return new target(inner, handler);
      },
    });
  });
  await page.goto(`/t/${acme.slug}/executions/${done.id}`);
  const output = page.getByRole('region', { name: 'Output' });
  const lines = () => output.locator('[data-row]').count();
  await output.getByRole('button', { name: '"rows"' }).click();
  await output.getByText('10,000').waitFor({ state: 'detached' });
  expect(await lines()).toBeLessThan(350);
  expect(await page.evaluate('globalThis.proxies')).toBeLessThan(4_000);
  await output.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await output.getByRole('button', { name: 'Show all 598,000 characters' }).click();
  await output.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await output.getByText('A long text. '.repeat(3)).last().waitFor();
  expect(await lines()).toBeLessThan(350);
  await look(page, '70-large-output');
}, 60_000);

test('on a phone, rows that differ in height are in their places', async () => {
  await page.setViewportSize({ width: 390, height: 850 });
  await page.goto(`/t/${acme.slug}/exceptions?status=all`);
  await page.getByRole('row').filter({ hasText: 'Another one' }).waitFor();
  for (let i = 0; i < 8; i++) {
    await scrollTo('end');
    await expect
      .poll(async () => (await rows()).filter(({ bottom, top }) => bottom > 300 && top < 800).length)
      .toBeGreaterThan(3);
  }
  const all = await rows();
  expect(all.length).toBeLessThan(200);
  for (const [at, row] of all.entries()) if (at > 0) expect(row.at).toBe(all[at - 1]!.at + 1);
  await look(page, '70-long-list-phone');
}, 60_000);
