import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeNotifications } from '../../shared/notifications/server/make-notifications.ts';
import { sendDue } from '../../shared/notifications/server/send-due.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type MailServer, refusal, startMailServer } from '../support/mail-server.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { publishPlaybook, startRun } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const minute = 60_000;
const hour = 60 * minute;
let api: TestApi;
let acme: TestTenant;
let admin: Awaited<ReturnType<typeof connectTo>>;
let provider: ProviderServer;
let mail: MailServer;
/** What the mail server does with the next mails; null: it takes them. */
let refuse: Error | null = null;
/** The clock of the notifier. */
let now: Date;
const clock = () => now;

beforeAll(async () => {
  provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
  mail = await startMailServer({ took: (_mail, _session, reply) => reply(refuse ?? undefined) });
  const { databaseUrl, adminUrl } = await createOwnDatabase();
  admin = await connectTo(adminUrl);
  // Without the sweeps: the test says when people are told.
  api = await startTestApi({
    databaseUrl,
    env: {
      INTERLOCK_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      INTERLOCK_MAIL_FROM: 'Interlock <interlock@example.com>',
    },
  });
  acme = await api.tenant({ privateHosts: [provider.host] });
});
afterEach(() => {
  refuse = null;
  mail.mails.length = 0;
  provider.requests.length = 0;
});
afterAll(async () => {
  await api?.close();
  await admin?.end();
  await mail?.close();
  await provider?.close();
});

/** Tells people of everything that has happened, as if it was `at`. */
async function tellEveryone(at = new Date()): Promise<void> {
  now = at;
  // What commits late is read with the next look.
  while ((await makeNotifications(api.services, clock)) === 'more');
  await sendDue(api.services, clock);
}

let count = 0;
interface Someone {
  email: string;
  id: string;
  call: Call;
}
async function someone(tenant: TestTenant, ...roles: ('viewer' | 'operator' | 'approver' | 'tenant_admin')[]) {
  const email = `p${(count += 1)}@${tenant.slug}.example`;
  const call = await peopleOf(api, tenant).person(email, roles);
  const { body } = await call('GET', '/api/me');
  return { email, id: body.id as string, call } satisfies Someone;
}
const listOf = async (of: Someone) => (await of.call('GET', '/api/notifications')).body.items;
const textsOf = async (of: Someone): Promise<string[]> =>
  (await listOf(of)).map(({ text }: { text: string }) => text);
const unreadOf = async (of: Someone) => (await of.call('GET', '/api/notifications/count')).body.unread;
async function choose(of: Someone, settings: Record<string, unknown>): Promise<void> {
  const { status, body } = await of.call('PUT', '/api/notification-settings', settings);
  expect(status, JSON.stringify(body)).toBe(200);
}
const choice = (more: Record<string, unknown> = {}) => ({
  page: true,
  browser: false,
  email: 'off',
  channels: [],
  ...more,
});
async function openCase(severity: string, as: Call = acme.as.operator, more = {}): Promise<string> {
  const { status, body } = await as('POST', '/api/exceptions', { title: 'Secret payee 4711', severity, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}
const assign = (caseId: string, to: Someone, as: Call = acme.as.operator) =>
  as('POST', `/api/exceptions/${caseId}/assign`, { assignee: to.email });
/** What a mail says, with its lines put together again. */
const read = (raw: string) => raw.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=').replaceAll('\r\n ', ' ');
const mailsTo = ({ email }: Someone) => mail.mails.filter(({ to }) => to.includes(email)).map(({ raw }) => read(raw));

test('an event tells those whom it concerns, once: not who did it, not other organizations, and no payload', async () => {
  const [ana, ben, guest] = [
    await someone(acme, 'operator'),
    await someone(acme, 'operator'),
    await someone(acme, 'viewer'),
  ];
  const other = await someone(await api.tenant(), 'tenant_admin');
  const id = await openCase('critical', ana.call);
  await assign(id, ben, ana.call);
  await tellEveryone();
  // Told again of the same log, no one is told twice.
  await admin.query(`UPDATE notification_position SET xid = '0', event_id = '0'`);
  await tellEveryone();
  const { number } = (await ana.call('GET', `/api/exceptions/${id}`)).body;
  expect(await textsOf(ana)).toEqual([]);
  expect(await textsOf(ben)).toEqual([
    expect.stringMatching(new RegExp(`^p\\d+ assigned case #${number} to you$`)),
    `Case #${number}, critical, was opened`,
  ]);
  expect(await textsOf(guest)).toEqual([]);
  expect(await textsOf(other)).toEqual([]);
  const [assigned] = await listOf(ben);
  expect(assigned).toMatchObject({
    kind: 'case_assigned',
    critical: true,
    count: 1,
    read: false,
    link: `/t/${acme.slug}/exceptions/${id}`,
  });
  // A critical one that is assigned comes by email at once; the other kinds do not.
  const [letter, ...others] = mailsTo(ben);
  expect(others).toEqual([]);
  expect(letter).toContain(`Subject: Critical: ${(await textsOf(ben))[0]}`);
  expect(letter).toContain(`${api.services.environment.publicUrl}${assigned.link}`);
  const { rows } = await admin.query('SELECT n::text AS text FROM notification n');
  expect(JSON.stringify([rows, mail.mails])).not.toContain('4711');

  // Read and unread are the person's own.
  expect(await unreadOf(ben)).toBe(2);
  const mark = (body: unknown, of = ben) => of.call('POST', '/api/notifications/read', body);
  expect((await mark({ ids: [assigned.id] }, ana)).status).toBe(204);
  expect(await unreadOf(ben)).toBe(2);
  await mark({ ids: [assigned.id] });
  expect(await unreadOf(ben)).toBe(1);
  const unread = await ben.call('GET', '/api/notifications?unread=true&limit=1');
  expect(unread.body).toMatchObject({ items: [{ kind: 'case_critical' }], nextCursor: null });
  await mark({ ids: [assigned.id], read: false });
  expect(await unreadOf(ben)).toBe(2);
  await ben.call('POST', '/api/notifications/read-all', { upTo: unread.body.items[0].id });
  expect(await unreadOf(ben)).toBe(1);
  await ben.call('POST', '/api/notifications/read-all', {});
  expect(await unreadOf(ben)).toBe(0);
  const first = await ben.call('GET', '/api/notifications?limit=1');
  const next = await ben.call('GET', `/api/notifications?limit=1&cursor=${first.body.nextCursor}`);
  expect([first.body.items[0].id, next.body.items[0].id]).toEqual((await listOf(ben)).map((each: Someone) => each.id));
});
