import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { CDPSession, Page } from 'playwright-core';
import { cacheDir } from '../../dev/paths.ts';
import { signIn, startBrowser } from '../support/browser.ts';
import { fillExceptions } from '../support/long-lists.ts';
import { freshFolder, removeFolder, startProduct } from '../support/product.ts';

// `npm run bench:frames`: what Chromium paints, frame by frame, while a person drags through 100,000 rows and through an output
// of 5 MB.

const rows = 100_000;
/** The drag ends here, wherever it is then. */
const longestMs = 120_000;

interface Frames {
  what: string;
  frames: number;
  over50: number;
  longestMs: number;
  elements: number;
  heapMb: number;
}

/** What is painted while `scroll` runs. */
async function framesOf(page: Page, cdp: CDPSession, what: string, scroll: string): Promise<Frames> {
  const gaps = (await page.evaluate(`(async () => {
    const gaps = [];
    let last = performance.now();
    let open = true;
    const frame = (now) => { gaps.push(now - last); last = now; if (open) requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
    const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const body = document.querySelector('[data-scroll-restoration-id="body"]');
    ${scroll}
    open = false;
    return gaps.slice(1);
  })()`)) as number[];
  const { metrics } = (await cdp.send('Performance.getMetrics')) as {
    metrics: { name: string; value: number }[];
  };
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  return {
    what,
    frames: gaps.length,
    over50: gaps.filter((gap) => gap > 50).length,
    longestMs: Math.round(Math.max(...gaps)),
    elements: (await page.evaluate('document.querySelectorAll("*").length')) as number,
    heapMb: Math.round(heap / 1_048_576),
  };
}

const dir = await freshFolder({ pages: 'built' });
const product = await startProduct(dir);
const browser = await startBrowser();
const results: Frames[] = [];
try {
  const { webUrl, users, databaseUrl } = product.dev;
  const person = users.find(({ roles }) => roles.includes('tenant_admin'))!;
  const admin = new pg.Client({ connectionString: databaseUrl });
  admin.on('error', () => undefined);
  await admin.connect();
  const found = await admin.query('SELECT id FROM auth.organization WHERE slug = $1', [person.tenant]);
  await fillExceptions(admin, found.rows[0].id, rows);
  await admin.query('ANALYZE exception');
  await admin.end();

  const page = await browser.newPage({ baseURL: webUrl, viewport: { width: 1360, height: 850 } });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await signIn(page, person);
  await page.goto(`/t/${person.tenant}/exceptions?status=all`);
  await page.locator('table[aria-rowcount="-1"]').waitFor();
  // To the end, as fast as rows come; then somewhere else at once, again and again.
  results.push(
    await framesOf(
      page,
      cdp,
      '100,000 exceptions to the end, 2,000 px in every frame: rows are all new each time, while pages load',
      `const until = performance.now() + ${longestMs};
       const count = () => Number(document.querySelector('table').getAttribute('aria-rowcount'));
       while (count() < 0 && performance.now() < until) { body.scrollTop += 2_000; await next(); }`,
    ),
    await framesOf(
      page,
      cdp,
      '60 jumps to other places among them',
      `for (let i = 0; i < 60; i++) {
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
    const json = await response.json();
    json.result.data.output = large;
    await route.fulfill({ response, json });
  });
  await page.goto(`/t/${person.tenant}/executions?status=succeeded`);
  await page.locator('tbody a[href]').first().waitFor();
  results.push(
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
  console.log(
    '| | frames | above 50 ms | longest (ms) | elements | JS heap (MB) |\n|---|---|---|---|---|---|',
  );
  for (const { what, ...numbers } of results)
    console.log(
      `| ${what} | ${Object.values(numbers)
        .map((each) => each.toLocaleString('en'))
        .join(' | ')} |`,
    );
  mkdirSync(join(cacheDir, 'bench-pages'), { recursive: true });
  writeFileSync(join(cacheDir, 'bench-pages/frames.json'), JSON.stringify(results, null, 2));
} finally {
  await browser.close();
  await product.stop();
  removeFolder(dir);
}
