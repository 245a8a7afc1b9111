import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import type { EventSubject, EventType } from '../../shared/events/event-types.ts';
import { sendDue } from '../../shared/notifications/server/send-due.ts';
import { requireApproval } from '../support/approvals.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { stackEnvironment } from '../support/execution-stack.ts';
import { type MailServer, refusal, startMailServer } from '../support/mail-server.ts';
import { notifyOfAll } from '../support/notify-of-all.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { publishPlaybook, startRun } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

const minute = 60_000;
const hour = 60 * minute;
let api: TestApi;
let acme: TestTenant;
let admin: Awaited<ReturnType<typeof connectTo>>;
let provider: ProviderServer;
let mail: MailServer;
/** What the mail server does with the next mails; null: it takes them. */
let refuse: Error | null = null;
/** It has the mail, and never says so. */
let silent = false;
let databaseUrl: string;
/** The clock of the notifier. */
let now: Date;
const clock = () => now;

beforeAll(async () => {
  provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
  mail = await startMailServer({
    took: (_mail, _session, reply) => silent || reply(refuse ?? undefined),
  });
  const own = await createOwnDatabase();
  databaseUrl = own.databaseUrl;
  admin = await connectTo(own.adminUrl);
  // Without the sweeps: the test says when people are notified.
  api = await startTestApi({
    databaseUrl,
    env: mailSettings(),
  });
  acme = await api.tenant({ privateHosts: [provider.host] });
});
afterEach(() => {
  refuse = null;
  silent = false;
  mail.mails.length = 0;
  provider.requests.length = 0;
});
afterAll(async () => {
  await api?.close();
  await admin?.end();
  await mail?.close();
  await provider?.close();
});

const mailSettings = () => ({
  INTERLOCK_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
  INTERLOCK_MAIL_FROM: 'Interlock <interlock@example.com>',
});

/** Tells people of everything that has happened, as if it was `at`. */
async function tellEveryone(at = new Date()): Promise<void> {
  now = at;
  await notifyOfAll(api.services, admin, clock);
  await sendDue(api.services, clock);
}

