import { execFile } from 'node:child_process';
import { createECDH } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { removeUnusedKeys } from '../../shared/notifications/db/push-keys.ts';
import { createPushKeys } from '../../shared/notifications/server/push/push-keys.ts';
import { sendDue } from '../../shared/notifications/server/send-due.ts';
import { startNotifying } from '../../shared/notifications/server/start-notifying.ts';
import { createLocalKeyRing } from '../../shared/platform/server/key-ring.ts';
import { createVault } from '../../shared/platform/server/vault.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { stackEnvironment } from '../support/execution-stack.ts';
import { notifyOfAll } from '../support/notify-of-all.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import {
  type BrowserSubscription,
  type PushService,
  startPushService,
  subscribeBrowser,
} from '../support/push-service.ts';
import {
  type Call,
  cookieOf,
  issuePaths,
  startTestApi,
  type TestApi,
  type TestTenant,
  testPassword,
} from '../support/test-api.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

const minute = 60_000;
const vaultKeys = JSON.stringify({ keys: [{ id: 'push', key: Buffer.alloc(32, 7).toString('base64') }] });
let api: TestApi;
let acme: TestTenant;
let admin: Awaited<ReturnType<typeof connectTo>>;
let push: PushService;
let databaseUrl: string;
let now: Date;

beforeAll(async () => {
  push = await startPushService();
  const own = await createOwnDatabase();
  databaseUrl = own.databaseUrl;
  admin = await connectTo(own.adminUrl);
  // Without the sweeps: the test says when people are notified.
  api = await startTestApi({
    databaseUrl,
    vaultKeys,
    worker: false,
    env: { INTERLOCK_PUSH_SERVICES: push.host },
  });
  acme = await api.tenant();
});
afterEach(() => {
  push.respond = null;
});
afterAll(async () => {
  await api?.close();
  await admin?.end();
  await push?.close();
});

/** Notifies of everything that has happened, as if it was `at`. */
async function notify(at = new Date()): Promise<void> {
  now = at;
  await notifyOfAll(api.services, admin, () => now);
  await sendDue(api.services, () => now);
}

interface Someone {
  email: string;
  id: string;
  call: Call;
}
let people = 0;
async function someone(tenant = acme, as: 'operator' | 'tenant_admin' = 'operator'): Promise<Someone> {
  people += 1;
  const email = `p${people}@${tenant.slug}.example`;
  const call = await peopleOf(api, tenant).person(email, [as]);
  const of = { email, id: (await call('GET', '/api/me')).body.actor.id as string, call };
  await choose(of, { kinds: { case_assigned: inBrowser } });
  return of;
}
const inBrowser = { page: true, browser: true, email: 'off', channels: [] };
async function choose(of: Someone, settings: Record<string, unknown>): Promise<void> {
  expect((await of.call('PUT', '/api/notification-settings', settings)).status).toBe(200);
}
/** Another browser in which the same person is signed in. */
async function elsewhere({ email }: Someone, tenant = acme): Promise<Call> {
  const cookie = cookieOf((await api.signIn(email, testPassword)).headers);
  const origin = api.services.environment.publicUrl;
  return (method, path, body) =>
    api.call(null)(method, path, body, { cookie, 'x-tenant': tenant.slug, origin });
}
/** @returns its number */
async function assign(to: Someone, severity = 'low', tenant = acme): Promise<number> {
  const { operator } = tenant.as;
  const made = await operator('POST', '/api/exceptions', { title: 'Secret payee 4711', severity });
  const { status } = await operator('POST', `/api/exceptions/${made.body.id}/assign`, { assignee: to.email });
  expect(status).toBe(200);
  return made.body.number;
}
const titlesOf = ({ received }: BrowserSubscription) => received.map(({ payload }) => payload.title);
const browsersOf = async (call: Call) => (await call('GET', '/api/push-subscriptions')).body.items;
const listOf = async (call: Call) => (await call('GET', '/api/notifications')).body.items;
async function subscribed(of: Someone, call = of.call): Promise<BrowserSubscription> {
  const browser = push.browser();
  await subscribeBrowser(call, browser);
  return browser;
}

