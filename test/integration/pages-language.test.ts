import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let page: Page;
let pages: string[];

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  // Lists of a shared database have global tools of other tests.
  api = await startTestApi({ webDist, databaseUrl: (await createOwnDatabase()).databaseUrl });
  acme = await api.tenant();
  // What is data is written in capitals.
  const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'data_tool',
    title: 'DATA TOOL',
    type: 'dummy',
  });
  const playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'data_playbook',
    title: 'DATA PLAYBOOK',
    steps: [
      { id: 'look', type: 'manual', title: 'DATA STEP', instructions: 'DATA' },
      { id: 'call', type: 'call_tool', title: 'DATA CALL', tool: 'data_tool', input: {} },
    ],
  });
  const { body: exception } = await acme.as.operator('POST', '/api/exceptions', { title: 'DATA CASE' });
  await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} });
  const { body: executions } = await acme.as.viewer('GET', '/api/tools/executions');
  const run = await startRun(acme.as.operator, playbook, { exceptionId: exception.id });
  await stepWhen(acme.as.operator, run, 'look', 'waiting');
  pages = [
    ...['/home', '/inbox', '/exceptions', '/playbooks', '/tools', '/connectors', '/executions', '/batches'],
    ...['/schedules', '/audit', '/profile', '/exceptions/new', '/playbooks/new', '/playbooks/runs'],
    ...['/tools/new', '/tools/import', '/tools/export', '/tools/apply'],
    ...['/connectors/new', '/batches/new', '/schedules/new', '/settings/credentials/new'],
    ...[`/exceptions/${exception.id}`, `/playbooks/${playbook}`, `/playbooks/${playbook}/edit`],
    ...[`/tools/${tool.id}`, `/tools/${tool.id}/edit`, `/tools/${tool.id}/run`, `/playbook-runs/${run}`],
    ...[`/executions/${executions.items[0].id}`],
    ...[
      'members',
      'api-keys',
      'connected-apps',
      'organization',
      'policies',
      'limits',
      'private-addresses',
    ].map((section) => `/settings/${section}`),
    ...['egress', 'redaction', 'webhooks', 'credentials', 'encryption-keys', 'retention', 'legal-holds'].map(
      (section) => `/settings/${section}`,
    ),
    ...['personal-data', 'exception-domains', 'inbound-webhooks', 'rules'].map(
      (section) => `/settings/${section}`,
    ),
  ];
  const email = `lea@${acme.slug}.test`;
  await peopleOf(api, acme).person(email, ['tenant_admin']);
  const context = await browser.newContext({
    baseURL: api.url,
    viewport: { width: 1280, height: 900 },
    timezoneId: 'Europe/Berlin',
  });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, { email, password: testPassword });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await api?.close();
});

const choose = (region: object) =>
  page.evaluate(`localStorage.setItem('interlock.region', ${JSON.stringify(JSON.stringify(region))})`);
const open = (path: string) => page.goto(`/t/${acme.slug}${path}`, { waitUntil: 'networkidle' });

/** Runs in the page: what a person reads that is neither in brackets, nor code, nor a value. */
const outside = `(() => {
  const skipped = 'code, pre, kbd, time, script, style, textarea, datalist, .font-mono, .cm-editor, option, svg';
  const found = [];
  const add = (text, element) => {
    let left = text;
    // A text may be a value of another one.
    while (/⟦[^⟦⟧]*⟧/.test(left)) left = left.replace(/⟦[^⟦⟧]*⟧/g, ' ');
    if (/\\p{Ll}{3}/u.test(left)) found.push(left.trim().replace(/\\s+/g, ' '));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const blocks = new Map();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest(skipped)) continue;
    blocks.set(parent, (blocks.get(parent) ?? '') + walker.currentNode.data);
  }
  for (const [element, text] of blocks) add(text);
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    if (!element.closest(skipped))
      for (const name of ['aria-label', 'title', 'alt']) add(element.getAttribute(name) ?? '');
  return [...new Set(found)];
})()`;

test('every text of every page goes through the catalogue', async () => {
  await choose({ language: 'qps' });
  const found: Record<string, string[]> = {};
  for (const path of pages) {
    await open(path);
    // A page that shows nothing proves nothing.
    await page
      .getByRole('heading', { name: /⟦|DATA/ })
      .first()
      .waitFor();
    const texts = ((await page.evaluate(outside)) as string[]).filter((text) => !isData.test(text));
    if (texts.length > 0) found[path] = texts;
  }
  expect(found).toEqual({});
}, 240_000);