let people = 0;
interface Someone {
  email: string;
  id: string;
  call: Call;
}
async function someone(
  tenant: TestTenant,
  ...roles: ('viewer' | 'operator' | 'approver' | 'tenant_admin')[]
) {
  people += 1;
  const email = `p${people}@${tenant.slug}.example`;
  const call = await peopleOf(api, tenant).person(email, roles);
  const { body } = await call('GET', '/api/me');
  return { email, id: body.actor.id as string, call } satisfies Someone;
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
  const { status, body } = await as('POST', '/api/exceptions', {
    title: 'Secret payee 4711',
    severity,
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}
const assign = (caseId: string, to: Someone, as: Call = acme.as.operator) =>
  as('POST', `/api/exceptions/${caseId}/assign`, { assignee: to.email });
/** What a mail says, with its lines put together again. */
const read = (raw: string) => raw.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=').replaceAll('\r\n ', ' ');
const mailsTo = ({ email }: Someone) =>
  mail.mails.filter(({ to }) => to.includes(email)).map(({ raw }) => read(raw));

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
  // By the same log once more, no one is notified twice.
  await admin.query(`UPDATE notification_position SET xid = '0', event_id = '0'`);
  await tellEveryone();
  const { number } = (await ana.call('GET', `/api/exceptions/${id}`)).body;
  expect(await textsOf(ana)).toEqual([]);
  expect(await textsOf(ben)).toEqual([
    expect.stringMatching(new RegExp(`^p\\d+ assigned EX-${number} to you$`)),
    `EX-${number}, critical, was opened`,
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
  expect([first.body.items[0].id, next.body.items[0].id]).toEqual(
    (await listOf(ben)).map((each: Someone) => each.id),
  );
});

/** A tool whose execution somebody has to approve, or not. */
async function tool(
  name: string,
  more: Record<string, unknown> = {},
  as = acme.as.tenant_admin,
): Promise<string> {
  const { status, body } = await as('POST', '/api/tools', {
    name,
    type: 'http',
    inputSchema: { type: 'object', properties: { text: { type: 'string' }, to: { type: 'string' } } },
    config: { method: 'POST', url: `${provider.url}/${name}`, body: { text: '{text}', to: '{to}' } },
    retry: { maxAttempts: 1 },
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

test('an approval is asked of those who may give it; every link leads to a page that asks, and no GET decides anything', async () => {
  const tenant = await api.tenant({ privateHosts: [provider.host] });
  const [ana, ben, guest] = [
    await someone(tenant, 'operator', 'approver'),
    await someone(tenant, 'approver'),
    await someone(tenant, 'viewer'),
  ];
  const toolId = await tool('pay', {}, tenant.as.tenant_admin);
  await requireApproval(tenant, toolId);
  const playbookId = await publishPlaybook(tenant.as.tool_admin, {
    name: 'refund',
    steps: [{ id: 'check', type: 'approval', title: 'Check the refund', assignee: { role: 'approver' } }],
  });
  const runId = await startRun(ana.call, playbookId);
  const asked = await ana.call('POST', `/api/tools/${toolId}/execute`, { payload: { text: 'iban 4711' } });
  expect(asked.body, JSON.stringify(asked.body)).toMatchObject({ status: 'requested' });
  const step = async () => (await ana.call('GET', `/api/playbook-runs/${runId}`)).body.steps[0];
  await eventually(async () => (await step())?.status === 'waiting');
  await tellEveryone();
  expect((await textsOf(ben)).sort()).toEqual([
    expect.stringContaining('Check the refund in refund waits for you'),
    expect.stringMatching(/^p\d+ asks for an approval of pay$/),
  ]);
  // Who asked may not approve, and is not told of that; the step waits for them too, unless opening it was their act.
  expect((await textsOf(ana)).some((text) => text.includes('asks for'))).toBe(false);
  expect(await textsOf(guest)).toEqual([]);
  const letters = mailsTo(ben);
  expect(letters.join()).not.toContain('4711');
  expect(letters.join()).toContain('Opening a link decides nothing.');

  const links = letters.flatMap((letter) => letter.match(/https?:\/\/[^\s>]+/g) ?? []);
  expect(links.some((link) => link.includes(`/executions/${asked.body.id}`))).toBe(true);
  expect(links.some((link) => link.includes(`/playbook-runs/${runId}?step=check`))).toBe(true);
  const everything = async () =>
    (
      await admin.query(`SELECT (SELECT count(*) FROM event)::int AS events,
        (SELECT json_agg(s ORDER BY user_id) FROM notification_setting s) AS settings,
        (SELECT json_agg(n ORDER BY id) FROM notification n) AS notifications`)
    ).rows;
  const before = await everything();
  for (const link of links) await fetch(link.replace(api.services.environment.publicUrl, api.url));
  // The same links as the person who is signed in.
  for (const link of links) await ben.call('GET', link.replace(api.services.environment.publicUrl, ''));
  expect(await everything()).toEqual(before);
  expect((await step()).status).toBe('waiting');
  expect((await ana.call('GET', `/api/tools/executions/${asked.body.id}`)).body.status).toBe('requested');
});

test('one POST of the link in an email ends these emails, a GET asks first, and a changed link does nothing', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  await assign(await openCase('critical', ana.call), ben, ana.call);
  await tellEveryone();
  const [letter] = mailsTo(ben);
  expect(letter).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  const [, link] = letter!.match(/List-Unsubscribe: <([^>]+)>/)!;
  const path = link!.replace(api.services.environment.publicUrl, '');
  const emailOf = async () =>
    (await ben.call('GET', '/api/notification-settings')).body.kinds.case_assigned.email;
  const page = await fetch(api.url + path);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post"')]);
  expect(await emailOf()).toBe('critical');
  // Of another person: the signature is not theirs.
  const token = new URL(link!).searchParams.get('token')!;
  const facts = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify([facts[0], ana.id, 'all'])).toString('base64url');
  for (const wrong of [`${forged}.${token.split('.')[1]}`, 'x', '', `${forged}.`, 'bnVsbA.x', 'W10.x'])
    expect(
      (await fetch(`${api.url}/api/notifications/unsubscribe?token=${wrong}`, { method: 'POST' })).status,
    ).toBe(404);
  const oneClick = () =>
    fetch(api.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mail.example' },
      body: 'List-Unsubscribe=One-Click',
    });
  expect((await oneClick()).status).toBe(200);
  expect((await oneClick()).status).toBe(200);
  expect(await emailOf()).toBe('off');
  const audit = await acme.as.tenant_admin('GET', '/api/audit?type=NotificationSettingsChanged&limit=1');
  expect(audit.body.items[0]).toMatchObject({
    subjectId: ben.id,
    actor: { id: ben.id },
    data: { kinds: ['case_assigned'], by: 'the link in an email' },
  });
  mail.mails.length = 0;
  await assign(await openCase('critical', ana.call), ben, ana.call);
  await tellEveryone();
  expect(mailsTo(ben)).toEqual([]);
  expect((await textsOf(ben))[0]).toContain('assigned EX-');
});

test('quiet hours hold everything but the page back, across midnight and a change of clocks; afterwards there is one message', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  const night = {
    timeZone: 'Europe/Berlin',
    quiet: { from: '22:00', to: '07:00', letCritical: true },
    kinds: {
      case_assigned: choice({ email: 'now', browser: true }),
      case_commented: choice({ email: 'now' }),
    },
  };
  await choose(ben, night);
  // The night in which the clocks of Berlin go forward: 22:30 is 21:30 UTC, and 07:00 is 05:00 UTC.
  const late = new Date('2038-03-27T21:30:00Z');
  const caseId = await openCase('low', ana.call);
  await assign(caseId, ben, ana.call);
  await ana.call('POST', `/api/exceptions/${caseId}/comments`, { body: 'A secret word' });
  await tellEveryone(late);
  expect(mailsTo(ben)).toEqual([]);
  expect(await textsOf(ben)).toHaveLength(2);
  const held = (await listOf(ben)).find(({ kind }: { kind: string }) => kind === 'case_assigned');
  expect(held.browserAt).toBe('2038-03-28T05:00:00.000Z');
  // What is critical breaks through.
  const urgent = await openCase('critical', ana.call);
  await assign(urgent, ben, ana.call);
  await tellEveryone(late);
  expect(mailsTo(ben)).toEqual([expect.stringContaining('Subject: Critical: ')]);
  await tellEveryone(new Date('2038-03-28T04:59:00Z'));
  expect(mailsTo(ben)).toHaveLength(1);
  await tellEveryone(new Date('2038-03-28T05:00:01Z'));
  expect(mailsTo(ben)).toHaveLength(2);
  const digest = mailsTo(ben)[1]!;
  expect(digest).toMatch(/Subject: 2 notifications of/);
  expect(digest).toMatch(/assigned EX-\d+ to you/);
  expect(digest).toMatch(/commented on EX-\d+/);
  expect(digest).not.toContain('secret word');
  await tellEveryone(new Date('2038-03-28T06:00:00Z'));
  expect(mailsTo(ben)).toHaveLength(2);
  // With no exception, critical waits too.
  await choose(ben, { quiet: { ...night.quiet, letCritical: false } });
  await assign(await openCase('critical', ana.call), ben, ana.call);
  await tellEveryone(new Date('2038-03-29T01:00:00Z'));
  expect(mailsTo(ben)).toHaveLength(2);
  await choose(ben, { quiet: null });
  await tellEveryone(new Date('2038-03-29T05:00:01Z'));
  expect(mailsTo(ben)).toHaveLength(3);
});

test('a digest gathers until its time, without what was read on the page meanwhile', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  await choose(ben, {
    timeZone: 'Asia/Kolkata',
    digest: { every: 'day', at: '09:00' },
    kinds: { case_assigned: choice({ email: 'digest' }) },
  });
  const start = new Date('2038-01-10T12:00:00Z');
  for (const at of [0, 1, 2]) {
    await assign(await openCase('low', ana.call), ben, ana.call);
    await tellEveryone(new Date(start.getTime() + at * hour));
  }
  const [newest] = await listOf(ben);
  await ben.call('POST', '/api/notifications/read', { ids: [newest.id] });
  await tellEveryone(new Date('2038-01-11T03:29:00Z'));
  expect(mailsTo(ben)).toEqual([]);
  await tellEveryone(new Date('2038-01-11T03:30:00Z'));
  expect(mailsTo(ben)).toEqual([expect.stringContaining('Subject: 2 notifications of')]);
  // Each hour at its beginning.
  await choose(ben, { digest: { every: 'hour' }, timeZone: 'UTC' });
  await assign(await openCase('low', ana.call), ben, ana.call);
  await tellEveryone(new Date('2038-01-12T10:20:00Z'));
  await tellEveryone(new Date('2038-01-12T10:59:59Z'));
  expect(mailsTo(ben)).toHaveLength(1);
  await tellEveryone(new Date('2038-01-12T11:00:00Z'));
  expect(mailsTo(ben)).toHaveLength(2);
});

