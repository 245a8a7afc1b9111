import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyEvidence } from '../../api/evidence/verify-evidence.ts';
import { places, placesWithout } from '../../shared/erasure/db/places.ts';
import { workRequests } from '../../shared/erasure/server/work-requests.ts';
import {
  AuditMismatch,
  type Verified,
  verifyExport,
} from '../../shared/events/server/audit/verify-export.ts';
import { newKeys } from '../../shared/notifications/server/push/encrypt-push.ts';
import { useInterlock } from '../support/command-line.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { subscribeBrowser } from '../support/push-service.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the erasure of a person', () => {
  let api: TestApi;
  let admin: pg.Client;
  let acme: TestTenant;
  let folder: string;
  let tool: string;

  beforeAll(async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    folder = await mkdtemp(join(tmpdir(), 'interlock-erasure-'));
    admin = await connectTo(adminUrl);
    api = await startTestApi({ databaseUrl });
    acme = await api.tenant();
    tool = (await acme.as.tool_admin('POST', '/api/tools', { name: 'look', type: 'dummy' })).body.id;
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
    await rm(folder, { recursive: true, force: true });
  });

  const as = (...request: Parameters<TestTenant['as']['tenant_admin']>) => acme.as.tenant_admin(...request);
  const searchOf = async (id: string) => (await as('GET', `/api/personal-data/searches/${id}`)).body;
  /** Works until a search is where it should be: the seal waits for transactions of other tests. */
  const until = (id: string, status: string) =>
    eventually(
      async () => {
        await workRequests(api.services, { always: true });
        const search = await searchOf(id);
        return search.status === status && search;
      },
      { timeoutMs: 90_000 },
    );
  const search = async (body: object) => {
    const begun = await as('POST', '/api/personal-data/searches', body);
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    return until(begun.body.id, 'found');
  };
  const erase = (id: string, confirm: string): Promise<ApiResponse> =>
    as('POST', `/api/personal-data/searches/${id}/erase`, { confirm });
  const fileOf = async (path: string): Promise<string> => {
    const response = await fetch(api.url + path, {
      headers: { authorization: `Bearer ${acme.keys.tenant_admin}` },
    });
    expect(response.status).toBe(200);
    return response.text();
  };
  const verified = (text: string): Promise<Verified | string> =>
    verifyExport(Readable.from(text.trimEnd().split('\n'))).catch((error: unknown) => {
      if (error instanceof AuditMismatch) return error.message;
      throw error;
    });
  const sealed = () =>
    eventually(
      async () => {
        await api.services.auditSeal.seal();
        const { rows } = await admin.query(
          `SELECT FROM event, audit_position p WHERE (event.xid, event.id) > (p.xid::xid8, p.event_id::bigint) LIMIT 1`,
        );
        return rows.length === 0;
      },
      { timeoutMs: 90_000 },
    );
  const problems = async (): Promise<{ kind: string; eventId: string }[]> => {
    await sealed();
    await api.services.auditSeal.check({ restMs: 0 });
    await api.services.auditSeal.check({ restMs: 0 });
    return (await as('GET', '/api/audit/head')).body.check.problems;
  };
  /** The tables in which any row says this, whatever its case. */
  const tablesWith = async (text: string): Promise<string[]> => {
    const { rows: tables } = await admin.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('public', 'auth') AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await admin.query(
        `SELECT FROM ${name} t WHERE strpos(lower(to_jsonb(t)::text), lower($1)) > 0 LIMIT 1`,
        [text],
      );
      if (rows.length > 0) found.push(name);
    }
    return found.toSorted();
  };
  const execute = async (payload: object, more: object = {}): Promise<string> => {
    const { body } = await acme.as.operator('POST', `/api/tools/${tool}/execute`, { payload, ...more });
    expect(body.status).toBe('succeeded');
    return body.id;
  };

  /** A case with everything that may say who a customer is. */
  async function aCase(email: string): Promise<{ exceptionId: string; executionId: string }> {
    const { operator, tool_admin } = acme.as;
    const { body: made } = await operator('POST', '/api/exceptions', {
      title: `Refund for ${email}`,
      attributes: { customer: email },
    });
    await operator('POST', `/api/exceptions/${made.id}/comments`, { body: `${email} called again` });
    await operator('POST', `/api/exceptions/${made.id}/links`, {
      kind: 'url',
      url: `https://crm.example/customers?mail=${encodeURIComponent(email)}`,
      title: `CRM ${email}`,
    });
    // Without the value, both would be the same.
    await operator('POST', `/api/exceptions/${made.id}/links`, {
      kind: 'url',
      url: `https://crm.example/customers?mail=${encodeURIComponent(email.replace('@', '+x@'))}`,
      title: 'CRM',
    });
    await operator('POST', '/api/exception-views', { name: 'Mine', filter: { q: email } });
    const executionId = await execute({ to: email, amount: 12.5 }, { exceptionId: made.id });
    const playbook = await publishPlaybook(tool_admin, {
      name: `ask_${made.number}`,
      steps: [{ id: 'ask', type: 'manual', title: 'Ask', form: { type: 'object' } }],
    });
    const runId = await startRun(operator, playbook, { exceptionId: made.id, input: { customer: email } });
    await stepWhen(operator, runId, 'ask', 'waiting');
    await complete(operator, runId, 'ask', { input: { answer: `by ${email}` }, reason: `Asked ${email}` });
    await runWhen(operator, runId, ({ status }) => status === 'completed');
    const { body: endpoint } = await as('POST', '/api/webhooks', {
      url: 'https://hooks.example/',
      eventTypes: ['ToolArchived'],
    });
    await admin.query(
      `INSERT INTO webhook_delivery (id, tenant_id, endpoint_id, event_id, event_type, payload, status)
       VALUES (gen_random_uuid(), $1, $2, 1, 'ExceptionCreated', $3, 'delivered')`,
      [
        acme.id,
        endpoint.id,
        JSON.stringify({ data: { exceptionId: made.id, title: `Refund for ${email}` } }),
      ],
    );
    await operator('POST', `/api/exceptions/${made.id}/resolve`, { code: 'fixed', note: `Told ${email}` });
    return { exceptionId: made.id, executionId };
  }

  test('a customer is found wherever they are, exported as one file, and afterwards no table knows them; amounts stay', async () => {
    const email = 'carla.customer@people.example';
    const { exceptionId, executionId } = await aCase(email);
    const before = await fileOf(`/api/exceptions/${exceptionId}/evidence.json`);
    const { body: members } = await as('GET', '/api/members');
    const key = { name: `Key of ${email}`, roles: ['viewer'], accountableUserId: members.items[0].id };
    expect((await as('POST', '/api/api-keys', key)).status).toBe(201);
    await as('POST', '/api/invitations', { email, roles: ['viewer'] });
    const found = await search({ values: [email] });
    expect(found.about).toEqual({ account: null, values: [email] });
    for (const place of [
      ...['executions', 'runs', 'steps', 'completions', 'exceptions', 'comments', 'links'],
      ...['views', 'deliveries', 'events'],
    ])
      expect(found.found[place], place).toBeGreaterThan(0);

    const exported = JSON.parse(await fileOf(`/api/personal-data/searches/${found.id}/export`));
    expect(exported).toMatchObject({ format: 'interlock-person-1', about: { values: [email] } });
    const input = exported.records.find(({ id }: { id: string }) => id === executionId);
    expect(input).toMatchObject({
      where: 'executions',
      about: { input_payload: { to: email, amount: 12.5 } },
    });
    expect(exported.records.length).toBeGreaterThanOrEqual(10);

    expect((await erase(found.id, 'someone else')).status).toBe(422);
    expect(await tablesWith(email)).toContain('public.tool_execution');
    expect((await erase(found.id, email)).status).toBe(200);
    expect((await erase(found.id, email)).status).toBe(409);
    const done = await until(found.id, 'erased');
    expect(done).toMatchObject({ about: null, remaining: {}, account: null });
    expect(done.erased.events).toBe(found.found.events);

    expect(await tablesWith(email)).toEqual([]);
    expect(await tablesWith(encodeURIComponent(email))).toEqual([]);
    const { body: execution } = await as('GET', `/api/tools/executions/${executionId}`);
    expect(execution).toMatchObject({
      status: 'succeeded',
      input: { to: '[redacted:erased]', amount: 12.5 },
    });
    const { body: timeline } = await as('GET', `/api/exceptions/${exceptionId}/timeline?limit=200`);
    expect(timeline.items.length).toBeGreaterThan(5);
    const { body: hits } = await as('GET', `/api/search?q=${encodeURIComponent(email)}`);
    expect(hits.items).toEqual([]);
    // What a call would send now is not what it sent.
    expect((await as('POST', `/api/tools/executions/${executionId}/rerun`, {})).status).toBe(422);

    // What was exported before is as it was sealed then, and what is exported now says what is erased.
    expect(await verifyEvidence(before)).toMatchObject({ erasedParts: 0 });
    const after = await verifyEvidence(await fileOf(`/api/exceptions/${exceptionId}/evidence.json`));
    expect(after.erasedParts).toBeGreaterThan(0);
  });

  test('the chain is whole afterwards, and says how much was erased', async () => {
    const { body: made } = await acme.as.operator('POST', '/api/exceptions', { title: 'Case' });
    await acme.as.operator('POST', `/api/exceptions/${made.id}/resolve`, {
      code: 'fixed',
      note: 'Told dora@people.example',
    });
    const found = await search({ values: ['dora@people.example'] });
    await erase(found.id, 'dora@people.example');
    await until(found.id, 'erased');
    expect(await problems()).toEqual([]);
    const text = await fileOf('/api/audit/export');
    const whole = await verified(text);
    expect(whole).toMatchObject({ erasedParts: expect.any(Number), leftOut: 0 });
    const file = join(folder, 'audit.ndjson');
    await writeFile(file, text);
    const { out } = await useInterlock(['audit', 'verify', file], { env: {} });
    expect(out).toMatch(/WHOLE[\s\S]* erased with a person's data/);
    // A filter leaves the announcement in; the salts of what was erased are nowhere.
    const part = await fileOf('/api/audit/export?type=ExceptionResolved');
    expect(await verified(part)).toMatchObject({ erasedParts: expect.any(Number) });
    const { rows } = await admin.query<{ wrong: string }>(
      `SELECT count(*) AS wrong FROM audit_opening o JOIN audit_block b ON b.tenant_id = o.tenant_id AND o.event_id = ANY (b.event_ids)
       WHERE substring(b.salts FROM (array_position(b.event_ids, o.event_id) - 1) * 16 + 1 FOR 16) <> decode(repeat('00', 16), 'hex')`,
    );
    expect(rows[0]!.wrong).toBe('0');
  });

  test('an alteration that looks like an erasure is named: by the check, and by the verifier', async () => {
    const asOwner = async (statement: string, values: unknown[]) => {
      await admin.query('SET session_replication_role = replica');
      await admin
        .query(statement, values)
        .finally(() => admin.query('SET session_replication_role = origin'));
    };
    const erasedEvent = async () =>
      (
        await admin.query<{ event_id: string; opening: object }>(
          `SELECT o.event_id, o.opening FROM audit_opening o JOIN event e ON e.id = o.event_id AND e.tenant_id = o.tenant_id
           WHERE o.tenant_id = $1 AND e.data = '{"erased": true}' ORDER BY 1 LIMIT 1`,
          [acme.id],
        )
      ).rows[0]!;
    const { event_id: id } = await erasedEvent();
    await asOwner(`UPDATE event SET data = '{"erased": true, "amount": 9000}' WHERE id = $1`, [id]);
    expect(await verified(await fileOf('/api/audit/export'))).toMatch(new RegExp(`\\(id ${id}, .* altered`));
    expect(await problems()).toMatchObject([{ kind: 'altered', eventId: id }]);
    await asOwner(`UPDATE event SET data = '{"erased": true}' WHERE id = $1`, [id]);
    await admin.query('DELETE FROM audit_problem');
    expect(await verified(await fileOf('/api/audit/export'))).toMatchObject({ leftOut: 0 });

    // The administrator knows the salts, and takes away a name as an erasure would. No event says so.
    const { body } = await acme.as.operator('POST', '/api/exceptions', { title: 'Hushed up' });
    await sealed();
    const { rows } = await admin.query<{ id: string; opening: Record<string, object> }>(
      `SELECT e.id, (SELECT jsonb_object_agg(part, jsonb_build_object('salt', encode(sha256(convert_to(salt || ':' || part, 'UTF8')), 'hex')))
          FROM unnest('{actorName,address,data}'::text[]) AS part) AS opening
       FROM event e JOIN audit_block b ON b.tenant_id = e.tenant_id AND e.id = ANY (b.event_ids)
       CROSS JOIN LATERAL (SELECT encode(substring(b.salts FROM (array_position(b.event_ids, e.id) - 1) * 16 + 1 FOR 16), 'hex') AS salt) s
       WHERE e.tenant_id = $1 AND e.subject_id = $2`,
      [acme.id, body.id],
    );
    const [victim] = rows;
    const salt = (victim!.opening.actorName as { salt: string }).salt;
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256')
      .update(`${salt}:${JSON.stringify('operator key')}`)
      .digest('hex');
    const opening = { ...victim!.opening, actorName: { digest } };
    await asOwner(`UPDATE event SET actor_name = 'Erased person' WHERE id = $1`, [victim!.id]);
    await admin.query(`INSERT INTO audit_opening VALUES ($1, $2, $3, '{}')`, [
      acme.id,
      victim!.id,
      JSON.stringify(opening),
    ]);
    expect(await verified(await fileOf('/api/audit/export'))).toMatch(
      new RegExp(`\\(id ${victim!.id}, .* was emptied, and no event of the file says`),
    );
    expect(await problems()).toMatchObject([{ kind: 'altered', eventId: victim!.id }]);
    await admin.query('DELETE FROM audit_opening WHERE event_id = $1', [victim!.id]);
    await asOwner(`UPDATE event SET actor_name = 'operator key' WHERE id = $1`, [victim!.id]);
    await admin.query('DELETE FROM audit_problem');
    expect(await problems()).toEqual([]);

    // Who may erase can write the one fixed form only, and only what is announced.
    await admin.query("SELECT set_config('interlock.erasing_events', 'on', false)");
    await expect(
      admin.query(`UPDATE event SET actor_name = 'Ben' WHERE id = $1`, [victim!.id]),
    ).rejects.toThrow('append-only');
    await admin.query("SELECT set_config('interlock.erasing_events', '', false)");
    const { rows: announced } = await admin.query<{ id: string }>(
      `SELECT id FROM event WHERE tenant_id = $1 AND type = 'EventPartsErased' ORDER BY id LIMIT 1`,
      [acme.id],
    );
    await expect(
      admin.query('SELECT interlock_erase_events($1, $2, $3)', [
        acme.id,
        announced[0]!.id,
        JSON.stringify([{ id: victim!.id, parts: ['actorName'], opening }]),
      ]),
    ).rejects.toThrow('does not announce');
  });

  test('a former member keeps no name, no address, no mailbox and no account; what they did stays', async () => {
    const email = 'mara.member@people.example';
    const mara = await peopleOf(api, acme).person(email, ['operator', 'tool_admin']);
    await mara('PUT', '/api/me', { name: 'Mara Member' });
    const { body: made } = await mara('POST', '/api/exceptions', { title: 'By Mara' });
    await mara('POST', `/api/exceptions/${made.id}/comments`, { body: 'Seen' });
    await mara('POST', '/api/tools', { name: 'mara_tool', type: 'dummy' });
    const known = async () =>
      (await as('GET', '/api/personal-data/people')).body.items.find(
        (each: { email: string }) => each.email === email,
      );
    for (const shared of [false, true])
      await mara('POST', '/api/saved-views', { list: 'tools', name: `Shared: ${shared}`, shared });
    const { id: accountId, member } = await known();
    expect(member).toBe(true);
    await as('POST', `/api/exceptions/${made.id}/comments`, { body: `@[${accountId}] is it done?` });
    await mara('PUT', '/api/me/presence', { hidden: true });
    const reason = 'Mara Member may no longer send by it.';
    await admin.query(
      `INSERT INTO notification_channel (id, tenant_id, name, tool_id, input, enabled, disabled_reason, owner_type, owner_id, owner_name)
       VALUES (gen_random_uuid(), $1, 'Chat', gen_random_uuid(), '{}', false, $2, 'user', $3, 'Mara Member')`,
      [acme.id, reason, accountId],
    );
    for (const [user, fact] of [
      [accountId, {}],
      ['another', { by: 'Mara Member' }],
    ])
      await admin.query(
        `WITH made AS (
          INSERT INTO notification (id, tenant_id, user_id, kind, event_type, facts, link, page, created_at)
          VALUES (gen_random_uuid(), $1, $2, 'case_assigned', 'ExceptionAssigned', $3, '/', true, now()) RETURNING id, tenant_id, user_id)
         INSERT INTO notification_delivery (id, tenant_id, notification_id, user_id, status, due_at, error)
         SELECT gen_random_uuid(), tenant_id, id, user_id, 'failed', now(), $4 FROM made`,
        [acme.id, user, fact, reason],
      );
    expect((await mara('PUT', '/api/notification-settings', { timeZone: 'Europe/Berlin' })).status).toBe(200);
    await subscribeBrowser(mara, {
      endpoint: 'https://fcm.googleapis.com/fcm/send/mara',
      keys: { p256dh: newKeys().getPublicKey('base64url'), auth: 'x'.repeat(22) },
    });
    const found = await search({ accountId });
    expect((await erase(found.id, 'Mara Member')).body.error).toMatchObject({ code: 'conflict' });
    // Nor by her address: the rule of four eyes knows her by it.
    const byAddress = await search({ values: ['mara.member+x@people.example'] });
    expect((await erase(byAddress.id, 'mara.member+x@people.example')).status).toBe(409);
    await as('DELETE', `/api/members/${accountId}`);
    expect(await known()).toMatchObject({ member: false, name: 'Mara Member' });
    expect((await erase(found.id, 'Mara Member')).status).toBe(200);
    const done = await until(found.id, 'erased');
    expect(done.account).toBe('deleted');
    for (const trace of ['Mara Member', email]) expect(await tablesWith(trace), trace).toEqual([]);
    const { body: views } = await as('GET', '/api/saved-views');
    expect(views.items).toMatchObject([{ name: 'Shared: true', owner: { name: 'Erased person' } }]);
    const { rows: own } = await admin.query('SELECT FROM saved_view WHERE owner_id = $1 AND NOT shared', [
      accountId,
    ]);
    expect(own).toEqual([]);
    const { body: timeline } = await as('GET', `/api/exceptions/${made.id}/timeline`);
    expect(
      timeline.items.find((each: { comment?: { mentions: [] } }) => each.comment?.mentions.length).comment,
    ).toMatchObject({
      body: `@[${accountId}] is it done?`,
      mentions: [{ id: accountId, name: 'Erased person', member: false }],
    });
    for (const table of [
      'push_subscription',
      'notification',
      'notification_delivery',
      'notification_setting',
      'presence_hidden',
    ]) {
      const { rows } = await admin.query(`SELECT user_id FROM ${table} WHERE user_id = $1`, [accountId]);
      expect(rows, table).toEqual([]);
    }
    const { body: comments } = await as('GET', `/api/exceptions/${made.id}`);
    expect(comments.createdBy).toMatchObject({ id: accountId, name: 'Erased person' });
    const { body } = await as('GET', `/api/audit?actor=${accountId}&limit=200`);
    expect(body.items.length).toBeGreaterThan(2);
    expect(
      body.items.every(
        ({ actor, address }: { actor: { name: string }; address: string | null }) =>
          actor.name === 'Erased person' && address === null,
      ),
    ).toBe(true);
    expect(await problems()).toEqual([]);
  });

  test('a legal hold refuses an erasure by its name; one that is placed meanwhile keeps what it covers', async () => {
    const email = 'hella.held@people.example';
    const [first, second] = [await execute({ to: email }), await execute({ to: email })];
    const hold = async (reason: string) =>
      (await as('POST', '/api/legal-holds', { scope: 'executions', toolId: tool, reason })).body.id;
    const claim = await hold('Claim 17');
    const found = await search({ values: [email] });
    expect(found.holds).toMatchObject([{ reason: 'Claim 17' }]);
    const refused = await erase(found.id, email);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('Claim 17');
    await as('POST', `/api/legal-holds/${claim}/release`, { reason: 'Settled' });
    expect((await erase(found.id, email)).status).toBe(200);
    const late = await hold('Claim 18');
    const held = await eventually(async () => {
      await workRequests(api.services, { always: true });
      const now = await searchOf(found.id);
      return now.remaining.executions === 2 && now;
    });
    expect(held).toMatchObject({ status: 'erasing', holds: [{ reason: 'Claim 18' }] });
    const inputOf = async (id: string) => (await as('GET', `/api/tools/executions/${id}`)).body.input.to;
    expect([await inputOf(first), await inputOf(second)]).toEqual([email, email]);
    await as('POST', `/api/legal-holds/${late}/release`, { reason: 'Settled' });
    await admin.query('UPDATE person_request SET next_at = now() WHERE id = $1', [found.id]);
    await until(found.id, 'erased');
    expect(await tablesWith(email)).toEqual([]);
  });

  test('an erasure that is killed at any batch goes on, and erases everything once', async () => {
    const email = 'kim.killed@people.example';
    await execute({ to: email });
    await acme.as.operator('POST', '/api/exceptions', { title: `About ${email}` });
    const { body: begun } = await as('POST', '/api/personal-data/searches', { values: [email] });
    const inSteps = async (status: string) => {
      for (;;) {
        await workRequests(api.services, { always: true, batches: 1 });
        const now = await searchOf(begun.id);
        if (now.status === status) return now;
      }
    };
    const found = await inSteps('found');
    await erase(begun.id, email);
    const done = await eventually(() => inSteps('erased'), { timeoutMs: 90_000 });
    const { written: _written, ...expected } = found.found;
    expect(done.erased).toMatchObject(expected);
    expect(await tablesWith(email)).toEqual([]);
    const { body } = await as('GET', `/api/events?type=PersonErased&subjectId=${begun.id}`);
    expect(body.items).toHaveLength(1);
    expect(JSON.stringify(body.items)).not.toContain('kim');
  });

  test('what is open is erased once it has ended', async () => {
    const email = 'otto.open@people.example';
    const { body: execution } = await acme.as.operator('POST', `/api/tools/${tool}/execute`, {
      payload: { to: email },
    });
    await admin.query(`UPDATE tool_execution SET status = 'running', completed_at = NULL WHERE id = $1`, [
      execution.id,
    ]);
    const found = await search({ values: [email] });
    await erase(found.id, email);
    const left = await eventually(async () => {
      await workRequests(api.services, { always: true });
      const now = await searchOf(found.id);
      return now.remaining.executions === 1 && now;
    });
    expect(left.status).toBe('erasing');
    await admin.query(`UPDATE tool_execution SET status = 'succeeded', completed_at = now() WHERE id = $1`, [
      execution.id,
    ]);
    await admin.query('UPDATE person_request SET next_at = now() WHERE id = $1', [found.id]);
    await until(found.id, 'erased');
    expect(await tablesWith(email)).toEqual([]);
  });

  test('only tenant admins search, and only for accounts that their organization has had', async () => {
    const other = await api.tenant();
    const { body: theirs } = await other.as.tenant_admin('GET', '/api/members');
    const foreign = await as('POST', '/api/personal-data/searches', { accountId: theirs.items[0].id });
    const unknown = await as('POST', '/api/personal-data/searches', { accountId: 'no such account' });
    expect([foreign.status, unknown.status]).toEqual([422, 422]);
    expect({ ...foreign.body.error, requestId: '' }).toEqual({ ...unknown.body.error, requestId: '' });
    expect((await acme.as.tool_admin('GET', '/api/personal-data/searches')).status).toBe(403);
    const id = (await search({ values: ['nobody@people.example'] })).id;
    for (const [key, status] of [
      [acme.keys.operator, 403],
      [other.keys.tenant_admin, 404],
    ] as const) {
      const response = await fetch(`${api.url}/api/personal-data/searches/${id}/export`, {
        headers: { authorization: `Bearer ${key}` },
      });
      expect(response.status).toBe(status);
    }
    expect((await as('POST', '/api/personal-data/searches', { values: ['abc'] })).status).toBe(422);
    // Who a search was about is forgotten after a month.
    await workRequests(api.services, { always: true, now: new Date(Date.now() + 31 * 86_400_000) });
    expect(await searchOf(id)).toMatchObject({ status: 'expired', about: null });
  });

  test('every table of an organization is searched, or says why not', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    );
    const known = [...new Set([...places.map(({ table }) => table), ...Object.keys(placesWithout)])];
    expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });
});
