import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { outOfReach } from '../support/out-of-reach.ts';
import { peopleOf } from '../support/people.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  /** A window of 1440 × 900. */
  zoomed: { width: 720, height: 450 },
};
let api: TestApi;
let acme: TestTenant;
let browser: Browser;
let provider: ProviderServer;
let page: Page;
let playbook: string;
const ids: Record<'exception' | 'tool' | 'run', string> = { exception: '', tool: '', run: '' };

beforeAll(async () => {
  [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
  provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_1' }));
  api = await startTestApi({ webDist });
  acme = await api.tenant({ privateHosts: [provider.host] });
  const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'refund_payment',
    title: 'Refund a payment',
    type: 'http',
    inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
    config: { method: 'POST', url: `${provider.url}/refunds` },
  });
  ids.tool = tool.id;
  playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'refund',
    title: 'Refund',
    steps: [
      { id: 'allow', type: 'approval', title: 'Approve the refund', assignee: { role: 'approver' } },
      {
        id: 'look',
        type: 'manual',
        title: 'Look at the payment',
        form: { type: 'object', properties: { found: { type: 'string', title: 'What was found' } } },
      },
      {
        id: 'refund',
        type: 'call_tool',
        title: 'Refund it',
        tool: 'refund_payment',
        input: { amount: 12.5 },
      },
    ],
  });
  const { body: exception } = await acme.as.operator('POST', '/api/exceptions', {
    title: 'A card was charged twice, and the customer has written about it three times',
    severity: 'high',
  });
  ids.exception = exception.id;
  ids.run = await startRun(acme.as.operator, playbook, { exceptionId: exception.id });
  await stepWhen(acme.as.operator, ids.run, 'allow', 'waiting');
  const email = `pia@${acme.slug}.test`;
  await peopleOf(api, acme).person(email, ['tenant_admin']);
  const context = await browser.newContext({
    baseURL: api.url,
    viewport: sizes.phone,
    hasTouch: true,
    isMobile: true,
  });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, { email, password: testPassword });
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await provider?.close();
});

const path = (rest: string) => `/t/${acme.slug}${rest}`;
/** A button that has just appeared does nothing yet: it is pressed until it has had its effect. */
const tapUntil = (name: string | RegExp, done: () => Promise<boolean>) =>
  eventually(
    async () => {
      const button = page.getByRole('button', { name }).first();
      if (!(await done())) await button.tap({ timeout: 2_000 }).catch(() => {});
      return done();
    },
    { everyMs: 1000 },
  );
const stepIs = async (id: string, status: string) =>
  (await acme.as.viewer('GET', `/api/playbook-runs/${ids.run}`)).body.steps.find(
    (step: { id: string }) => step.id === id,
  ).status === status;

test('a person claims, completes, approves and runs steps from the inbox of a phone by touch', async () => {
  const list = page.getByRole('list', { name: 'Waiting steps' });
  await page.goto(path('/inbox'));
  await list.getByRole('button', { name: /Approve the refund/ }).tap();
  await list.waitFor({ state: 'hidden' });
  await look(page, 'phone-approval');
  await page.getByRole('link', { name: '← Inbox' }).tap();
  await list.getByRole('button', { name: /Approve the refund/ }).tap();
  await list.waitFor({ state: 'hidden' });
  await page.goBack();
  await list.getByRole('button', { name: /Approve the refund/ }).tap();
  await tapUntil(/^Approve/, () => stepIs('allow', 'completed'));

  await stepWhen(acme.as.operator, ids.run, 'look', 'waiting');
  await page.goto(path('/inbox'));
  await list.getByRole('button', { name: /Look at the payment/ }).tap();
  await tapUntil(/^Claim/, async () => (await page.getByText(/Claimed by/).count()) > 0);
  await page.getByLabel('What was found').fill('A second charge');
  // It can be undone for some seconds first.
  await tapUntil(/^Complete step/, () => stepIs('look', 'completed'));

  await stepWhen(acme.as.operator, ids.run, 'refund', 'waiting');
  await page.goto(path('/inbox?scope=all'));
  await list.getByRole('button', { name: /Refund it/ }).tap();
  await tapUntil(/^Run/, () => stepIs('refund', 'completed'));
  expect(provider.requests).toHaveLength(1);
}, 240_000);

test('a case is found, read and commented by touch', async () => {
  await page.goto(path('/inbox'));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Exceptions' }).tap();
  await page.getByRole('link', { name: /A card was charged twice/ }).tap();
  await page
    .getByLabel(/comment/i)
    .first()
    .fill('The customer has their money.');
  await page.getByRole('button', { name: /^Comment/ }).tap();
  await page.getByRole('list').getByText('The customer has their money.').waitFor();
  await page.getByRole('button', { name: 'More' }).tap();
  await page.getByRole('menuitem', { name: 'Tools' }).tap();
  await page.waitForURL(/\/tools/);
}, 240_000);

test('on a phone, a tablet and at 200 %, nothing is clipped and everything can be pressed; rows show their values', async () => {
  const { body: executions } = await acme.as.viewer('GET', '/api/tools/executions');
  const pages = [
    ...['/inbox', '/exceptions', '/playbooks', '/tools', '/tools/new', '/connectors', '/connectors/new'],
    ...['/executions', '/batches', '/batches/new', '/audit', '/profile', '/tools/import', '/tools/templates'],
    ...[`/exceptions/${ids.exception}`, `/playbooks/${playbook}`, `/playbooks/${playbook}/edit`],
    ...[`/tools/${ids.tool}`, `/tools/${ids.tool}/edit`, `/playbook-runs/${ids.run}`],
    ...[`/executions/${executions.items[0].id}`],
    ...['members', 'policies', 'limits', 'credentials', 'api-keys', 'retention'].map((s) => `/settings/${s}`),
  ];
  for (const each of pages) {
    await page.goto(path(each), { waitUntil: 'networkidle' });
    for (const size of [sizes.tablet, sizes.zoomed, sizes.phone]) {
      await page.setViewportSize(size);
      // What is drawn anew with the width takes its time.
      await expect
        .poll(async () => [...((await page.evaluate(clipped)) as string[]), ...(await outOfReach(page))], {
          message: `${each}, ${size.width} px`,
        })
        .toEqual([]);
    }
  }
  await page.setViewportSize(sizes.tablet);
  await page.goto(path('/inbox'));
  await look(page, 'tablet-inbox');
  await page.setViewportSize(sizes.phone);
  await page.goto(path('/exceptions'));
  const row = page.getByRole('row', { name: /A card was charged twice/ });
  await row.waitFor();
  await row.getByText('High').waitFor();
  await look(page, 'phone-exceptions');
}, 240_000);

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
