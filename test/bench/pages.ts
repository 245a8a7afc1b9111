import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.ts';
import { fillExceptions } from '../support/long-lists.ts';
import { freshFolder, startProduct } from '../support/product.ts';

// `npm run bench:pages`: pages as a person feels them, in Chromium. Frames while 100,000 rows scroll, and the
// first paint of each page over 400 kbit/s on a second visit. `--pages inbox,tools`: only these.

const { values: options } = parseArgs({
  options: { pages: { type: 'string', default: '' } },
});
const only = options.pages === '' ? null : options.pages.split(',');
const rows = 100_000;
/** Bytes in a second, and milliseconds of each round trip. */
const slow = { downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 400, offline: false };

interface Frames {
  what: string;
  frames: number;
  over50: number;
  longestMs: number;
  nodes: number;
  heapMb: number;
}

interface Visit {
  path: string;
  paintMs: number;
  requests: number;
  kb: number;
  shift: number;
}

const pages = [
  ...[
    'home',
    'inbox',
    'exceptions',
    'executions',
    'playbook-runs',
    'batches',
    'schedules',
    'tools',
    'tools/new',
    'tools/templates',
  ],
  ...[
    'tools/import',
    'tools/export',
    'connectors',
    'playbooks',
    'playbooks/new',
    'playbooks/templates',
    'audit',
    'profile',
  ],
  ...[
    'private-addresses',
    'members',
    'api-keys',
    'webhooks',
    'inbound-webhooks',
    'credentials',
    'policies',
    'rules',
  ].map((section) => `settings/${section}`),
];

/** Of each of these, the page of its first row is visited too. */
const lists = [
  'exceptions',
  'executions',
  'tools',
  'playbooks',
  'playbook-runs',
  'schedules',
  'batches',
  'connectors',
];

/** What is painted while `scroll` runs, frame by frame. */
async function framesOf(page: Page, cdp: CDPSession, what: string, scroll: string): Promise<Frames> {
  const gaps = (await page.evaluate(`(async () => {
    const gaps = [];
    let last = performance.now();
    let open = true;
    const frame = (now) => { gaps.push(now - last); last = now; if (open) requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
    const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
    ${scroll}
    open = false;
    return gaps.slice(1);
  })()`)) as number[];
  const { metrics } = (await cdp.send('Performance.getMetrics')) as {
    metrics: { name: string; value: number }[];
  };
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? 0;
  return {
    what,
    frames: gaps.length,
    over50: gaps.filter((gap) => gap > 50).length,
    longestMs: Math.round(Math.max(...gaps)),
    nodes: (await page.evaluate('document.querySelectorAll("*").length')) as number,
    heapMb: Math.round(metric('JSHeapUsedSize') / 1_048_576),
  };
}

async function visit(browser: Browser, state: string, baseURL: string, path: string): Promise<Visit> {
  const context = await browser.newContext({
    baseURL,
    storageState: state,
    viewport: { width: 1360, height: 850 },
  });
  try {
    const first = await context.newPage();
    await first.goto(path, { waitUntil: 'load' });
    await first.waitForTimeout(1_500);
    await first.close();
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', slow);
    let bytes = 0;
    let requests = 0;
    cdp.on('Network.responseReceived', ({ response }) => {
      if (!response.fromDiskCache) requests += 1;
    });
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.addInitScript(`
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const each of list.getEntries()) if (!each.hadRecentInput) window.shift += each.value;
      }).observe({ type: 'layout-shift', buffered: true });
    `);
    await page.goto(path, { waitUntil: 'commit' });
    await page.waitForTimeout(6_000);
    const paint = (await page.evaluate(
      `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0`,
    )) as number;
    const shift = (await page.evaluate('window.shift')) as number;
    return {
      path,
      paintMs: Math.round(paint),
      requests,
      kb: Math.round(bytes / 1_024),
      shift: Number(shift.toFixed(3)),
    };
  } finally {
    await context.close();
  }
}