test('twenty of one kind within a minute are one line and one more message', async () => {
  const tenant = await api.tenant();
  const [ana, ben] = [await someone(tenant, 'operator'), await someone(tenant, 'operator')];
  await choose(ben, { kinds: { case_high: choice({ email: 'now', browser: true }) } });
  const open = (many: number) => Promise.all(Array.from({ length: many }, () => openCase('high', ana.call)));
  const at = (seconds: number) => new Date(Date.parse('2038-02-01T10:00:00Z') + seconds * 1000);
  await open(19);
  await tellEveryone(at(0));
  expect(await textsOf(ben)).toHaveLength(19);
  expect(mailsTo(ben)).toHaveLength(1);
  await ben.call('POST', '/api/notifications/read-all', {});
  await open(4);
  await tellEveryone(at(20));
  await open(1);
  await tellEveryone(at(30));
  expect(await listOf(ben)).toMatchObject([
    {
      text: '24 exceptions of high severity were opened',
      count: 24,
      read: false,
      link: expect.stringContaining('severity=high'),
    },
  ]);
  expect(mailsTo(ben)).toHaveLength(1);
  await tellEveryone(at(61));
  expect(mailsTo(ben)).toHaveLength(2);
  expect(mailsTo(ben)[1]).toContain('Subject: 5 exceptions of high severity were opened');
  // A minute later it is a new line.
  await open(1);
  await tellEveryone(at(90));
  expect(await textsOf(ben)).toHaveLength(2);
});

test('an email that was ended is not sent, also where it was waiting', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  await choose(ben, {
    digest: { every: 'hour' },
    kinds: { case_assigned: choice({ email: 'digest' }), case_commented: choice({ email: 'digest' }) },
  });
  const caseId = await openCase('low', ana.call);
  await assign(caseId, ben, ana.call);
  await ana.call('POST', `/api/exceptions/${caseId}/comments`, { body: 'See this' });
  await tellEveryone(new Date('2038-04-01T10:10:00Z'));
  await choose(ben, { kinds: { case_assigned: choice({ email: 'off' }) } });
  await tellEveryone(new Date('2038-04-01T11:00:00Z'));
  expect(mailsTo(ben)).toEqual([expect.stringMatching(/Subject: p\d+ commented on/)]);
  const { rows } = await admin.query(
    'SELECT status FROM notification_delivery WHERE user_id = $1 ORDER BY status',
    [ben.id],
  );
  expect(rows.map(({ status }) => status)).toEqual(['dropped', 'sent']);
});