test('a notification comes to each browser of a person once, encrypted and signed, as a title and a link', async () => {
  const [ana, ben] = [await someone(), await someone()];
  const otherBrowser = await elsewhere(ana);
  const [one, two, bens] = [
    await subscribed(ana),
    await subscribed(ana, otherBrowser),
    await subscribed(ben),
  ];
  const number = await assign(ana, 'critical');
  await notify();
  // The same log once more.
  await admin.query(`UPDATE notification_position SET xid = '0', event_id = '0'`);
  await notify();
  expect(one.received).toHaveLength(1);
  expect(two.received).toHaveLength(1);
  expect(bens.received).toEqual([]);
  const [message] = one.received;
  const assigned = ({ kind }: { kind: string }) => kind === 'case_assigned';
  const notice = (await listOf(ana.call)).find(assigned);
  expect(message!.payload).toEqual({
    tag: notice.id,
    title: expect.stringMatching(new RegExp(`^Critical: .+ assigned EX-${number} to you$`)),
    body: expect.any(String),
    critical: true,
    count: 1,
    tenant: acme.slug,
    link: notice.link,
  });
  expect(JSON.stringify(message!.payload)).not.toContain('4711');
  expect(message!.headers).toMatchObject({
    ttl: '86400',
    urgency: 'high',
    'content-encoding': 'aes128gcm',
    topic: expect.stringMatching(/^[\w-]{1,32}$/),
  });
  expect(one.received[0]!.body.equals(two.received[0]!.body)).toBe(false);
  // The pages of these browsers do not show it too; those of one that is not subscribed do.
  const third = await elsewhere(ana);
  const pushed = async (call: Call) => (await listOf(call)).find(assigned).pushed;
  expect([await pushed(ana.call), await pushed(otherBrowser), await pushed(third)]).toEqual([
    true,
    true,
    false,
  ]);
  // What is read before it is sent is not sent, and what is not chosen neither.
  await assign(ana);
  now = new Date();
  await notifyOfAll(api.services, admin, () => now);
  await third('POST', '/api/notifications/read-all', {});
  await notify();
  expect(one.received).toHaveLength(1);
  await choose(ana, { kinds: { case_assigned: { ...inBrowser, browser: false } } });
  await assign(ana);
  await notify();
  expect(one.received).toHaveLength(1);
  const tested = await ana.call('POST', '/api/notification-settings/test', { browser: true });
  expect(tested.status).toBe(202);
  await notify();
  expect([titlesOf(one)[1], titlesOf(two)[1]]).toEqual(
    Array(2).fill(expect.stringContaining('This is a test')),
  );
  // Who may read the database cannot send to them.
  const { rows } = await admin.query('SELECT s::text AS text FROM push_subscription s');
  expect(JSON.stringify(rows)).not.toContain(new URL(one.endpoint).pathname);
});

test('a subscription that no browser has made is refused where it is wrong, and no one sees or removes that of another', async () => {
  const [ana, ben] = [await someone(), await someone()];
  const { endpoint, keys } = push.browser();
  const { publicKey } = (await ana.call('GET', '/api/push-subscriptions')).body;
  const post = (more: Record<string, unknown>, call = ana.call) =>
    call('POST', '/api/push-subscriptions', { endpoint, keys, publicKey, ...more });
  for (const hostile of [
    'https://evil.example/x',
    `https://user@${push.host}/x`,
    'http://169.254.169.254/latest',
    `http://127.0.0.1:${new URL(api.url).port}/api/me`,
    'nowhere',
  ])
    expect(issuePaths(await post({ endpoint: hostile })), hostile).toEqual(['/endpoint']);
  const off = createECDH('prime256v1').generateKeys();
  off[40]! ^= 1;
  const p256dh = off.toString('base64url');
  expect(issuePaths(await post({ keys: { p256dh, auth: 'short' }, publicKey: keys.p256dh }))).toEqual([
    '/keys/p256dh',
    '/keys/auth',
    '/publicKey',
  ]);
  expect((await post({ endpoint: `http://${push.host}/${'x'.repeat(3_000)}` })).status).toBe(422);
  expect((await post({}, acme.as.operator)).body.error).toMatchObject({ code: 'conflict' });
  expect(await browsersOf(ana.call)).toEqual([]);

  const { id } = await subscribeBrowser(ana.call, { endpoint, keys });
  const [listed] = await browsersOf(ana.call);
  expect(listed).toMatchObject({ id, service: push.host, current: true, publicKey, lastFailure: null });
  // Again, and with a new address of the same browser: it is the same one.
  expect((await subscribeBrowser(ana.call, { endpoint, keys })).id).toBe(id);
  expect((await subscribeBrowser(ana.call, push.browser())).id).toBe(id);
  expect(await browsersOf(await elsewhere(ana))).toMatchObject([{ id, current: false }]);
  expect(await browsersOf(ben.call)).toEqual([]);
  const remove = (call: Call) => call('DELETE', `/api/push-subscriptions/${id}`);
  expect((await remove(ben.call)).status).toBe(404);
  expect((await remove(ana.call)).status).toBe(204);
  expect((await remove(ana.call)).status).toBe(404);
  const { body } = await acme.as.tenant_admin('GET', `/api/audit?subjectId=${ana.id}&limit=20`);
  expect(body.items.map(({ type }: { type: string }) => type)).toEqual(
    expect.arrayContaining(['PushSubscriptionAdded', 'PushSubscriptionRemoved']),
  );
  expect(JSON.stringify(body)).not.toContain(new URL(endpoint).pathname);
  // A session that ends while it subscribes.
  const ending = await elsewhere(ana);
  const { session } = (await ending('GET', '/api/push-subscriptions')).body;
  await admin.query('DELETE FROM auth.session WHERE id = $1', [session]);
  expect([401, 409]).toContain((await post({}, ending)).status);
  for (let index = 0; index < 20; index += 1) await subscribeBrowser(await elsewhere(ben), push.browser());
  expect((await post({}, ben.call)).body.error.message).toContain('20 browsers');
});

