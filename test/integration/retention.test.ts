import { Readable } from 'node:stream';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyEvidence } from '../../api/evidence/verify-evidence.ts';
import { AuditMismatch, verifyExport } from '../../shared/events/server/audit/verify-export.ts';
import { sweepRetention } from '../../shared/retention/server/sweep-retention.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const dayMs = 86_400_000;

describe('retention', () => {
  let api: TestApi;
  let admin: pg.Client;
  let acme: TestTenant;
  let other: TestTenant;
  let tool: string;

  beforeAll(async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    admin = await connectTo(adminUrl);
    api = await startTestApi({ databaseUrl });
    [acme, other] = [await api.tenant(), await api.tenant()];
    tool = (await acme.as.tool_admin('POST', '/api/tools', { name: 'look', type: 'dummy' })).body.id;
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
  });

  const keep = (of: TestTenant, days: object) => of.as.tenant_admin('PUT', '/api/settings/retention', days);
  const sweepIn = (days: number) =>
    sweepRetention(api.services, { now: new Date(Date.now() + days * dayMs), always: true });
  const execute = async (more: object = {}): Promise<string> => {
    const { body } = await acme.as.operator('POST', `/api/tools/${tool}/execute`, {
      payload: { note: 'a payload of Ana' },
      ...more,
    });
    expect(body.status).toBe('succeeded');
    return body.id;
  };
  const executionOf = async (id: string) => (await acme.as.viewer('GET', `/api/tools/executions/${id}`)).body;
  const holds = async (id: string, text: string): Promise<boolean> => {
    const { rows } = await admin.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT FROM tool_execution e LEFT JOIN execution_attempt a ON a.execution_id = e.id
          WHERE e.id = $1 AND (to_jsonb(e)::text LIKE $2 OR to_jsonb(a)::text LIKE $2))
        OR EXISTS (SELECT FROM search_document WHERE subject_id = $1 AND body LIKE $2) AS found`,
      [id, `%${text}%`],
    );
    return rows[0]!.found;
  };
  const exported = async (of: TestTenant): Promise<string[]> => {
    const response = await fetch(`${api.url}/api/audit/export`, {
      headers: { authorization: `Bearer ${of.keys.tenant_admin}` },
    });
    return (await response.text()).trimEnd().split('\n');
  };
  const removedIn = (lines: string[]): Promise<number | string> =>
    verifyExport(Readable.from(lines)).then(
      ({ removed }) => removed,
      (error: unknown) => {
        if (error instanceof AuditMismatch) return error.message;
        throw error;
      },
    );
  /** Another transaction of the server holds the seal back while it is open. */
  const sealed = () =>
    eventually(async () => {
      await api.services.auditSeal.seal();
      const { rows } = await admin.query(
        `SELECT FROM event, audit_position p WHERE (event.xid, event.id) > (p.xid::xid8, p.event_id::bigint) LIMIT 1`,
      );
      return rows.length === 0;
    });
  const problemsOf = async (of: TestTenant): Promise<{ kind: string }[]> => {
    await sealed();
    await api.services.auditSeal.check({ restMs: 0 });
    await api.services.auditSeal.check({ restMs: 0 });
    return (await of.as.tenant_admin('GET', '/api/audit/head')).body.check.problems;
  };

  test('payloads that are old enough are emptied, and the execution says when; those of an open exception stay', async () => {
    const { body: exception } = await acme.as.operator('POST', '/api/exceptions', { title: 'Open' });
    const [free, ofCase] = [await execute(), await execute({ exceptionId: exception.id })];
    await keep(acme, { payloadDays: 30 });
    await sweepIn(29);
    expect(await holds(free, 'payload of Ana')).toBe(true);
    await sweepIn(32);
    expect(await holds(free, 'payload of Ana')).toBe(false);
    expect(await executionOf(free)).toMatchObject({
      status: 'succeeded',
      input: null,
      output: null,
      payloadsRemovedAt: expect.any(String),
    });
    expect(await executionOf(ofCase)).toMatchObject({
      input: { note: 'a payload of Ana' },
      payloadsRemovedAt: null,
    });
    const again = await acme.as.operator('POST', `/api/tools/executions/${free}/rerun`, {});
    expect(again.body.error).toMatchObject({ code: 'invalid_input' });
    await acme.as.operator('POST', `/api/exceptions/${exception.id}/resolve`, { code: 'fixed' });
    await sweepIn(33);
    expect(await holds(ofCase, 'payload of Ana')).toBe(false);
    const { body } = await acme.as.tenant_admin('GET', '/api/audit?type=RecordsRemoved');
    expect(body.items[0]).toMatchObject({ data: { what: 'payloads', count: 1 } });
  });

  test('while a legal hold stands, nothing that it covers is removed; releasing it takes a reason', async () => {
    const { body: exception } = await acme.as.operator('POST', '/api/exceptions', { title: 'Claim' });
    const [ofCase, ofTool] = [await execute({ exceptionId: exception.id }), await execute()];
    await acme.as.operator('POST', `/api/exceptions/${exception.id}/resolve`, { code: 'fixed' });
    const place = async (body: object): Promise<string> => {
      const placed = await acme.as.tenant_admin('POST', '/api/legal-holds', { reason: 'Claim', ...body });
      expect(placed.status).toBe(201);
      return placed.body.id;
    };
    const release = (id: string, reason: string) =>
      acme.as.tenant_admin('POST', `/api/legal-holds/${id}/release`, { reason });
    const onCase = await place({ scope: 'exception', exceptionId: `EX-${exception.number}` });
    const onTool = await place({ scope: 'executions', toolId: tool });
    await keep(acme, { payloadDays: 30 });
    await sweepIn(40);
    expect([await holds(ofCase, 'payload of Ana'), await holds(ofTool, 'payload of Ana')]).toEqual([
      true,
      true,
    ]);
    expect((await release(onTool, '')).status).toBe(422);
    expect((await release(onTool, 'Settled')).body.released).toMatchObject({ reason: 'Settled' });
    expect((await release(onTool, 'Again')).status).toBe(404);
    await sweepIn(41);
    expect([await holds(ofCase, 'payload of Ana'), await holds(ofTool, 'payload of Ana')]).toEqual([
      true,
      false,
    ]);
    await release(onCase, 'Settled');
    await sweepIn(42);
    expect(await holds(ofCase, 'payload of Ana')).toBe(false);
    const { body } = await acme.as.tenant_admin('GET', '/api/legal-holds');
    expect(body.items).toHaveLength(2);
    expect(body.items.every(({ released }: { released: object | null }) => released !== null)).toBe(true);
    expect((await acme.as.tool_admin('GET', '/api/legal-holds')).status).toBe(403);
  });

  test('a legal hold is placed once for each Idempotency-Key, however many requests come at once', async () => {
    const holder = await api.tenant();
    const place = (reason: string) =>
      holder.as.tenant_admin(
        'POST',
        '/api/legal-holds',
        { scope: 'everything', reason },
        { 'idempotency-key': 'hold 1' },
      );
    const placed = await Promise.all([1, 2, 3].map(() => place('Claim 7')));
    expect(placed.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(placed.map(({ body }) => body.id)).size).toBe(1);
    const { body } = await holder.as.tenant_admin('GET', '/api/legal-holds');
    expect(body.items).toHaveLength(1);
    const other = await place('Another claim');
    expect([other.status, other.body.error.code]).toEqual([409, 'idempotency_conflict']);
  });

  test('a month of events that everyone lets go is dropped, what one keeps stays, and the seal explains what is missing', async () => {
    await admin.query(
      `CREATE TABLE event_2024_01 PARTITION OF event FOR VALUES FROM ('2024-01-01Z') TO ('2024-02-01Z')`,
    );
    for (const { id } of [acme, other, acme])
      await admin.query(
        `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name, created_at)
          VALUES ($1, 'ToolCreated', 'tool', 'old', 'user', 'ana', 'Ana', '2024-01-15Z')`,
        [id],
      );
    await sealed();
    const left = async () =>
      (await admin.query(`SELECT tenant_id FROM event WHERE created_at < '2024-02-01'`)).rows.map(
        ({ tenant_id }) => tenant_id,
      );
    await keep(acme, { eventDays: 30 });
    await sweepIn(1);
    expect(await left()).toEqual([other.id]);
    expect(await problemsOf(acme)).toEqual([]);
    const lines = await exported(acme);
    expect(await removedIn(lines)).toBe(2);

    await keep(other, { eventDays: 30 });
    await sweepIn(1);
    expect(await left()).toEqual([]);
    const { rows } = await admin.query(`SELECT to_regclass('event_2024_01') AS part`);
    expect(rows).toEqual([{ part: null }]);
    expect(await problemsOf(other)).toEqual([]);
    expect(await removedIn(await exported(other))).toBe(1);

    // The file says that nothing was removed, or not by whom.
    const silent = [lines[0]!.replace(/"removed":\{[^}]*\}/, '"removed":null'), ...lines.slice(1)];
    expect(await removedIn(silent)).toMatch(/^Event \d+ .* is missing/);
    const unproven = [lines[0]!.replace(/("throughSequence":)\d+/, '$1999999'), ...lines.slice(1)];
    expect(await removedIn(unproven)).not.toEqual(expect.any(Number));
  });

  test('evidence that was made before a removal still verifies, and what is made after says what was removed', async () => {
    const globex = await api.tenant();
    const { body: made } = await globex.as.operator('POST', '/api/exceptions', { title: 'Over' });
    await globex.as.operator('POST', `/api/exceptions/${made.id}/comments`, { body: 'Seen' });
    await globex.as.operator('POST', `/api/exceptions/${made.id}/resolve`, { code: 'fixed' });
    const evidence = async (): Promise<string> => {
      const response = await fetch(`${api.url}/api/exceptions/${made.id}/evidence.json`, {
        headers: { authorization: `Bearer ${globex.keys.tenant_admin}` },
      });
      expect(response.status).toBe(200);
      return response.text();
    };
    const before = await evidence();
    await sealed();
    await keep(globex, { eventDays: 30 });
    await sealed();
    await sweepIn(70);
    const { rows } = await admin.query(
      'SELECT FROM event WHERE tenant_id = $1 AND exception_id = $2 LIMIT 1',
      [globex.id, made.id],
    );
    expect(rows).toEqual([]);
    expect(await verifyEvidence(before)).toMatchObject({ removedThrough: 0 });
    const after = await evidence();
    const verified = await verifyEvidence(after);
    expect(verified.removedThrough).toBeGreaterThan(0);
    // Without the event that says so, it is not whole.
    const pack = JSON.parse(after);
    const silent = pack.audit.filter((line: string) => !line.includes('"RecordsRemoved"'));
    await expect(verifyEvidence(JSON.stringify({ ...pack, audit: silent }))).rejects.toThrow(AuditMismatch);
  });

  test('an event that is missing without an announced removal is still found', async () => {
    await acme.as.operator('POST', '/api/exceptions', { title: 'Deleted' });
    await sealed();
    await admin.query('SET session_replication_role = replica');
    await admin.query(
      `DELETE FROM event WHERE tenant_id = $1 AND id = (SELECT max(id) FROM event WHERE tenant_id = $1)`,
      [acme.id],
    );
    await admin.query('SET session_replication_role = origin');
    expect(await problemsOf(acme)).toMatchObject([{ kind: 'missing' }]);
    expect(await removedIn(await exported(acme))).toMatch(/^Event \d+ .* is missing/);
  });

  test('the times are shown with what they would take, and two admins do not overwrite each other', async () => {
    const due = await acme.as.tenant_admin('GET', '/api/settings/retention/due?deliveryDays=1&eventDays=30');
    expect(due.body).toMatchObject({ payloads: null, events: { more: false }, deliveries: { count: 0 } });
    const first = await acme.as.tenant_admin('GET', '/api/settings/retention');
    const etag = first.headers.get('etag')!;
    const saved = await acme.as.tenant_admin(
      'PUT',
      '/api/settings/retention',
      { deliveryDays: 7 },
      { 'if-match': etag },
    );
    expect(saved.body).toMatchObject({ payloadDays: null, deliveryDays: 7 });
    const stale = await acme.as.tenant_admin(
      'PUT',
      '/api/settings/retention',
      { deliveryDays: 8 },
      { 'if-match': etag },
    );
    expect(stale.status).toBe(412);
    expect((await keep(acme, { eventDays: 29 })).status).toBe(422);
    expect((await acme.as.tool_admin('PUT', '/api/settings/retention', {})).status).toBe(403);
  });
});