test('a message that is tried again in quiet hours goes whole, or waits whole', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  await choose(ben, {
    quiet: { from: '22:00', to: '07:00', letCritical: true },
    kinds: { case_assigned: choice({ email: 'now' }) },
  });
  refuse = refusal(451, 'busy');
  await assign(await openCase('critical', ana.call), ben, ana.call);
  await assign(await openCase('low', ana.call), ben, ana.call);
  await tellEveryone(new Date('2038-04-02T21:59:58Z'));
  refuse = null;
  mail.mails.length = 0;
  await tellEveryone(new Date('2038-04-02T22:01:00Z'));
  // Its id is that of both lines: what knows the id would take the second half for what it has.
  expect(mailsTo(ben)).toEqual([expect.stringContaining('Subject: Critical: 2 notifications of')]);
  await tellEveryone(new Date('2038-04-03T07:00:01Z'));
  expect(mailsTo(ben)).toHaveLength(1);
});

test('a flood is one line and one message, however much is in it', async () => {
  const tenant = await api.tenant();
  const [ana, ben] = [await someone(tenant, 'operator'), await someone(tenant, 'operator')];
  await choose(ben, { kinds: { case_high: choice({ email: 'now' }) } });
  await Promise.all(Array.from({ length: 20 }, () => openCase('high', ana.call)));
  const at = (seconds: number) => new Date(Date.parse('2038-02-02T10:00:00Z') + seconds * 1000);
  await tellEveryone(at(0));
  // As many more of the same minute.
  await admin.query(
    `WITH more AS (
      INSERT INTO notification (id, tenant_id, user_id, kind, event_id, event_type, facts, link, line_id, page, created_at)
      SELECT gen_random_uuid(), tenant_id, user_id, kind, -i, event_type, facts, link, coalesce(line_id, id), page, created_at
      FROM (SELECT * FROM notification WHERE user_id = $1 ORDER BY id LIMIT 1) n, generate_series(1, 2980) i
      RETURNING id, tenant_id, user_id)
     INSERT INTO notification_delivery (id, tenant_id, notification_id, user_id, due_at)
     SELECT gen_random_uuid(), tenant_id, id, user_id, $2 FROM more`,
    [ben.id, at(60)],
  );
  await tellEveryone(at(61));
  expect(mailsTo(ben)).toEqual([
    expect.stringContaining('Subject: 3000 exceptions of high severity were opened'),
  ]);
});

test('names in a line never begin another one', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  await choose(ben, { kinds: { case_assigned: choice({ email: 'now' }) } });
  await admin.query('UPDATE auth."user" SET name = $1 WHERE id = $2', [
    'Eve\n\nSign in again: https://evil.example\u2028x',
    ana.id,
  ]);
  await assign(await openCase('low', ana.call), ben, ana.call);
  await tellEveryone();
  const [text] = await textsOf(ben);
  expect(text).toMatch(/^Eve Sign in again: https:\/\/evil\.example x assigned EX-/);
  expect(mailsTo(ben)[0]).not.toMatch(/^Sign in again/m);
});

test('an email is in the language of who gets it; what programs read stays English', async () => {
  const ben = await someone(acme, 'operator');
  await choose(ben, {
    kinds: { case_assigned: choice({ email: 'now' }) },
    language: 'de',
  });
  await assign(await openCase('low'), ben);
  await tellEveryone();
  const [text] = await textsOf(ben);
  expect(text).toMatch(/assigned EX-\d+ to you$/);
  expect(mailsTo(ben)[0]).toMatch(/^Subject: .* hat EX-\d+ zugewiesen$/m);
  expect(mailsTo(ben)[0]).toContain('Einstellungen der Benachrichtigungen: http');
});

test('an email that the server does not take is sent later; one that it refuses has failed, and nothing is lost', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  const deliveries = async () =>
    (
      await admin.query(
        `SELECT status, attempts, error FROM notification_delivery WHERE user_id = $1 ORDER BY id`,
        [ben.id],
      )
    ).rows;
  const start = Date.now();
  refuse = refusal(451, 'mailbox of p1@secret.example is busy');
  await assign(await openCase('critical', ana.call), ben, ana.call);
  await tellEveryone(new Date(start));
  expect(await deliveries()).toEqual([
    { status: 'pending', attempts: 1, error: 'The mail server responded with 451.' },
  ]);
  refuse = null;
  await tellEveryone(new Date(start + minute));
  expect(await deliveries()).toEqual([{ status: 'sent', attempts: 2, error: null }]);
  const ids = mailsTo(ben).map((raw) => raw.match(/Message-ID: (\S+)/)![1]);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  refuse = refusal(550, 'no such mailbox');
  await assign(await openCase('critical', ana.call), ben, ana.call);
  await tellEveryone(new Date(start + 2 * minute));
  expect((await deliveries())[1]).toMatchObject({ status: 'failed', attempts: 1 });
  // The person is shown the last one, and no one else.
  const failureOf = async ({ call }: Someone) =>
    (await call('GET', '/api/notification-settings')).body.emailFailure;
  expect(await failureOf(ben)).toEqual({
    error: 'The mail server responded with 550.',
    at: new Date(start + 2 * minute).toISOString(),
    executionId: null,
  });
  expect(await failureOf(ana)).toBeNull();
});