test('nothing comes to a browser that has signed out, is unknown to its push service, belongs to someone else now, or whose person has left', async () => {
  const owner = await someone(acme, 'tenant_admin');
  const ana = await someone();
  const [kept, out, ended, expired] = [
    ana.call,
    await elsewhere(ana),
    await elsewhere(ana),
    await elsewhere(ana),
  ];
  const [keptBrowser, outBrowser, endedBrowser, expiredBrowser] = [
    await subscribed(ana, kept),
    await subscribed(ana, out),
    await subscribed(ana, ended),
    await subscribed(ana, expired),
  ];
  expect((await out('POST', '/api/auth/sign-out', {})).status).toBe(200);
  const { items } = (await ended('GET', '/api/me/sessions')).body;
  const { id } = items.find((each: { current: boolean }) => each.current);
  expect((await kept('DELETE', `/api/me/sessions/${id}`)).status).toBe(204);
  const current = (await expired('GET', '/api/me/sessions')).body.items.find(
    (each: { current: boolean }) => each.current,
  );
  await admin.query(`UPDATE auth.session SET "expiresAt" = now() - interval '1 second' WHERE id = $1`, [
    current.id,
  ]);
  expect(await browsersOf(kept)).toHaveLength(2);
  await assign(ana);
  await notify();
  expect(
    [keptBrowser, outBrowser, endedBrowser, expiredBrowser].map(({ received }) => received.length),
  ).toEqual([1, 0, 0, 0]);
  expect(await browsersOf(kept)).toHaveLength(1);

  // Another person uses this browser now.
  const ben = await someone();
  await subscribeBrowser(ben.call, keptBrowser);
  expect(await browsersOf(kept)).toEqual([]);
  await assign(ana);
  await assign(ben);
  await notify();
  expect(titlesOf(keptBrowser)).toHaveLength(2);

  // Its push service says 410.
  const gone = { ...push.browser(), endpoint: `http://${push.host}/push/unknown` };
  await subscribeBrowser(ana.call, gone);
  await assign(ana);
  await notify();
  expect(await browsersOf(ana.call)).toEqual([]);
  const { body } = await acme.as.tenant_admin('GET', '/api/audit?type=PushSubscriptionRemoved&limit=1');
  expect(body.items[0]).toMatchObject({ subjectId: ana.id, actor: { type: 'system' } });

  expect((await owner.call('DELETE', `/api/members/${ben.id}`)).status).toBe(204);
  await eventually(
    async () =>
      (await admin.query('SELECT FROM push_subscription WHERE user_id = $1', [ben.id])).rowCount === 0,
  );
});