const dir = await freshFolder({ pages: 'built' });
const product = await startProduct(dir);
const browser = await startBrowser();
const results = { frames: [] as Frames[], visits: [] as Visit[] };
try {
  const { webUrl, users } = product.dev;
  const person = users.find(({ roles }) => roles.includes('tenant_admin')) ?? users[0]!;
  const context = await browser.newContext({ baseURL: webUrl, viewport: { width: 1360, height: 850 } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/t\//);
  const state = join(dir, 'state.json');
  await context.storageState({ path: state });

  const details: string[] = [];
  for (const list of only ? [] : lists) {
    await page.goto(`/t/${person.tenant}/${list}`);
    const first = page.locator('tbody a[href]').first();
    await first.waitFor();
    details.push((await first.getAttribute('href'))!.split('/').slice(3).join('/'));
  }
  for (const path of only ?? [...pages, ...details]) {
    const seen = await visit(browser, state, webUrl, `/t/${person.tenant}/${path}`);
    results.visits.push({ ...seen, path });
    console.log(JSON.stringify(results.visits.at(-1)));
  }

  const admin = new pg.Client({
    connectionString: product.dev.databaseUrl,
  });
  admin.on('error', () => undefined);
  await admin.connect();
  const { rows: found } = await admin.query('SELECT id FROM auth.organization WHERE slug = $1', [
    person.tenant,
  ]);
  await fillExceptions(admin, found[0].id, rows);
  await admin.query('ANALYZE exception');
  await admin.end();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.goto(`/t/${person.tenant}/exceptions?status=all`);
  await page.getByRole('row').nth(20).waitFor();
  const scroller = `const body = document.querySelector('[data-scroll-restoration-id="body"]');`;
  // To the end, as fast as rows come; then somewhere else at once, again and again.
  results.frames.push(
    await framesOf(
      page,
      cdp,
      '100,000 rows, to the end',
      `${scroller} const until = performance.now() + 240_000;
       const count = () => Number(document.querySelector('table').getAttribute('aria-rowcount'));
       while (count() < 0 && performance.now() < until) { body.scrollTop += 2_000; await next(); }`,
    ),
    await framesOf(
      page,
      cdp,
      '100,000 rows, 60 jumps',
      `${scroller} for (let i = 0; i < 60; i++) {
         body.scrollTop = body.scrollHeight * ((i * 37) % 60) / 60;
         for (let j = 0; j < 12; j++) await next();
       }`,
    ),
  );
  // What a provider has sent, exchanged on its way to the page.
  const large = {
    rows: Array.from({ length: 10_000 }, (_, id) => ({ id, name: `Row ${id}`, note: 'n'.repeat(390) })),
    text: 'A long text. '.repeat(46_000),
  };
  await page.route(/\/trpc\/executions\.get\?/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    body.result.data.output = large;
    await route.fulfill({ response, json: body });
  });
  await page.goto(`/t/${person.tenant}/executions?status=succeeded`);
  await page.locator('tbody a[href]').first().waitFor();
  results.frames.push(
    await framesOf(
      page,
      cdp,
      'an output of 5 MB: opened, unfolded, scrolled to the end',
      `document.querySelector('tbody a[href]').click();
       const output = () => document.querySelector('section[aria-label="Output"][tabindex]');
       while (!output()) await next();
       for (let i = 0; i < 30; i++) await next();
       [...output().querySelectorAll('button')].find((each) => each.textContent.includes('rows')).click();
       for (let i = 0; i < 30; i++) await next();
       for (let i = 0; i < 300; i++) { output().scrollTop += i < 150 ? 300 : 6_000; await next(); }`,
    ),
  );
  for (const each of results.frames) console.log(JSON.stringify(each));
} finally {
  await browser.close();
  await product.stop();
  const out = join(import.meta.dirname, '../../.cache/bench-pages');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'results.json'), JSON.stringify(results, null, 2));
  rmSync(dir, { recursive: true, force: true });
}
