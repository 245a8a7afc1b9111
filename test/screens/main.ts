import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { projectRoot } from '../../dev/paths.ts';
import { findings, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { outOfReach } from '../support/out-of-reach.ts';
import { type DevJson, freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';
import { prepare } from './prepare.ts';
import { type Screen, screensOf } from './screens.ts';
import { routePaths } from './settings-sections.ts';

// `npm run screens`: a picture of every page in light, in dark and on a phone, in docs/images/pages, and what is wrong
// with it, on a tablet and at 200 % too: accessibility, a page that scrolls sideways, a control that cannot be pressed, an
// error in the console. `--only inbox,tools`: pages whose name
// begins so. `--at <folder>`: of the product that runs there. `--out <folder>`: not into docs.

const inDocs = join(projectRoot, 'docs/images/pages');
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    at: { type: 'string' },
    out: { type: 'string', default: inDocs },
  },
});
const looks = [
  { name: 'light', of: 'desk', colorScheme: 'light', viewport: { width: 1280, height: 800 }, keep: true },
  { name: 'dark', of: 'desk', colorScheme: 'dark', viewport: { width: 1280, height: 800 }, keep: true },
  { name: 'phone', of: 'touch', colorScheme: 'light', viewport: { width: 390, height: 844 }, keep: true },
  // Looked at, without a picture in docs.
  { name: 'tablet', of: 'touch', colorScheme: 'light', viewport: { width: 820, height: 1180 }, keep: false },
  { name: 'zoom', of: 'desk', colorScheme: 'light', viewport: { width: 720, height: 450 }, keep: false },
] as const;
const lanes = 3;

/** How much there is; nothing while a part loads. */
const state = `(() => {
  const loading = '[aria-busy=true], button .animate-running, .h-3.rounded-sm.bg-hover, .h-2\\\\.5.rounded-sm.bg-hover';
  if (document.querySelector(loading) || !document.querySelector('h1, h2')) return '';
  return document.querySelectorAll('*').length + ' ' + performance.getEntriesByType('resource').length;
})()`;

const out = resolve(options.out);
let product: Product | undefined;
let browser: Browser | undefined;
try {
  if (!options.at) product = await startProduct(await freshFolder({ pages: 'built' }));
  const dev =
    product?.dev ?? (JSON.parse(readFileSync(join(options.at!, '.interlock/dev.json'), 'utf8')) as DevJson);
  browser = await startBrowser();
  const problems = await takeAll(browser, dev);
  for (const each of problems) console.log(each);
  console.log(`${problems.length} problems.`);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  await browser?.close();
  await product?.stop();
  if (product) removeFolder(product.dir);
}