/** Names of people, organizations, hosts and types. */
const isData =
  /^(lea|t-\S+|[0-9a-f-]{36}|Ana Admin|Another program|\w+ on \w+|Ctrl|general|worker|Interlock|\d+ min|\S+@\S+|data_\w+|·? ?\w+ (person|key),?|[A-Z]\w+[A-Z]\w+|SignedIn|playbook|Playbook)$/;

test('in German, dates are German, and nothing is clipped on a desk or on a phone', async () => {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await choose({ language: 'de', timeZone: 'Asia/Tokyo' });
    for (const path of pages) {
      await open(path);
      expect(await page.evaluate('document.documentElement.lang')).toBe('de');
      expect(await page.evaluate(clipped), `${path} at ${width}`).toEqual([]);
    }
    await open('/exceptions');
    await page.getByRole('heading', { name: 'Fälle' }).waitFor();
    // The exact time of a row, in the time zone that was chosen.
    const exact = await page.locator('time').first().getAttribute('title');
    expect(exact).toMatch(/^\d{2}\. \p{L}+\.? \d{4}, \d{2}:\d{2}:\d{2} GMT\+9$/u);
    await look(page, `german-exceptions-${width}`);
    await open('/profile');
    await look(page, `german-profile-${width}`);
  }
}, 240_000);

test('what the API says after a mistake goes through the catalogue too, and is German in German', async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  // Its outcome is stored in English.
  const made = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'data_failing',
    title: 'DATA FAILING',
    type: 'http',
    config: { method: 'GET', url: 'http://127.0.0.1:9/x' },
    auth: { type: 'none' },
    retry: { maxAttempts: 1 },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const { body: failed } = await acme.as.operator('POST', `/api/tools/${made.body.id}/execute`, {
    payload: {},
  });
  expect(failed.failure.message).toMatch(/is not a public address/);
  const missing = '0192f0c1-7a00-7000-8000-000000000001';
  const read = async (path: string) => {
    await open(path);
    await page.locator('main h1, main [role=alert]').first().waitFor();
    return ((await page.evaluate(outside)) as string[]).filter((text) => !isData.test(text));
  };
  await choose({ language: 'qps' });
  expect(await read(`/executions/${failed.id}`)).toEqual([]);
  for (const path of [`/executions/${missing}`, `/tools/${missing}`, `/exceptions/${missing}`])
    expect(await read(path), path).toEqual([]);
  await choose({ language: 'de' });
  await open(`/executions/${failed.id}`);
  await page.getByText('ist keine öffentliche Adresse').first().waitFor();
}, 120_000);

test('a person chooses language, formats and time zone in the profile', async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await choose({});
  await open('/profile');
  await page.getByLabel('Language').selectOption('Deutsch');
  await page.getByLabel('Time zone').fill('Nowhere');
  await page.getByText('Choose a time zone of the list.').waitFor();
  await page.getByLabel('Time zone').fill('Europe/Vienna');
  await page.getByRole('button', { name: 'Use these' }).click();
  await page.getByRole('heading', { name: 'Sprache und Region' }).waitFor();
  expect(await page.getByLabel('Sprache').inputValue()).toBe('de');
  expect(await page.getByLabel('Zeitzone').inputValue()).toBe('Europe/Vienna');
  await page.getByLabel('Sprache').selectOption('English');
  await page.getByRole('button', { name: 'Übernehmen' }).click();
  await page.getByRole('heading', { name: 'Language and region' }).waitFor();
}, 120_000);

/** Runs in the page: what ends beyond its edge and cannot be scrolled to. */
const clipped = `(() => {
  const beyond = (element) => {
    const { width, height, left, right } = element.getBoundingClientRect();
    return width > 1 && height > 1 && (right > innerWidth + 1 || left < -1);
  };
  const scrolls = (element) => {
    for (let parent = element.parentElement; parent; parent = parent.parentElement)
      if (/auto|scroll/.test(getComputedStyle(parent).overflowX) && parent.scrollWidth > parent.clientWidth) return true;
    return false;
  };
  const all = [...document.querySelectorAll('button, a, input, select, textarea, h1, h2, p')];
  const found = all.filter((element) => beyond(element) && !scrolls(element)).map(({ outerHTML }) => outerHTML.slice(0, 160));
  return document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways', ...found] : found;
})()`;
