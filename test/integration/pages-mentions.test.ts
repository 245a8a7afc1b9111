import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { publishPlaybook } from '../support/playbook-runs.ts';
import { type Call, startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

describe('people who talk about a case, in two browsers', () => {
  let api: TestApi;
  let acme: TestTenant;
  let browser: Browser;
  let ana: Page;
  let ben: Page;
  let bensCall: Call;
  let caseId: string;
  let runId: string;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    // The notifier reads the log of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    [browser] = await Promise.all([startBrowser(), oneAtATime(buildWeb)]);
    api = await startTestApi({ webDist, databaseUrl, reconcile: true });
    acme = await api.tenant();
    const emails = ['ana', 'ben', 'bea'].map((name) => `${name}@${acme.slug}.example`);
    const calls: Call[] = [];
    for (const email of emails) calls.push(await peopleOf(api, acme).person(email, ['operator']));
    for (const [index, name] of ['Ana Silva', 'Ben Berg', 'Bea Baker'].entries())
      expect((await calls[index]!('PUT', '/api/me', { name })).status).toBe(204);
    bensCall = calls[1]!;
    caseId = (await acme.as.operator('POST', '/api/exceptions', { title: 'Payment is stuck' })).body.id;
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'check',
      steps: [
        {
          id: 'look',
          type: 'manual',
          title: 'Look at the account',
          assignee: { role: 'operator' },
          form: { type: 'object', properties: { note: { type: 'string', title: 'What you found' } } },
        },
      ],
    });
    const run = await acme.as.operator('POST', '/api/playbook-runs', {
      playbookId: playbook,
      exceptionId: caseId,
    });
    expect(run.status, JSON.stringify(run.body)).toBeLessThan(300);
    runId = run.body.id;
    [ana, ben] = await Promise.all(
      emails.slice(0, 2).map((email) => newPage(email)) as [Promise<Page>, Promise<Page>],
    );
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await api?.close();
  });

  async function newPage(email: string, viewport = { width: 1360, height: 850 }): Promise<Page> {
    const context = await browser.newContext({ baseURL: api.url, viewport });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await signIn(page, { email, password: testPassword });
    return page;
  }
  const open = (page: Page, path: string) => page.goto(`/t/${acme.slug}/${path}`);
  const namesThere = async (): Promise<string[]> => {
    const rows = await api.services.db.system((connection) =>
      connection.query<{ name: string }>({ text: 'SELECT DISTINCT user_name AS name FROM presence' }),
    );
    return rows.map(({ name }) => name);
  };
  const box = (page: Page) => page.getByRole('textbox', { name: 'Comment' });

  test('who is named with @ is found by keyboard, shown as a chip, and told', async () => {
    await open(ana, `exceptions/${caseId}`);
    await box(ana).pressSequentially('Can you look, @be');
    const list = ana.getByRole('listbox', { name: 'People' });
    await list.getByRole('option', { name: 'Ben Berg' }).waitFor();
    expect(await list.getByRole('option').count()).toBe(2);
    await look(ana, 'mentions-picker');
    await ana.keyboard.press('ArrowDown');
    await ana.keyboard.press('Enter');
    await list.waitFor({ state: 'detached' });
    expect(await box(ana).inputValue()).toBe('Can you look, @Ben Berg ');
    await box(ana).pressSequentially('please, <b>x</b> me@x.example?');
    await box(ana).press('Control+Enter');
    const timeline = ana.getByRole('listitem').filter({ hasText: 'Can you look' });
    await timeline.getByText('@Ben Berg', { exact: true }).waitFor();
    expect(await timeline.textContent()).toContain('please, <b>x</b> me@x.example?');
    await look(ana, 'mentions-timeline');

    // The list is read when the page opens: by then he has been told.
    await eventually(async () => {
      const { items } = (await bensCall('GET', '/api/notifications')).body;
      return items.some(({ kind }: { kind: string }) => kind === 'mentioned');
    });
    await open(ben, 'notifications');
    await ben.getByText('Ana Silva mentioned you on EX-1').waitFor();
    await open(ben, 'profile/notifications');
    await ben.getByText('A comment mentions me').waitFor();
    await look(ben, 'mentions-settings');
  });

  test('Enter never chooses someone whose name is not the one that is typed, however slow the list is', async () => {
    const slow = Promise.withResolvers<void>();
    await ana.route(/members\.find.*ben/, async (route) => {
      await slow.promise;
      // The page may have given it up.
      await route.continue().catch(() => {});
    });
    await box(ana).pressSequentially('@be');
    await ana.getByRole('option', { name: 'Bea Baker' }).waitFor();
    await box(ana).pressSequentially('n');
    await ana.getByRole('option', { name: 'Bea Baker' }).waitFor({ state: 'detached' });
    await ana.keyboard.press('Enter');
    expect(await box(ana).inputValue()).toBe('@Ben Berg ');
    slow.resolve();
    await box(ana).fill('');
  });

  test('who may not be mentioned any more stays a text, and the author is told so beside the field', async () => {
    const members = (await acme.as.tenant_admin('GET', '/api/members')).body.items;
    const bea = members.find(({ name }: { name: string }) => name === 'Bea Baker');
    await box(ana).pressSequentially('And @bea b');
    await ana.getByRole('option', { name: 'Bea Baker' }).click();
    expect((await acme.as.tenant_admin('DELETE', `/api/members/${bea.id}`)).status).toBe(204);
    await box(ana).press('Control+Enter');
    await ana.getByText('Not told, because they may not see this exception: @Bea Baker').waitFor();
    await look(ana, 'mentions-not-told');
  });

  test('two who have a case open see each other, who writes, and who has left', async () => {
    await open(ben, `exceptions/${caseId}`);
    const also = (page: Page) => page.getByRole('list', { name: 'Also here' });
    await also(ana).getByText('Ben Berg has this open').waitFor({ state: 'attached' });
    await also(ben).getByText('Ana Silva has this open').waitFor({ state: 'attached' });
    await box(ben).pressSequentially('I am');
    await ana.getByRole('status').getByText('Ben Berg is writing a comment').waitFor();
    await look(ana, 'presence-case');
    await box(ben).fill('');
    await ana.getByRole('status').getByText('Ben Berg is writing a comment').waitFor({ state: 'detached' });
    await ben.goto('about:blank');
    // Whoever only falls silent is not shown any more, but is still there for a minute.
    await eventually(async () => !(await namesThere()).includes('Ben Berg'), { timeoutMs: 30_000 });
    await also(ana).waitFor({ state: 'detached' });
  });

  test('the second sees that someone completes a step before they begin, also on a phone, until that page is gone', async () => {
    await open(ana, 'inbox');
    await ana.getByLabel('What you found').fill('The bank');
    const phone = await newPage(`ben@${acme.slug}.example`, { width: 390, height: 844 });
    await open(phone, `inbox?item=${runId}~look`);
    await phone.getByRole('status').getByText('Ana Silva is completing this').waitFor();
    await look(phone, 'presence-step-phone');
    await open(ben, `playbook-runs/${runId}`);
    await ben.getByRole('status').getByText('Ana Silva is completing this').waitFor();
    await look(ben, 'presence-run');
    // A page that crashes says nothing.
    await ana.context().setOffline(true);
    await ben
      .getByRole('status')
      .getByText('Ana Silva is completing this')
      .waitFor({ state: 'detached', timeout: 25_000 });
    await ana.context().setOffline(false);
    await phone.close();
  });

  test('a page that was opened in the background is not there; a beat is no click', async () => {
    const page = await newPage(`ben@${acme.slug}.example`);
    await page.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    });
    const beat = page.waitForRequest((request) => request.url().includes('presence.here'));
    await open(page, `exceptions/${caseId}`);
    expect((await beat).postDataJSON()).toMatchObject({ at: [] });
    expect((await beat).headers()).not.toHaveProperty('traceparent');
    await page.close();
  });

  test('who hides is not seen', async () => {
    await open(ben, `exceptions/${caseId}`);
    await open(ana, 'profile');
    await ana.getByRole('switch', { name: 'Others see what I have open' }).click();
    await ana.getByRole('switch', { name: 'Others see what I have open', checked: false }).waitFor();
    await look(ana, 'presence-profile');
    await open(ana, `exceptions/${caseId}`);
    const benIsHere = ana.getByRole('list', { name: 'Also here' }).getByText('Ben Berg has this open');
    await benIsHere.waitFor({ state: 'attached' });
    // What was said before she hid may still be on its way.
    await expect.poll(() => ben.getByRole('list', { name: 'Also here' }).count()).toBe(0);
    await eventually(async () => (await namesThere()).join() === 'Ben Berg');
  });
});
