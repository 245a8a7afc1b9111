import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheDir } from '../../dev/paths.ts';
import { prepare } from '../screens/prepare.ts';
import { type Screen, screensOf } from '../screens/screens.ts';
import { signIn, startBrowser } from '../support/browser.ts';
import { type DevJson, freshFolder, type Product, removeFolder, startProduct } from '../support/product.ts';
import { aims, type Visit, visitPage } from './first-paint.ts';

// `npm run bench:pages`: the first paint of every page over 400 kbit/s, once a browser knows it. `-- --only inbox,tools`: pages
// whose names begin so. `-- --at <folder>`: of the product that runs there.

const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, at: { type: 'string' } },
});
/** At once: most of a visit is waiting for the network that is emulated. */
const lanes = 3;

const product: Product | undefined = options.at
  ? undefined
  : await startProduct(await freshFolder({ pages: 'built' }));
const dev =
  product?.dev ?? (JSON.parse(readFileSync(join(options.at!, '.interlock/dev.json'), 'utf8')) as DevJson);
const browser = await startBrowser();
try {
  const visits = await visitAll();
  const late = visits.filter((each) => each.paintMs > aims.paintMs || each.shift > aims.shift);
  console.log(
    '| page | first paint (ms) | asked before it | kB | requests | shift | |\n|---|---|---|---|---|---|---|',
  );
  for (const each of visits)
    console.log(
      `| ${each.page} | ${each.paintMs} | ${each.askedBefore} | ${each.kbBefore} | ${each.requests} | ${each.shift} | ${late.includes(each) ? '**not met**' : 'met'} |`,
    );
  console.log(`\n${visits.length - late.length} of ${visits.length} pages meet both aims.`);
  mkdirSync(join(cacheDir, 'bench-pages'), { recursive: true });
  writeFileSync(join(cacheDir, 'bench-pages/visits.json'), JSON.stringify(visits, null, 2));
} finally {
  await browser.close();
  await product?.stop();
  if (product) removeFolder(product.dir);
}

async function visitAll(): Promise<Visit[]> {
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
  const only = options.only.split(',').filter(Boolean);
  const left = screens.filter(
    ({ name, act }) => !act && (only.length === 0 || only.some((each) => name.startsWith(each))),
  );
  const stateOf = async (who: typeof person) => {
    const context = await browser.newContext({ baseURL: dev.webUrl });
    const page = await context.newPage();
    await signIn(page, who);
    const state = await context.storageState();
    await context.close();
    return state;
  };
  const states = {
    'no one': undefined,
    platform: await stateOf(platform),
    other: await stateOf(other),
    admin: await stateOf(person),
  };
  const order = left.map(({ name }) => name);
  const visits: Visit[] = [];
  const visit = async (screen: Screen) => {
    const tenant = screen.as === 'other' ? other.tenant : person.tenant;
    const path = screen.at === 'root' ? screen.path : `/t/${tenant}${screen.path}`;
    const storageState = states[screen.as ?? 'admin'];
    visits.push(
      await visitPage(browser, { baseURL: dev.webUrl, ...(storageState && { storageState }) }, screen, path),
    );
    console.error(JSON.stringify(visits.at(-1)));
  };
  const lane = async () => {
    for (let screen = left.shift(); screen; screen = left.shift()) await visit(screen);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return visits.toSorted((a, b) => order.indexOf(a.page) - order.indexOf(b.page));
}