test('a message whose process ended before it was noted is sent once more, with the same id', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  await assign(await openCase('critical', ana.call), ben, ana.call);
  const start = Date.now();
  const sent = Promise.withResolvers<void>();
  // The process is lost after the server took it: nothing that it does next is stored.
  const lost = new Proxy(api.services, {
    get: (services, name) =>
      name === 'mailer'
        ? {
            ...services.mailer,
            notify: async (each: Parameters<typeof services.mailer.notify>[0]) => {
              await services.mailer.notify(each);
              sent.resolve();
              return new Promise(() => {});
            },
          }
        : Reflect.get(services, name),
  });
  now = new Date(start);
  await notifyOfAll(lost, admin, clock);
  void sendDue(lost, clock);
  await sent.promise;
  await tellEveryone(new Date(start + 30_000));
  expect(mailsTo(ben)).toHaveLength(1);
  await tellEveryone(new Date(start + 61_000));
  await tellEveryone(new Date(start + 10 * minute));
  const ids = mailsTo(ben).map((raw) => raw.match(/Message-ID: (\S+)/)![1]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test('a process that is killed while it sends an email: another one sends it once more, and nothing is lost', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator')];
  silent = true;
  const { INTERLOCK_SMTP_URL, INTERLOCK_MAIL_FROM } = mailSettings();
  const worker = await startWorkerProcess({
    ...stackEnvironment({ databaseUrl, environment: { INTERLOCK_SMTP_URL, INTERLOCK_MAIL_FROM } }),
    TEST_SWEEPS: 'true',
  });
  await assign(await openCase('critical', ana.call), ben, ana.call);
  await eventually(() => mailsTo(ben).length === 1, { timeoutMs: 30_000 });
  worker.kill('SIGKILL');
  await worker.exited;
  silent = false;
  const killed = Date.now();
  await tellEveryone(new Date(killed));
  expect(mailsTo(ben)).toHaveLength(1);
  for (const later of [61_000, 10 * minute]) await tellEveryone(new Date(killed + later));
  expect(mailsTo(ben)).toHaveLength(2);
  expect(await textsOf(ben)).toHaveLength(2);
}, 60_000);

test('an organization has at most 20 channels, also when they are created at once', async () => {
  const tenant = await api.tenant();
  const toolId = await tool('chat', {}, tenant.as.tenant_admin);
  const made = await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      tenant.as.tenant_admin('POST', '/api/notification-channels', {
        name: `Chat ${index}`,
        toolId,
        input: { text: 'x', to: 'x' },
      }),
    ),
  );
  const { items } = (await tenant.as.tenant_admin('GET', '/api/notification-channels')).body;
  expect(items.length, JSON.stringify(made.map(({ status }) => status))).toBe(20);
});