test('a push service that is busy is asked again when it says; one that refuses is shown as a failure, and pages show it instead', async () => {
  const ana = await someone();
  const browser = await subscribed(ana);
  const start = new Date();
  const refuse = (status: number, headers: Record<string, string> = {}) => {
    push.respond = (response: ServerResponse) => response.writeHead(status, headers).end();
  };
  const pushed = async () => (await listOf(ana.call))[0].pushed;
  const failureOf = async () => (await browsersOf(ana.call))[0].lastFailure;
  refuse(429, { 'retry-after': '120' });
  await assign(ana);
  await notify(start);
  expect(browser.received).toHaveLength(1);
  expect(await pushed()).toBe(false);
  expect(await failureOf()).toEqual({
    error: `${push.host} responded with 429.`,
    at: start.toISOString(),
    executionId: null,
  });
  await notify(new Date(start.getTime() + 110_000));
  expect(browser.received).toHaveLength(1);
  push.respond = null;
  await notify(new Date(start.getTime() + 125_000));
  expect(browser.received).toHaveLength(2);
  expect(browser.received[1]!.headers.topic).toBe(browser.received[0]!.headers.topic);
  expect([await pushed(), await failureOf()]).toEqual([true, null]);

  refuse(403);
  await assign(ana);
  await notify();
  await notify(new Date(Date.now() + 60 * minute));
  expect(browser.received).toHaveLength(3);
  expect(await pushed()).toBe(false);
  expect(await failureOf()).toMatchObject({ error: `${push.host} responded with 403.` });
  const { rows } = await admin.query(
    `SELECT status FROM notification_delivery WHERE push AND error LIKE '%with 403.'`,
  );
  expect(rows).toEqual([{ status: 'failed' }]);

  // A service that hides behind a redirect, and one that cannot be reached.
  refuse(307, { location: 'http://169.254.169.254/latest' });
  await assign(ana);
  await notify();
  expect((await failureOf()).error).toContain('responded with 307');
  push.respond = (response) => response.socket!.destroy();
  await assign(ana);
  await notify();
  expect((await failureOf()).error).toContain(push.host);
});

test('quiet hours hold it back, and twenty at once are one message more', async () => {
  const [ana, ben] = [await someone(), await someone()];
  const [anas, bens] = [await subscribed(ana), await subscribed(ben)];
  await choose(ana, { quiet: { from: '22:00', to: '07:00', letCritical: true }, timeZone: 'UTC' });
  await assign(ana);
  await assign(ana);
  await notify(new Date('2027-03-27T23:00:00Z'));
  expect(anas.received).toEqual([]);
  await assign(ana, 'critical');
  await notify(new Date('2027-03-27T23:00:05Z'));
  expect(titlesOf(anas)).toEqual([expect.stringContaining('Critical: ')]);
  await notify(new Date('2027-03-28T07:00:01Z'));
  expect(anas.received[1]!.payload).toMatchObject({
    title: '2 notifications',
    link: `/t/${acme.slug}/notifications`,
  });
  const at = new Date();
  for (let index = 0; index < 25; index += 1) await assign(ben);
  await notify(at);
  expect(bens.received).toEqual([]);
  await notify(new Date(at.getTime() + minute + 1000));
  expect(titlesOf(bens)).toEqual(['25 exceptions were assigned to you']);
  expect(bens.received[0]!.payload.tag).toBe((await listOf(ben.call))[0].id);
});

test('a process that is killed while it sends: another one sends it once more, as what a browser shows once', async () => {
  const ana = await someone();
  const browser = await subscribed(ana);
  push.respond = () => {};
  const worker = await startWorkerProcess({
    ...stackEnvironment({
      databaseUrl,
      environment: { INTERLOCK_PUSH_SERVICES: push.host, INTERLOCK_VAULT_KEYS: vaultKeys },
    }),
    TEST_SWEEPS: 'true',
  });
  await assign(ana);
  await eventually(() => browser.received.length === 1, { timeoutMs: 30_000 });
  worker.kill('SIGKILL');
  await worker.exited;
  push.respond = null;
  const killed = Date.now();
  await notify(new Date(killed));
  expect(browser.received).toHaveLength(1);
  for (const later of [61_000, 10 * minute]) await notify(new Date(killed + later));
  expect(browser.received).toHaveLength(2);
  const [first, second] = browser.received;
  expect(second!.headers.topic).toBe(first!.headers.topic);
  expect(second!.payload).toEqual(first!.payload);
}, 60_000);