async function takeAll(chromium: Browser, dev: DevJson): Promise<string[]> {
  const person = dev.users.find(({ roles }) => roles.includes('tenant_admin'))!;
  const platform = dev.users.find(({ roles }) => roles.includes('platform_admin'))!;
  const other = dev.users.find(
    ({ roles, tenant }) => roles.includes('tenant_admin') && tenant !== person.tenant,
  )!;
  const callAs = (tenant: string) => async (path: string, body?: unknown) => {
    const response = await fetch(dev.apiUrl + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${dev.apiKeys[tenant]}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as never;
  };
  await prepare(callAs(person.tenant));
  const screens = await screensOf((path, as) => callAs((as ? other : person).tenant)(path));
  screens.push({ name: 'connect-app', path: await askForApp(dev.apiUrl), at: 'root' });
  const only = options.only.split(',').filter(Boolean);
  const wanted = screens.filter(
    ({ name }) => only.length === 0 || only.some((each) => name.startsWith(each)),
  );
  mkdirSync(out, { recursive: true });
  if (only.length === 0)
    for (const file of readdirSync(out)) if (file.endsWith('.webp')) rmSync(join(out, file));

  const contextsOf = async (who?: typeof person): Promise<Contexts> => {
    const options = {
      baseURL: dev.webUrl,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
    } as const;
    const desk = await chromium.newContext({ ...options, viewport: looks[0].viewport });
    if (who) {
      const page = await desk.newPage();
      await signIn(page, who);
      await page.close();
    }
    const touch = await chromium.newContext({
      ...options,
      hasTouch: true,
      isMobile: true,
      storageState: await desk.storageState(),
    });
    return { desk, touch };
  };
  const contexts = {
    'no one': await contextsOf(),
    platform: await contextsOf(platform),
    other: await contextsOf(other),
    admin: await contextsOf(person),
  };
  const problems = unseenRoutes(screens);
  const left = [...wanted];
  const lane = async () => {
    for (let screen = left.shift(); screen; screen = left.shift()) {
      const tenant = screen.as === 'other' ? other.tenant : person.tenant;
      const path = screen.at === 'root' ? screen.path : `/t/${tenant}${screen.path}`;
      problems.push(
        ...(await take(contexts[screen.as ?? 'admin'], screen, path)).map(
          (each) => `${screen.name}: ${each}`,
        ),
      );
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (only.length === 0) writeIndex(screens);
  return problems;
}

/** An app that asks a person for access. @returns where it sends the browser */
async function askForApp(api: string): Promise<string> {
  const redirectUri = 'http://127.0.0.1:8976/callback';
  const registered = await fetch(`${api}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Desk agent', redirect_uris: [redirectUri] }),
  });
  const { client_id } = (await registered.json()) as { client_id: string };
  const asked = new URLSearchParams({
    client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'tools.read tools.execute',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  return `/oauth/authorize?${asked}`;
}

interface Contexts {
  desk: BrowserContext;
  /** Of a finger instead of a mouse and a keyboard. */
  touch: BrowserContext;
}

async function take(contexts: Contexts, screen: Screen, path: string): Promise<string[]> {
  const problems: string[] = [];
  for (const look of looks) {
    const page = await contexts[look.of].newPage();
    page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
    try {
      await page.setViewportSize(look.viewport);
      await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
      await page.goto(path);
      await untilQuiet(page);
      await screen.act?.(page);
      if (screen.act) await untilQuiet(page);
      if (look.keep || options.out !== inDocs)
        writeFileSync(join(out, `${screen.name}-${look.name}.webp`), await picture(page));
      problems.push(...(await findings(page)).map((each) => `${look.name}: ${each}`));
      problems.push(...(await outOfReach(page)).map((each) => `${look.name}: ${each}`));
      const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
      if (width > look.viewport.width) problems.push(`${look.name}: scrolls sideways (${width} px)`);
    } catch (error) {
      problems.push(`${look.name}: ${error}`);
    } finally {
      await page.close();
    }
  }
  return problems;
}

/** Chromium's own WebP: a third of the PNG, and still sharp. */
async function picture(page: Page): Promise<Buffer> {
  const cdp = await page.context().newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 55 });
  await cdp.detach();
  return Buffer.from(data, 'base64');
}

/** Nothing loads, nothing turns, and nothing was added for a while. */
async function untilQuiet(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.evaluate('document.fonts.ready');
  let last = '';
  let since = performance.now();
  await eventually(
    async () => {
      // Such as a redirection, in the middle of which nothing can be asked.
      const seen = await page.evaluate(state).catch(() => '');
      if (typeof seen !== 'string' || seen === '' || seen !== last) {
        last = String(seen);
        since = performance.now();
      }
      return performance.now() - since > 600;
    },
    { timeoutMs: 20_000, everyMs: 100 },
  );
}

/** Pages without a picture. */
function unseenRoutes(screens: readonly Screen[]): string[] {
  const paths = screens.map(({ path }) => path.split(/[?#]/)[0]!);
  // They lead elsewhere, or stand below another one.
  const without = [
    '/',
    '/t/$tenant',
    '/settings',
    '/executions/$id',
    '/playbook-runs/$id',
    '/connect-app/$uid',
  ];
  return routePaths()
    .filter((pattern) => !without.includes(pattern) && pattern !== '/$kind/$id/versions/$version')
    .filter((pattern) => {
      const shape = new RegExp(`^(/tools/[^/]+)?${pattern.replaceAll(/\$\w+/g, '[^/]+')}$`);
      return !paths.some((path) => shape.test(path));
    })
    .map((pattern) => `${pattern} has no picture: add it to test/screens/screens.ts`);
}

function writeIndex(screens: readonly Screen[]): void {
  const sizes = readdirSync(out).map((file) => statSync(join(out, file)).size);
  const megabytes = (sizes.reduce((sum, size) => sum + size, 0) / 1_048_576).toFixed(1);
  writeFileSync(
    join(out, 'README.md'),
    [
      '# Every page',
      '',
      `Taken by \`npm run screens\` with the demo data, 1280 × 800 in light and dark, and 390 × 844 (${megabytes} MB).`,
      '',
      '| page | light | dark | phone |',
      '|---|---|---|---|',
      ...screens.map(
        ({ name }) =>
          `| ${name} |${looks.map((look) => ` ![${name}, ${look.name}](${name}-${look.name}.webp) |`).join('')}`,
      ),
      '',
    ].join('\n'),
  );
}
