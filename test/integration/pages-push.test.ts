import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWeb, webDist } from '../../dev/build-web.ts';
import { look, signIn, startBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type PushService, startPushService } from '../support/push-service.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let push: PushService;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  // The notifier reads the log of every tenant.
  const { databaseUrl } = await createOwnDatabase();
  [browser, push] = await Promise.all([startBrowser(), startPushService(), oneAtATime(buildWeb)]);
  api = await startTestApi({
    webDist,
    databaseUrl,
    reconcile: true,
    env: { INTERLOCK_PUSH_SERVICES: push.host },
  });
  acme = await api.tenant();
  context = await browser.newContext({
    baseURL: api.url,
    viewport: { width: 1360, height: 1000 },
    permissions: ['notifications'],
  });
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  await push?.close();
});

test('a browser subscribes, shows what comes while no page does, opens what it is about, and ends with the session', {
  timeout: 180_000,
}, async () => {
  // Chromium subscribes at Google. What it then has is that of the push service of this test; all else is its own.
  const subscription = push.browser();
  // Chromium without a screen has no notifications: it is as if they were allowed, and kept in a list.
  await context.addInitScript(({ endpoint, keys }) => {
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
    Object.assign(Notification, { requestPermission: async () => 'granted' });
    const stored = () => localStorage.getItem('test.subscribed');
    const made = (applicationServerKey: string) => ({
      endpoint: endpoint + (localStorage.getItem('test.moved') ?? ''),
      options: {
        applicationServerKey: Uint8Array.from(
          atob(applicationServerKey.replaceAll('-', '+').replaceAll('_', '/')),
          (each) => each.charCodeAt(0),
        ).buffer,
      },
      toJSON: () => ({ endpoint: made(applicationServerKey).endpoint, keys }),
      unsubscribe: async () => localStorage.removeItem('test.subscribed'),
    });
    Object.assign(PushManager.prototype, {
      subscribe: async (options: { applicationServerKey: string }) => {
        localStorage.setItem('test.subscribed', options.applicationServerKey);
        return made(options.applicationServerKey);
      },
      getSubscription: async () => (stored() === null ? null : made(stored()!)),
    });
  }, subscription);
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await signIn(page, acme);
  const cdp = await context.newCDPSession(page);
  const registrations = await watchRegistrations(cdp);

  await page.goto(`/t/${acme.slug}/profile/notifications`);
  await page.getByText('This browser shows notifications while a page of Interlock is open.').waitFor();
  await page.getByRole('button', { name: 'Show them also while no page is open' }).click();
  await page.getByText('also while no page of Interlock is open.').waitFor();
  await page.getByText('Choose “Browser” for the kinds that it should show.').waitFor();
  const listed = page.getByRole('list', { name: 'Browsers that show notifications' });
  await listed.getByText('this browser').waitFor();
  await page.getByRole('group', { name: 'Exception assigned to me' }).getByLabel('Browser').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Choose “Browser” for the kinds').waitFor({ state: 'detached' });

  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(() => {
    const scope = globalThis as unknown as WorkerScope;
    scope.notices = [];
    const { notices, registration } = scope;
    Object.assign(registration, {
      getNotifications: async () => notices.filter(({ closed }) => !closed),
      showNotification: async (
        title: string,
        options: { tag: string; body: string; data: { link: string } },
      ) => {
        for (const each of notices) if (each.tag === options.tag) each.closed = true;
        const notice = {
          ...options,
          title,
          closed: false,
          close: () => Object.assign(notice, { closed: true }),
        };
        notices.push(notice);
      },
    });
  });
  // It comes by Web Push, and the page, which is open, does not show it too.
  const first = await assignCase();
  await eventually(() => subscription.received.length === 1, { timeoutMs: 20_000 });
  const { payload } = subscription.received[0]!;
  const registrationId = registrations.at(-1)!;
  const deliver = (data: unknown) =>
    cdp.send('ServiceWorker.deliverPushMessage', {
      origin: api.url,
      registrationId,
      data: typeof data === 'string' ? data : JSON.stringify(data),
    });
  const shown = () =>
    worker.evaluate(() =>
      (globalThis as unknown as WorkerScope).notices
        .filter(({ closed }) => !closed)
        .map(({ title, tag, body, data }) => ({ title, tag, body, link: data.link })),
    );
  expect(await shown()).toEqual([]);
  await deliver(payload);
  const { title, tag, body } = payload;
  expect(title).toContain(`assigned EX-${first} to you`);
  await eventually(async () => (await shown()).length === 1);
  // Once more, as after a process that was killed: it is one.
  await deliver(payload);
  await deliver({ ...payload, tag: 'other', title: 'Another one', count: 2 });
  await eventually(async () => (await shown()).length === 2);
  expect(await shown()).toContainEqual({ title, tag, body, link: payload.link });
  expect(await page.evaluate(() => localStorage.getItem('interlock.shown.acme'))).toBeNull();

  // A press goes to the page that it is about, in the page that is open.
  await worker.evaluate((wanted) => {
    const scope = globalThis as unknown as WorkerScope;
    const notification = scope.notices.find((each) => each.tag === wanted && !each.closed)!;
    scope.dispatchEvent(Object.assign(new scope.ExtendableEvent('notificationclick'), { notification }));
  }, tag);
  await page.waitForURL(/\/exceptions\//);

  // Read on another device, it is closed with what comes next.
  await deliver(payload);
  await eventually(async () => (await shown()).some((each) => each.tag === tag));
  const signedIn = await api.signIn(acme.email, acme.password);
  const headers = {
    cookie: cookieOf(signedIn.headers),
    'x-tenant': acme.slug,
    origin: api.services.environment.publicUrl,
  };
  await api.call(null)('POST', '/api/notifications/read-all', {}, headers);
  await deliver({ ...payload, tag: 'third', title: 'A third one', count: 2 });
  await eventually(async () => !(await shown()).some((each) => each.tag === tag));
  // A press leads to no other site.
  await deliver({ ...payload, tag: 'hostile', title: 'Hostile', link: '//evil.example/' });
  await eventually(async () => (await shown()).some((each) => each.tag === 'hostile'));
  expect((await shown()).find((each) => each.tag === 'hostile')?.link).toBe('/');
  await deliver('not json');
  await eventually(async () => (await shown()).some((each) => each.title === 'Interlock'));

  // What its push service does not take is said where it is chosen.
  push.respond = (response) => response.writeHead(403).end();
  await assignCase();
  await eventually(() => subscription.received.length === 2, { timeoutMs: 20_000 });
  await page.goto(`/t/${acme.slug}/profile/notifications`);
  await listed.getByText(`${push.host} responded with 403.`).waitFor();
  await look(page, 'push-browsers');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: '.cache/screens/push-browsers-phone.png' });
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  await page.setViewportSize({ width: 1360, height: 1000 });

  // It has another address now, and the push service knew the one before no more: it subscribes again when a page opens.
  const others = () => api.call(null)('GET', '/api/push-subscriptions', undefined, headers);
  const [before] = (await others()).body.items;
  await page.evaluate(() => localStorage.setItem('test.moved', '?moved'));
  await api.call(null)('DELETE', `/api/push-subscriptions/${before.id}`, undefined, headers);
  await page.reload();
  await eventually(async () => (await others()).body.items.length === 1, { timeoutMs: 20_000 });

  // Removed on another device, it stays removed when a page opens.
  const [mine] = (await others()).body.items;
  await api.call(null)('DELETE', `/api/push-subscriptions/${mine.id}`, undefined, headers);
  await page.reload();
  await page.getByRole('button', { name: 'Show them also while no page is open' }).click();
  await listed.getByText('this browser').waitFor();
  await page.getByRole('button', { name: /^Remove .+ on / }).click();
  await listed.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show them also while no page is open' }).click();
  await listed.waitFor();

  // Signed out, nothing comes; who signs in again has it again.
  await page
    .getByRole('button', { name: 'Account' })
    .or(page.getByRole('button', { name: 'Ana Admin' }))
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/sign-in/);
  await eventually(async () => (await others()).body.items.length === 0);
  await eventually(() => page.evaluate(() => localStorage.getItem('test.subscribed') === null));
  await signIn(page, acme);
  await eventually(async () => (await others()).body.items.length === 1, { timeoutMs: 20_000 });
});

/** Of the service worker. */
interface WorkerScope {
  notices: { title: string; tag: string; body: string; data: { link: string }; closed: boolean }[];
  registration: object;
  dispatchEvent: (event: Event) => boolean;
  ExtendableEvent: new (type: string) => Event;
}

/** Someone opens a case and assigns it to the person on the page. */
async function assignCase(): Promise<number> {
  const made = await acme.as.operator('POST', '/api/exceptions', { title: 'Stuck', severity: 'low' });
  const path = `/api/exceptions/${made.body.id}/assign`;
  expect((await acme.as.operator('POST', path, { assignee: acme.email })).status).toBe(200);
  return made.body.number;
}

/** The ids of the registrations of service workers, as they come. */
async function watchRegistrations(cdp: CDPSession): Promise<string[]> {
  const ids: string[] = [];
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const { registrationId, isDeleted } of registrations) if (!isDeleted) ids.push(registrationId);
  });
  await cdp.send('ServiceWorker.enable');
  return ids;
}