test('a push service that does not respond holds up nothing but push messages', async () => {
  const [ana, ben] = [await someone(), await someone()];
  // More than are sent at the same time.
  for (let index = 0; index < 12; index += 1) await subscribed(ana, await elsewhere(ana));
  const held: ServerResponse[] = [];
  push.respond = (response) => void held.push(response);
  const notifying = startNotifying(api.services);
  await assign(ana);
  await eventually(() => held.length === 10, { timeoutMs: 10_000 });
  await assign(ben);
  await eventually(async () => (await listOf(ben.call)).length === 1, { timeoutMs: 30_000 });
  // The last ones are not even sent: the first ones still wait.
  expect(held).toHaveLength(10);
  for (const response of held) response.writeHead(201).end();
  push.respond = null;
  await notifying.stop();
}, 60_000);

test('a new key of the deployment is for new subscriptions; earlier ones go on with theirs until no browser has it', async () => {
  const { pushKeys, db } = api.services;
  const ana = await someone();
  const browser = await subscribed(ana);
  const before = await pushKeys.current();
  // Two processes at their first start have one key.
  const others = createPushKeys(api.services, undefined);
  expect((await others.current()).publicKey).toBe(before.publicKey);
  const { stdout } = await promisify(execFile)(process.execPath, ['api/rotate-push-key.ts'], {
    env: {
      ...process.env,
      ...stackEnvironment({ databaseUrl, environment: { INTERLOCK_VAULT_KEYS: vaultKeys } }),
    },
  });
  const after = JSON.parse(stdout) as { publicKey: string };
  expect((await others.current()).publicKey).toBe(after.publicKey);
  await assign(ana);
  await notify();
  expect(browser.received.at(-1)!.publicKey).toBe(before.publicKey);
  await subscribeBrowser(ana.call, browser);
  await assign(ana);
  await notify();
  expect(browser.received.at(-1)!.publicKey).toBe(after.publicKey);
  await admin.query(`UPDATE push_key SET created_at = created_at - interval '2 days'`);
  const used = (await admin.query('SELECT FROM push_subscription WHERE public_key = $1', [before.publicKey]))
    .rowCount;
  expect(used).toBeGreaterThan(0);
  await db.system(removeUnusedKeys);
  expect(await others.find(before.publicKey)).not.toBeNull();
  await admin.query('DELETE FROM push_subscription WHERE public_key = $1', [before.publicKey]);
  await db.system(removeUnusedKeys);
  expect(await createPushKeys(api.services, undefined).find(before.publicKey)).toBeNull();
  expect((await others.current()).publicKey).toBe(after.publicKey);
  // A key that the vault does not open any more is as if there was none.
  const otherVault = createVault(
    createLocalKeyRing([{ id: 'new', key: Buffer.alloc(32, 8).toString('base64') }]),
  );
  const replaced = await createPushKeys({ db, vault: otherVault }, undefined).current();
  expect(replaced.publicKey).not.toBe(after.publicKey);
  expect(await createPushKeys(api.services, undefined).find(replaced.publicKey)).toBeNull();
  expect((await createPushKeys(api.services, undefined).current()).publicKey).toBe(after.publicKey);
  // That of the settings.
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url');
  const configured = createPushKeys(api.services, pair.getPrivateKey('base64url'));
  expect((await configured.current()).publicKey).toBe(publicKey);
  expect((await others.find(publicKey))?.publicKey).toBe(publicKey);
  // Another one was used in between, and no browser had it: it is there again.
  await others.rotate();
  await admin.query(
    `UPDATE push_key SET created_at = now() - interval '1 day' * CASE WHEN public_key = $1 THEN 3 ELSE 2 END`,
    [publicKey],
  );
  await db.system(removeUnusedKeys);
  expect((await configured.current()).publicKey).toBe(publicKey);
  const isStored = await admin.query('SELECT FROM push_key WHERE public_key = $1', [publicKey]);
  expect(isStored.rowCount).toBe(1);
  // It signs also where the vault does not open what is stored of it.
  const withOtherVault = createPushKeys({ db, vault: otherVault }, pair.getPrivateKey('base64url'));
  expect((await withOtherVault.find(publicKey))?.publicKey).toBe(publicKey);
});
