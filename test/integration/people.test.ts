import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../shared/identity/roles.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import {
  type ApiResponse,
  type Call,
  cookieOf,
  issuePaths,
  startTestApi,
  type TestApi,
  type TestTenant,
} from '../support/test-api.ts';

interface Mail {
  to: string[];
  text: string;
}

describe('members and invitations', () => {
  let api: TestApi;
  let smtp: SMTPServer;
  const mails: Mail[] = [];
  const password = 'kettle orbit nine';

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('refused') ? new Error('550 No such mailbox') : null),
      onData: (stream, session, done) => {
        void text(stream).then((mail) => {
          mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: mail });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const { port } = smtp.server.address() as AddressInfo;
    api = await startTestApi({
      env: {
        INTERLOCK_SMTP_URL: `smtp://127.0.0.1:${port}`,
        INTERLOCK_MAIL_FROM: 'Interlock <interlock@example.test>',
      },
    });
  });
  afterAll(async () => {
    await api?.close();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  });

  const origin = () => api.services.environment.publicUrl;
  const mail = (name: string) => `${name}-${uuidv7()}@example.test`;
  const tokenOf = ({ body }: ApiResponse): string => new URL(body.link).hash.slice(1);
  const stranger = (path: string, body: object, headers = {}) =>
    api.call(null)('POST', path, body, { origin: origin(), ...headers });
  const look = (token: string) => stranger('/api/invitation/look', { token });
  const accept = (token: string, more: object = { name: 'New Person', password }, headers = {}) =>
    stranger('/api/invitation/accept', { token, ...more }, headers);
  /** Signs in; every call is one in this tenant. */
  async function signIn({ slug }: TestTenant, email: string, secret = password) {
    const response = await api.signIn(email, secret);
    expect(response.status).toBe(200);
    const cookie = cookieOf(response.headers);
    const headers = { cookie, 'x-tenant': slug, origin: origin() };
    const call: Call = (method, path, body, more = {}) =>
      api.call(null)(method, path, body, { ...headers, ...more });
    return { call, headers };
  }
  /** A person who was invited and has joined. */
  async function joined(tenant: TestTenant, name: string, roles: Role[]) {
    const email = mail(name);
    const invited = await tenant.as.tenant_admin('POST', '/api/invitations', { email, roles });
    expect(invited.status, JSON.stringify(invited.body)).toBe(201);
    expect((await accept(tokenOf(invited), { name, password })).status).toBe(200);
    const signedIn = await signIn(tenant, email);
    const { body } = await signedIn.call('GET', '/api/me');
    return { ...signedIn, email, id: body.actor.id as string };
  }
  /** Starts requests that change the people of a tenant, and lets none go on before all of them have begun. */
  async function atOnce<T>(tenantId: string, requests: (() => Promise<T>)[]): Promise<T[]> {
    const holder = await connectAdmin();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT id FROM auth.organization WHERE id = $1 FOR UPDATE', [tenantId]);
      const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const started = requests.map((request) => request());
      const watcher = await connectAdmin();
      await eventually(async () => {
        // Those behind the first one wait for it, and it for the holder.
        const waiting = await watcher.query(
          `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'interlock_auth'
           AND query LIKE '%auth.organization%' AND pg_blocking_pids(pid) && (
             SELECT $1::int || coalesce(array_agg(pid), '{}') FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid)))`,
          [rows[0]!.pid],
        );
        return waiting.rowCount === requests.length;
      }).finally(() => watcher.end());
      await holder.query('COMMIT');
      return await Promise.all(started);
    } finally {
      await holder.end();
    }
  }
  const eventsOf = async (tenant: TestTenant, type: string) =>
    (await tenant.as.viewer('GET', `/api/events?type=${type}&limit=200`)).body.items;
  const openStream = async ({ headers }: { headers: Record<string, string> }, key?: string) => {
    const response = await fetch(`${api.url}/api/events/stream`, {
      headers: key ? { authorization: `Bearer ${key}` } : headers,
    });
    expect(response.status).toBe(200);
    const over = (async () => {
      for await (const _ of response.body!);
      return Date.now();
    })();
    return { over };
  };
  /** Streams of those who have lost their right; the last test waits for all of them. */
  const ending: { over: Promise<number>; since: number }[] = [];

  test('someone without an account joins by the link, once, and the link is in no event', async () => {
    const tenant = await api.tenant();
    const email = mail('Bea').toUpperCase();
    const created = await tenant.as.tenant_admin('POST', '/api/invitations', {
      email,
      roles: ['operator', 'viewer', 'operator'],
    });
    expect(created).toMatchObject({
      status: 201,
      body: { email: email.toLowerCase(), roles: ['viewer', 'operator'], status: 'pending', mail: 'sent' },
    });
    const token = tokenOf(created);
    expect((await look(token)).body).toMatchObject({
      organization: tenant.slug,
      email: email.toLowerCase(),
      hasAccount: false,
      signedInAs: null,
    });
    const weak = await accept(token, { password: 'password123!' });
    expect([weak.status, issuePaths(weak)]).toEqual([422, ['/name', '/password']]);
    const both = await Promise.all([accept(token), accept(token)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect((await look(token)).status).toBe(404);

    const { call } = await signIn(tenant, email);
    expect((await call('GET', '/api/me')).body).toMatchObject({
      actor: { name: 'New Person' },
      roles: ['viewer', 'operator'],
      tenant: { slug: tenant.slug },
    });
    const events = [
      ...(await eventsOf(tenant, 'MemberInvited')),
      ...(await eventsOf(tenant, 'MemberJoined')),
    ];
    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({
      actor: { name: 'New Person' },
      data: { roles: ['viewer', 'operator'] },
    });
    expect(JSON.stringify(events)).not.toContain(token);
    expect((await tenant.as.tenant_admin('GET', '/api/invitations')).body.items).toEqual([]);
  });

  test('a person with an account joins when they are signed in as the one who was invited', async () => {
    const [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
    const invited = await acme.as.tenant_admin('POST', '/api/invitations', {
      email: globex.email,
      roles: ['approver'],
    });
    const token = tokenOf(invited);
    expect((await accept(token)).status).toBe(401);
    const other = await signIn(acme, acme.email, acme.password);
    const asOther = await accept(token, {}, other.headers);
    expect([asOther.status, asOther.body.error.message]).toEqual([
      403,
      expect.stringContaining(globex.email),
    ]);
    const own = await signIn(globex, globex.email, globex.password);
    expect((await own.call('GET', '/api/me', undefined, { 'x-tenant': acme.slug })).status).toBe(403);
    const twice = await atOnce(
      acme.id,
      [1, 2].map(() => () => accept(token, {}, own.headers)),
    );
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect(twice.find(({ status }) => status === 200)?.body).toEqual({ slug: acme.slug });
    const { body } = await own.call('GET', '/api/me', undefined, { 'x-tenant': acme.slug });
    expect(body.roles).toEqual(['approver']);
    const again = await acme.as.tenant_admin('POST', '/api/invitations', {
      email: globex.email,
      roles: ['viewer'],
    });
    expect([again.status, again.body.error.code]).toEqual([409, 'already_exists']);
  });

  test('a revoked, an expired and a replaced link do not work', async () => {
    const { as } = await api.tenant();
    const invite = async () =>
      as.tenant_admin('POST', '/api/invitations', { email: mail('cleo'), roles: ['viewer'] });
    const [revoked, expired, replaced] = [await invite(), await invite(), await invite()];
    expect((await as.tenant_admin('DELETE', `/api/invitations/${revoked.body.id}`)).status).toBe(204);
    await api.services.db.authPool.query(
      `UPDATE auth.invitation SET "expiresAt" = now() - interval '1 second' WHERE id = $1`,
      [expired.body.id],
    );
    const again = await as.tenant_admin('POST', `/api/invitations/${replaced.body.id}/resend`, {});
    for (const each of [revoked, expired, replaced])
      expect((await accept(tokenOf(each))).body.error.code).toBe('not_found');
    expect((await accept(tokenOf(again))).status).toBe(200);
    const { rows } = await api.services.db.authPool.query('SELECT token_hash FROM auth.invitation');
    expect(JSON.stringify(rows)).not.toContain(tokenOf(again));
  });

  test('an invitation is sent by mail, nothing in it becomes a header, and a mail that fails loses nothing', async () => {
    const tenant = await api.tenant();
    const invite = (email: string, more = {}) =>
      tenant.as.tenant_admin('POST', '/api/invitations', { email, roles: ['viewer'], ...more });
    const { db } = api.services;
    await db.authPool.query(
      `UPDATE auth.organization SET name = E'Acme\\r\\nBcc: thief@example.test' WHERE id = $1`,
      [tenant.id],
    );
    // The name of an organization is cached with its keys.
    api.services.accounts.forget();
    const to = mail('dina');
    const sent = await invite(to);
    const received = mails.find((each) => each.to.includes(to));
    expect(received?.to).toEqual([to]);
    const [head = '', body = ''] = received!.text.split(/\r\n\r\n(.*)/s);
    expect(head).toMatch(/^From: Interlock <interlock@example\.test>$/m);
    expect(head).not.toMatch(/^bcc:/im);
    expect(body.replaceAll('=\r\n', '').replaceAll('=3D', '=')).toContain(sent.body.link);
    for (const bad of [
      'dina@example.test\r\nBcc: thief@example.test',
      'a@b.test, c@d.test',
      'Dina <d@e.test>',
    ])
      expect((await invite(bad)).status).toBe(422);
    expect((await invite(mail('refused'))).body.mail).toBe('failed');
    // In the language of whoever invites.
    const doris = mail('doris');
    await invite(doris, { language: 'de' });
    const german = mails.find((each) => each.to.includes(doris))!.text;
    expect(german.replaceAll('=\r\n', '')).toContain('auf Interlock ein.');
    expect(german).toContain('Die Einladung annehmen:');
  });

  test('whoever accepts with the link of the mail has shown that the address is theirs; the link that others see shows nothing', async () => {
    const tenant = await api.tenant();
    const invite = async (email: string) => {
      const { body } = await tenant.as.tenant_admin('POST', '/api/invitations', { email, roles: ['viewer'] });
      const mailed = mails.findLast((each) => each.to.includes(email))!.text.replaceAll('=\r\n', '');
      return {
        shown: new URL(body.link).hash.slice(1),
        mailed: /\/join#([\w.-]+)/.exec(mailed)![1]!,
        id: body.id,
      };
    };
    const verified = async (email: string) => {
      const { rows } = await api.services.db.authPool.query<{ verified: boolean }>(
        'SELECT "emailVerified" AS verified FROM auth."user" WHERE email = $1',
        [email],
      );
      return rows[0]?.verified;
    };
    const [hanna, ivo, jana] = ['hanna', 'ivo', 'jana'].map(mail) as [string, string, string];
    const byMail = await invite(hanna);
    expect(byMail.mailed).not.toBe(byMail.shown);
    expect((await look(byMail.mailed)).body).toMatchObject({ email: hanna });
    expect((await accept(byMail.mailed)).status).toBe(200);
    expect(await verified(hanna)).toBe(true);
    expect((await accept((await invite(ivo)).shown)).status).toBe(200);
    expect(await verified(ivo)).toBe(false);
    // A proof that is guessed, or that of an earlier mail, proves nothing.
    const first = await invite(jana);
    const again = await tenant.as.tenant_admin('POST', `/api/invitations/${first.id}/resend`, {});
    const stale = first.mailed.split('.')[1];
    expect((await accept(`${tokenOf(again)}.${stale}`)).status).toBe(200);
    expect(await verified(jana)).toBe(false);
    const { rows } = await api.services.db.authPool.query('SELECT * FROM auth.invitation');
    expect(JSON.stringify(rows)).not.toContain(byMail.mailed.split('.')[1]);
    const { body } = await tenant.as.tenant_admin('GET', '/api/events?type=MemberJoined');
    expect(body.items.map(({ data }: { data: { byMail: boolean } }) => data.byMail)).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('no one gives what they do not have, and a key with limits gives nothing', async () => {
    const tenant = await api.tenant();
    const { tenant_admin: admin, tool_admin: toolAdmin } = tenant.as;
    const invite = (as: Call, roles: string[]) => as('POST', '/api/invitations', { email: mail('x'), roles });
    expect((await invite(toolAdmin, ['viewer'])).status).toBe(403);
    expect((await invite(admin, ['platform_admin'])).status).toBe(422);
    const limited = await admin('POST', '/api/api-keys', {
      name: 'limited',
      roles: ['tenant_admin'],
      doors: ['rest'],
    });
    const key = api.call(limited.body.key);
    expect((await key('GET', '/api/members')).status).toBe(200);
    expect((await invite(key, ['viewer'])).status).toBe(403);
    expect((await key('POST', '/api/api-keys', { name: 'free', roles: ['viewer'] })).status).toBe(403);
  });

  test('roles are changed for the state that was seen, and the last tenant admin stays one, also when two go at once', async () => {
    const tenant = await api.tenant();
    const ops = await joined(tenant, 'Olaf', ['operator']);
    const admin = tenant.as.tenant_admin;
    const set = (id: string, roles: string[], headers = {}) =>
      admin('PUT', `/api/members/${id}`, { roles }, headers);
    const before = await admin('GET', `/api/members/${ops.id}`);
    const etag = before.headers.get('etag')!;
    expect((await set(ops.id, ['approver'], { 'if-match': etag })).body.roles).toEqual(['approver']);
    const stale = await set(ops.id, ['viewer'], { 'if-match': etag });
    expect(stale).toMatchObject({
      status: 412,
      body: {
        error: { details: { changedBy: { name: 'tenant_admin key' }, current: { roles: ['approver'] } } },
      },
    });
    expect((await ops.call('GET', '/api/me')).body.roles).toEqual(['approver']);

    const { body } = await admin('GET', '/api/members');
    const admins = body.items.filter(({ roles }: { roles: string[] }) => roles.includes('tenant_admin'));
    expect(admins).toHaveLength(2);
    // One is accountable for the key that asks: it stops with its person.
    const changed = await atOnce(tenant.id, [
      () => set(admins[0].id, ['viewer']),
      () => admin('DELETE', `/api/members/${admins[1].id}`),
    ]);
    const left = await tenant.as.viewer('GET', '/api/members');
    expect(
      left.body.items.filter(({ roles }: { roles: string[] }) => roles.includes('tenant_admin')),
    ).toHaveLength(1);
    expect(changed.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(await eventsOf(tenant, 'MemberRolesChanged')).toContainEqual(
      expect.objectContaining({ data: { name: 'Olaf', added: ['approver'], removed: ['operator'] } }),
    );
  });

  test('removing a person ends their streams, sessions, keys, invitations and claims', async () => {
    const tenant = await api.tenant();
    const admin = tenant.as.tenant_admin;
    const gone = await joined(tenant, 'Gus', ['tenant_admin']);
    const key = await gone.call('POST', '/api/api-keys', { name: 'of Gus', roles: ['operator'] });
    const guest = await gone.call('POST', '/api/invitations', { email: mail('guest'), roles: ['viewer'] });
    const playbook = await publishPlaybook(tenant.as.tool_admin, {
      name: 'claimed',
      steps: [{ id: 'one', type: 'manual', title: 'One', assignee: { role: 'operator' } }],
    });
    const run = await startRun(tenant.as.operator, playbook);
    await stepWhen(tenant.as.operator, run, 'one', 'waiting');
    expect((await gone.call('POST', `/api/playbook-runs/${run}/steps/one/claim`, {})).status).toBe(200);
    expect((await admin('GET', `/api/members/${gone.id}`)).body.holds).toEqual({
      apiKeys: ['of Gus'],
      invitations: [guest.body.email],
      claimedSteps: 1,
      assignedSteps: 0,
    });
    const streams = [await openStream(gone), await openStream(gone, key.body.key)];

    expect((await admin('DELETE', `/api/members/${gone.id}`)).status).toBe(204);
    for (const stream of streams) ending.push({ ...stream, since: Date.now() });
    expect((await gone.call('GET', '/api/me')).status).toBe(401);
    expect((await api.call(key.body.key)('GET', '/api/me')).status).toBe(401);
    expect((await look(tokenOf(guest))).status).toBe(404);
    const { body: step } = await tenant.as.operator('GET', `/api/playbook-runs/${run}/steps/one`);
    expect(step.claimedBy).toBeNull();
    for (const type of ['MemberRemoved', 'ApiKeyRevoked', 'InvitationRevoked', 'StepReleased'])
      expect(await eventsOf(tenant, type), type).toHaveLength(1);
    const [release] = await eventsOf(tenant, 'StepReleased');
    expect(release.data).toMatchObject({ takenFrom: { name: 'Gus' }, reason: 'Gus was removed' });
    expect((await admin('DELETE', `/api/members/${gone.id}`)).status).toBe(404);
  });

  test('taking a role takes it from the keys of the person, their invitations and their claims', async () => {
    const tenant = await api.tenant();
    const admin = tenant.as.tenant_admin;
    const ina = await joined(tenant, 'Ina', ['tenant_admin']);
    const key = await ina.call('POST', '/api/api-keys', { name: 'of Ina', roles: ['operator'] });
    const guest = await ina.call('POST', '/api/invitations', { email: mail('guest'), roles: ['viewer'] });
    const playbook = await publishPlaybook(tenant.as.tool_admin, {
      name: 'claimed',
      steps: [{ id: 'one', type: 'manual', title: 'One', assignee: { role: 'operator' } }],
    });
    const run = await startRun(tenant.as.operator, playbook);
    await stepWhen(tenant.as.operator, run, 'one', 'waiting');
    await ina.call('POST', `/api/playbook-runs/${run}/steps/one/claim`, {});

    expect((await admin('PUT', `/api/members/${ina.id}`, { roles: ['viewer'] })).status).toBe(200);
    const asKey = api.call(key.body.key);
    expect((await asKey('GET', '/api/me')).body.roles).toEqual(['viewer']);
    expect((await asKey('POST', '/api/exceptions', { title: 'x' })).status).toBe(403);
    expect((await look(tokenOf(guest))).status).toBe(404);
    const { body: step } = await tenant.as.operator('GET', `/api/playbook-runs/${run}/steps/one`);
    expect(step.claimedBy).toBeNull();
    const { body: inbox } = await ina.call('GET', '/api/inbox/notices');
    expect(JSON.stringify(inbox)).toContain('was released: the roles of Ina have changed');
  });

  test('what someone else holds is unknown: other tenants get 404, and nothing changes', async () => {
    const [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
    const { body } = await acme.as.tenant_admin('GET', '/api/members');
    const id = body.items[0].id;
    const theirs = globex.as.tenant_admin;
    expect((await theirs('PUT', `/api/members/${id}`, { roles: ['viewer'] })).status).toBe(404);
    expect((await theirs('DELETE', `/api/members/${id}`)).status).toBe(404);
    expect((await acme.as.tenant_admin('GET', '/api/members')).body).toEqual(body);
  });

  test('a person sees their sessions, ends one or all others, and changes their name', async () => {
    const tenant = await api.tenant();
    const here = await joined(tenant, 'Kim', ['viewer']);
    const [phone, laptop] = [await signIn(tenant, here.email), await signIn(tenant, here.email)];
    const sessions = async () => (await here.call('GET', '/api/me/sessions')).body.items;
    const listed = await sessions();
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    expect(listed[0]).toMatchObject({ device: expect.any(String), lastSeenAt: expect.any(String) });
    const stream = await openStream(phone);
    const others = (await phone.call('GET', '/api/me/sessions')).body.items;
    const phoneId = others.find(({ current }: { current: boolean }) => current).id;

    const foreign = await signIn(tenant, tenant.email, tenant.password);
    expect((await foreign.call('DELETE', `/api/me/sessions/${phoneId}`)).status).toBe(404);
    expect((await here.call('DELETE', `/api/me/sessions/${phoneId}`)).status).toBe(204);
    expect((await phone.call('GET', '/api/me')).status).toBe(401);
    ending.push({ ...stream, since: Date.now() });
    expect((await laptop.call('GET', '/api/me')).status).toBe(200);
    expect((await here.call('POST', '/api/me/sessions/revoke-others', {})).body).toEqual({ ended: 1 });
    expect((await laptop.call('GET', '/api/me')).status).toBe(401);
    expect(await sessions()).toHaveLength(1);

    expect((await here.call('PUT', '/api/me', { name: 'Kim Two' })).status).toBe(204);
    expect((await here.call('GET', '/api/me')).body.actor.name).toBe('Kim Two');
    const guessed = await here.call('POST', '/api/auth/change-password', {
      currentPassword: 'wrong',
      newPassword: 'anchor pebble seven',
    });
    expect(guessed.status).toBe(400);
    const changed = await here.call('POST', '/api/auth/change-password', {
      currentPassword: password,
      newPassword: 'anchor pebble seven',
    });
    expect(changed.status).toBe(200);
    for (const [type, count] of [
      ['SessionRevoked', 2],
      ['ProfileChanged', 1],
      ['PasswordChanged', 1],
      ['SignInFailed', 1],
    ] as const) {
      const events = await eventsOf(tenant, type);
      expect(events, type).toHaveLength(count);
      expect(JSON.stringify(events)).not.toContain('anchor');
    }
  });

  test('the role of the accounts adds events about people and keys, and can neither add others nor read or change any', async () => {
    const { id } = await api.tenant();
    const { authPool } = api.services.db;
    const add = (subject: string) =>
      authPool.query(
        `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
         VALUES ($1, 'MemberJoined', $2, 'x', 'user', 'x', 'x')`,
        [id, subject],
      );
    await add('member');
    await expect(add('execution')).rejects.toThrow('row-level security');
    for (const statement of ['SELECT id FROM event', "UPDATE event SET type = 'x'", 'DELETE FROM event'])
      await expect(authPool.query(statement), statement).rejects.toThrow('permission denied');
  });

  test('a platform admin creates an organization, whose first tenant admin is invited', async () => {
    const { as } = await api.tenant();
    const slug = `new-${uuidv7()}`;
    const body = { slug, name: 'New', adminEmail: mail('first') };
    expect((await as.tenant_admin('POST', '/api/organizations', body)).status).toBe(403);
    const created = await as.platform_admin('POST', '/api/organizations', body);
    expect(created).toMatchObject({ status: 201, body: { slug, invitation: { roles: ['tenant_admin'] } } });
    expect((await as.platform_admin('POST', '/api/organizations', body)).body.error.code).toBe(
      'already_exists',
    );
    const second = await as.platform_admin('POST', `/api/organizations/${slug}/admins`, {
      email: mail('second'),
    });
    expect((await accept(tokenOf(second))).body).toEqual({ slug });
    expect(
      (await as.platform_admin('POST', `/api/organizations/${slug}/admins`, { email: mail('third') })).status,
    ).toBe(409);
  });

  test('the live streams of a removed person, of their keys and of a revoked session end within ten seconds', async () => {
    expect(ending).toHaveLength(3);
    for (const { over, since } of ending) expect((await over) - since).toBeLessThan(10_000);
  });
});