test('a channel sends by a tool as an ordinary execution of its owner, once, and a failing one begins no circle', async () => {
  const tenant = await api.tenant({ privateHosts: [provider.host] });
  const owner = await someone(tenant, 'tenant_admin');
  const [ana, ben] = [await someone(tenant, 'operator'), await someone(tenant, 'operator')];
  const toolId = await tool('chat', {}, owner.call);
  const make = (more: Record<string, unknown> = {}) =>
    owner.call('POST', '/api/notification-channels', {
      name: 'Chat',
      toolId,
      input: { text: '${{ notice.title }} <${{ notice.link }}>', to: '${{ person.email }}' },
      ...more,
    });
  const secret = 'kept-in-the-vault-4711';
  const kept = await owner.call('POST', '/api/credentials', {
    name: 'chat',
    type: 'bearer',
    value: secret,
    allowedHosts: ['chat.example'],
  });
  expect(kept.status, JSON.stringify(kept.body)).toBe(201);
  // What could not be sent as things are is refused where it is wrong, and nothing is stored.
  const wrong = async (more: Record<string, unknown>) => issuePaths(await make(more));
  expect(await wrong({ toolId: 'none' })).toEqual(['/toolId']);
  expect(await wrong({ input: { text: '${{ $nothing( }}' } })).toEqual(['/input/text']);
  expect(await wrong({ input: { text: 5 } })).toEqual(['/input/text']);
  expect(await wrong({ input: { text: 'x'.repeat(21_000) } })).toEqual(['/input']);
  const unstorable = await owner.call('POST', '/api/notification-channels', {
    name: 'a\0',
    toolId: 'x',
    input: {},
  });
  expect([unstorable.status, issuePaths(unstorable)]).toEqual([422, ['/name']]);
  expect((await owner.call('GET', '/api/notification-channels')).body.items).toEqual([]);
  const made = await make();
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect(await wrong({})).toEqual(['/name']);
  const channel = made.body.id;
  // Also what is disabled can be stored.
  const disabled = async (more: Record<string, unknown>) => {
    const { toolId, input } = made.body;
    const body = { name: 'Chat', toolId, input, enabled: false, ...more };
    return issuePaths(await owner.call('PUT', `/api/notification-channels/${channel}`, body));
  };
  expect(await disabled({ toolId: 'none' })).toEqual(['/toolId']);
  expect(await disabled({ input: { text: 'x'.repeat(21_000) } })).toEqual(['/input']);
  // Events keep its name, so it holds no secret of the organization.
  const named = await owner.call('PUT', `/api/notification-channels/${channel}`, {
    name: `Chat ${secret}`,
    toolId: made.body.toolId,
    input: made.body.input,
  });
  expect(named.status, JSON.stringify(named.body)).toBe(200);
  expect(JSON.stringify(named.body)).not.toContain(secret);
  expect((await ana.call('POST', `/api/notification-channels/${channel}/test`, {})).status).toBe(403);
  const tested = await owner.call('POST', `/api/notification-channels/${channel}/test`, {});
  expect(tested.status, JSON.stringify(tested.body)).toBe(202);
  await eventually(() => provider.requests.length === 1);
  expect(JSON.parse(provider.requests[0]!.body)).toEqual({
    text: expect.stringContaining('This is a test'),
    to: owner.email,
  });

  // Chosen twice, it is told once.
  await choose(ben, { kinds: { case_assigned: choice({ channels: [channel, channel.toUpperCase()] }) } });
  expect((await owner.call('GET', '/api/notification-channels')).body.items[0]).toMatchObject({ people: 1 });
  const caseId = await openCase('low', ana.call);
  await assign(caseId, ben, ana.call);
  await tellEveryone();
  await eventually(() => provider.requests.length === 2);
  const [line] = await listOf(ben);
  const base = api.services.environment.publicUrl;
  expect(JSON.parse(provider.requests[1]!.body)).toEqual({
    text: `${line.text} <${base}${line.link}>`,
    to: ben.email,
  });
  expect(line.sentBy).toHaveLength(1);
  const execution = await eventually(async () => {
    const { body } = await owner.call('GET', `/api/tools/executions/${line.sentBy[0]}`);
    return body.status === 'succeeded' && body;
  });
  expect(execution).toMatchObject({
    toolId,
    actor: { id: owner.id },
  });

  // Requested, and lost before it was noted: the same execution.
  await admin.query(
    `UPDATE notification_delivery SET status = 'pending', due_at = now() - interval '1 second', execution_id = NULL WHERE channel_id = $1`,
    [channel],
  );
  await tellEveryone();
  expect((await listOf(ben))[0].sentBy).toEqual(line.sentBy);
  expect(provider.requests).toHaveLength(2);

  // A message that cannot be sent is shown to the owner of the channel on the page, and sent by no tool.
  await choose(owner, { kinds: { work_failed: choice({ channels: [channel] }) } });
  provider.respond = (_request, response) => sendJson(response, 400, {});
  await assign(await openCase('low', ana.call), ben, ana.call);
  await tellEveryone();
  await eventually(async () => {
    await tellEveryone();
    return (await textsOf(owner)).some((text) => text === 'chat failed');
  });
  const sent = provider.requests.length;
  await tellEveryone();
  expect(provider.requests).toHaveLength(sent);
  provider.respond = (_request, response) => sendJson(response, 200, {});
  // The channel says so, to admins and to those whose message it was.
  const failed = { error: expect.stringContaining('400'), executionId: expect.any(String) };
  expect((await owner.call('GET', '/api/notification-channels')).body.items[0].lastFailure).toMatchObject(
    failed,
  );
  const failureOf = async ({ call }: Someone) =>
    (await call('GET', '/api/notification-settings')).body.channels[0].lastFailure;
  expect(await failureOf(ben)).toMatchObject(failed);
  expect(await failureOf(ana)).toBeNull();

  // Its owner has lost the right: nothing is sent in their name, and the channel says why.
  const members = (await tenant.as.tenant_admin('GET', '/api/members')).body.items;
  expect(members.some(({ id }: Someone) => id === owner.id)).toBe(true);
  const path = `/api/members/${owner.id}`;
  const lowered = await tenant.as.tenant_admin('PUT', path, { roles: ['operator'] });
  expect(lowered.status, JSON.stringify(lowered.body)).toBe(200);
  await assign(await openCase('low', ana.call), ben, ana.call);
  await tellEveryone();
  expect(provider.requests).toHaveLength(sent);
  const list = async () => (await tenant.as.tenant_admin('GET', '/api/notification-channels')).body.items;
  expect(await list()).toMatchObject([
    { enabled: false, disabledReason: expect.stringContaining('may no longer send') },
  ]);
  const { name, input } = made.body;
  const taken = await tenant.as.tenant_admin('PUT', `/api/notification-channels/${channel}`, {
    name,
    toolId,
    input,
  });
  expect(taken.body, JSON.stringify(taken.body)).toMatchObject({
    enabled: true,
    owner: 'tenant_admin key',
    people: 2,
  });
  await assign(await openCase('low', ana.call), ben, ana.call);
  await tellEveryone();
  await eventually(() => provider.requests.length === sent + 1);
  const off = await tenant.as.tenant_admin('PUT', `/api/notification-channels/${channel}`, {
    name,
    toolId,
    input,
    enabled: false,
  });
  expect(off.body.enabled).toBe(false);
  expect((await tenant.as.tenant_admin('DELETE', `/api/notification-channels/${channel}`)).status).toBe(204);
  for (const id of [channel, 'none'])
    expect((await tenant.as.tenant_admin('DELETE', `/api/notification-channels/${id}`)).status).toBe(404);
  expect(
    (await tenant.as.tenant_admin('POST', `/api/notification-channels/${channel}/test`, {})).status,
  ).toBe(404);
  await assign(await openCase('low', ana.call), ben, ana.call);
  await tellEveryone();
  expect(await list()).toEqual([]);
  expect(provider.requests).toHaveLength(sent + 1);
});

test('settings: what is left out stays, a mistake changes nothing and is named where it is, and a key has none', async () => {
  const ben = await someone(acme, 'viewer');
  const get = async () => (await ben.call('GET', '/api/notification-settings')).body;
  const before = await get();
  expect(before).toMatchObject({
    email: ben.email,
    quiet: null,
    digest: { every: 'day', at: '08:00' },
    timeZone: 'UTC',
    channels: [],
    kinds: { approval_asked: { page: true, email: 'now' }, case_commented: { page: true, email: 'off' } },
  });
  await choose(ben, { timeZone: 'Europe/Berlin' });
  await choose(ben, { kinds: { case_commented: choice({ email: 'digest' }) } });
  const after = await get();
  expect(after).toEqual({
    ...before,
    timeZone: 'Europe/Berlin',
    kinds: { ...before.kinds, case_commented: choice({ email: 'digest' }) },
  });
  const refused = async (body: unknown) => {
    const response = await ben.call('PUT', '/api/notification-settings', body);
    expect(response.status).toBe(422);
    return issuePaths(response);
  };
  expect(await refused({ timeZone: 'Mars/Olympus' })).toEqual(['/timeZone']);
  expect(await refused({ quiet: { from: '07:00', to: '07:00', letCritical: true } })).toEqual(['/quiet/to']);
  expect(await refused({ quiet: { from: '25:00', to: '07:00', letCritical: true } })).toEqual([
    '/quiet/from',
  ]);
  const unknown = ['0192f0c1-7a00-7000-8000-000000000001'];
  expect(await refused({ timeZone: 'UTC', kinds: { case_high: choice({ channels: unknown }) } })).toEqual([
    '/kinds/case_high/channels/0',
  ]);
  expect(await get()).toEqual(after);
  const key = acme.as.viewer;
  expect((await key('PUT', '/api/notification-settings', { timeZone: 'UTC' })).status).toBe(409);
  expect((await key('GET', '/api/notifications')).body.items).toEqual([]);

  // A test comes at once, in the ways that are named, also in quiet hours; not more than five a minute.
  await choose(ben, { quiet: { from: '00:00', to: '23:59', letCritical: false } });
  const test = (body: unknown, as = ben.call) => as('POST', '/api/notification-settings/test', body);
  expect((await test({ email: true }, key)).status).toBe(409);
  expect(issuePaths(await test({ channels: unknown }))).toEqual(['/channels/0']);
  expect((await test({ email: true, browser: true })).status).toBe(202);
  await tellEveryone(new Date());
  expect(mailsTo(ben)).toEqual([expect.stringContaining('Subject: This is a test')]);
  expect(await listOf(ben)).toMatchObject([{ kind: 'test', browserAt: expect.any(String) }]);
  // Also when they are asked for at once.
  const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await test({})).status));
  expect(statuses.toSorted()).toEqual([...Array(4).fill(202), ...Array(8).fill(429)]);
});

test('who is no member any more is sent nothing, and a role counts as it is at that moment', async () => {
  const [ana, ben] = [await someone(acme, 'operator'), await someone(acme, 'operator', 'tenant_admin')];
  await choose(ben, { kinds: { case_assigned: choice({ email: 'digest' }) } });
  await assign(await openCase('low', ana.call), ben, ana.call);
  await tellEveryone(new Date('2038-03-01T10:00:00Z'));
  const opened = await openCase('critical', ana.call);
  expect((await acme.as.tenant_admin('DELETE', `/api/members/${ben.id}`)).status).toBe(204);
  await tellEveryone(new Date('2038-03-03T10:00:00Z'));
  expect(mailsTo(ben)).toEqual([]);
  const { rows } = await admin.query(
    `SELECT n.link, d.status FROM notification n LEFT JOIN notification_delivery d ON d.notification_id = n.id
     WHERE n.user_id = $1 AND n.kind IN ('case_assigned', 'case_critical')`,
    [ben.id],
  );
  expect(rows.map(({ status }) => status)).toEqual(['dropped']);
  expect(rows.some(({ link }) => link.includes(opened))).toBe(false);
});

test('each of the other events tells those who can do something about it, in words without what it carried', async () => {
  const tenant = await api.tenant({ privateHosts: [provider.host] });
  const boss = await someone(tenant, 'tenant_admin');
  const ana = await someone(tenant, 'operator');
  const toolId = await tool('ledger', {}, boss.call);
  const made = async (path: string, body: unknown, as = ana.call): Promise<string> => {
    const response = await as('POST', path, body);
    expect(response.status, `${path} ${JSON.stringify(response.body)}`).toBeLessThan(300);
    return response.body.id;
  };
  /** What the product writes when it happens; here it is written at once. */
  const happens = (type: EventType, subjectType: EventSubject, subjectId: string, data = {}) =>
    api.services.db.systemTransaction((connection) =>
      appendEvent(connection, tenant.id, {
        type,
        subjectType,
        subjectId,
        actor: { type: 'system', id: 'worker', name: 'Interlock' },
        data,
      }),
    );
  provider.respond = (_request, response) => sendJson(response, 400, { secret: '4711' });
  const failed = await ana.call('POST', `/api/tools/${toolId}/execute`, { payload: { text: '4711' } });
  const execution = failed.body.id;
  const batch = await made('/api/batches', {
    title: 'Night',
    calls: [{ id: 'a', tool: 'ledger', payload: {} }],
  });
  await eventually(async () => (await ana.call('GET', `/api/batches/${batch}`)).body.status === 'failed');
  const playbookId = await publishPlaybook(tenant.as.tool_admin, {
    name: 'close',
    steps: [
      { id: 'tell', type: 'notify', title: 'Tell', to: { role: 'tenant_admin' }, message: 'word 4711' },
      {
        id: 'call',
        type: 'call_tool',
        title: 'Book it',
        tool: 'ledger',
        input: {},
        assignee: { role: 'operator' },
      },
    ],
  });
  const runId = await startRun(ana.call, playbookId);
  const steps = async () => (await ana.call('GET', `/api/playbook-runs/${runId}`)).body.steps;
  await eventually(async () => (await steps())[1]?.status === 'waiting');
  const schedule = await made('/api/schedules', {
    title: 'Nightly',
    target: { toolId, payload: {} },
    spec: { cron: '0 3 1 1 *' },
  });
  const endpoint = await made('/api/webhooks', { url: 'https://hooks.example/secret-path' }, boss.call);
  const inbound = await made('/api/inbound-webhooks', { name: 'Orders', scheme: 'bearer' }, boss.call);
  const nothing = '0192f0c1-7a00-7000-8000-000000000099';
  const { rows } = await admin.query(
    `SELECT id FROM playbook_step_run WHERE run_id = $1 AND step_id = 'call'`,
    [runId],
  );
  await happens('StepReminded', 'step', rows[0].id);
  await happens('StepOutcomeUnknown', 'step', rows[0].id);
  await happens('PlaybookRunFailed', 'run', runId);
  await happens('ToolExecutionQuarantined', 'execution', execution);
  await happens('SchedulePaused', 'schedule', schedule);
  await happens('ScheduleRunEnded', 'schedule', schedule, { status: 'failed' });
  await happens('ScheduleRunEnded', 'schedule', schedule, { status: 'succeeded' });
  await happens('WebhookEndpointUpdated', 'webhook', endpoint, { enabled: false });
  await happens('WebhookEndpointUpdated', 'webhook', endpoint, { enabled: true });
  await happens('InboundDeliveryFailed', 'inbound_webhook', inbound);
  await happens('CredentialExpiring', 'credential', nothing, { name: 'bank key', daysLeft: 7 });
  await happens('BreakerOpened', 'breaker', nothing, { host: 'bank.example:443' });
  await happens('AuditSealBroken', 'audit', 'block/1');
  // Of what is gone, no one is notified.
  for (const [type, subject] of [
    ['StepOpened', 'step'],
    ['ToolExecutionFailed', 'execution'],
    ['ToolExecutionApprovalRequested', 'execution'],
    ['PlaybookRunFailed', 'run'],
    ['BatchEnded', 'batch'],
    ['UndoStopped', 'undo'],
    ['ScheduleFireRefused', 'schedule'],
    ['ExceptionCreated', 'exception'],
    ['ExceptionAssigned', 'exception'],
    ['ExceptionCommented', 'exception'],
    ['NoticeSent', 'step'],
    ['TrialStopped', 'tool'],
  ] as const)
    await happens(type, subject, nothing, { trialId: nothing, status: 'failed' });
  await tellEveryone();
  provider.respond = (_request, response) => sendJson(response, 200, { ok: true });
  expect((await textsOf(ana)).toSorted()).toEqual(
    [
      'Book it in close waits for you',
      'Book it in close still waits for you',
      'Book it in close has an unknown outcome',
      'The batch Night ended: 1 calls failed',
      'The run of close failed',
      'The schedule Nightly was paused',
      'What the schedule Nightly started has failed',
      'ledger failed',
      'ledger is quarantined: its calls ended their worker',
    ].toSorted(),
  );
  const told = await textsOf(boss);
  expect(told).toEqual(
    expect.arrayContaining([
      'close has a message for you',
      'The schedule Nightly was paused',
      'The webhook to hooks.example was disabled: its deliveries failed',
      'A delivery to the inbound webhook Orders failed',
      'The credential bank key expires in 7 days',
      'Calls to bank.example:443 are paused: they keep failing',
      'The audit trail is not as it was sealed',
    ]),
  );
  expect(JSON.stringify([told, await listOf(ana), mailsTo(boss)])).not.toMatch(/4711|secret-path/);
  // Every link is one of a page.
  for (const { link } of [...(await listOf(ana)), ...(await listOf(boss))])
    expect(link).toMatch(new RegExp(`^/t/${tenant.slug}/[a-z]`));
});
