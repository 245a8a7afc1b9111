import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { type AuditSeal, createAuditSeal } from '../../shared/events/server/audit/audit-seal.ts';
import { applyErasure } from '../../shared/events/server/audit/erase-events.ts';
import { tell } from '../../shared/events/server/tell.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { createReservedHosts } from '../../shared/platform/server/egress/reserved-hosts.ts';
import { createLocalKeyRing } from '../../shared/platform/server/key-ring.ts';
import { createVault } from '../../shared/platform/server/vault.ts';
import { sweepRetention } from '../../shared/retention/server/sweep-retention.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';

const month = '2024_03';
const actor = { type: 'user', id: 'ana', name: 'Ana' } as const;

/** A cluster of its own: its owner is no superuser, as in a managed database, and row-level security binds it too. */
describe('removal by an owner who is no superuser, at a size', () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-retention-'));
  const log = pino({ level: 'silent' });
  let postgres: EmbeddedPostgres;
  let admin: pg.Client;
  let db: Database;
  let seal: AuditSeal;
  const [acme, other] = [uuidv7(), uuidv7()];

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({
      dataDir: join(dir, 'postgres'),
      port: await freePort('PostgreSQL', 0),
      settings: { fsync: 'off', synchronous_commit: 'off' },
    });
    const root = await connectTo(postgres.adminUrl);
    await root.query("CREATE ROLE owner LOGIN CREATEROLE PASSWORD 'not-a-superuser'");
    await root.query('CREATE DATABASE removals OWNER owner');
    await root.end();
    const url = new URL(postgres.adminUrl);
    url.pathname = '/removals';
    admin = await connectTo(url.href);
    [url.username, url.password] = ['owner', 'not-a-superuser'];
    const { appUrl } = await migrate(url.href);
    db = openDatabase(appUrl);
    const key = { id: 'test', key: Buffer.alloc(32, 7).toString('base64') };
    const vault = createVault(createLocalKeyRing([key]));
    const reservedHosts = createReservedHosts([]);
    seal = createAuditSeal({ db, vault, log, reservedHosts, headsPlace: undefined });
    await admin.query(
      `CREATE TABLE tool_execution_${month} PARTITION OF tool_execution FOR VALUES FROM (interlock_uuid_floor('2024-03-01Z')) TO (interlock_uuid_floor('2024-04-01Z'));
       CREATE TABLE execution_attempt_${month} PARTITION OF execution_attempt FOR VALUES FROM (interlock_uuid_floor('2024-03-01Z')) TO (interlock_uuid_floor('2024-04-01Z'));`,
    );
  }, 120_000);
  afterAll(async () => {
    await db?.close();
    await admin?.end();
    await postgres?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const keep = (tenantId: string, days: object) =>
    admin.query(
      `INSERT INTO tenant_setting (tenant_id, retention) VALUES ($1, $2)
       ON CONFLICT (tenant_id) DO UPDATE SET retention = excluded.retention, retention_revision = tenant_setting.retention_revision + 1,
         retention_swept_at = NULL`,
      [tenantId, JSON.stringify({ payloadDays: null, eventDays: null, deliveryDays: null, ...days })],
    );
  const sweep = () => sweepRetention({ db, log }, { always: true });
  const count = async (table: string, where: string): Promise<number> =>
    (await admin.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table} WHERE ${where}`))
      .rows[0]!.count;
  const events = (tenantId: string, many: number, more: { exceptionId?: string } = {}) =>
    admin.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, created_at)
       SELECT $1, 'ToolUpdated', 'tool', 'x', $3, 'user', 'ana', 'Ana', '2024-03-01Z'::timestamptz + n * interval '20 seconds'
       FROM generate_series(1, $2::int) n`,
      [tenantId, many, more.exceptionId ?? null],
    );

  test('50,000 executions and their attempts are emptied in batches, each a moment long, and the end is the same after a stop', async () => {
    await admin.query(
      `WITH ids AS (SELECT (left(interlock_uuid_floor('2024-03-01Z'::timestamptz + n * interval '50 seconds')::text, 19) || right(gen_random_uuid()::text, 17))::uuid AS id
          FROM generate_series(1, 50000) n), executions AS (
        INSERT INTO tool_execution (id, tenant_id, tool_id, tool_name, tool_title, tool_version, status, requested_by_actor_type,
          requested_by_actor_id, requested_by_actor_name, input_payload, output_payload, max_attempts, deadline_at, created_at, completed_at)
        SELECT id, $1, $1, 'look', 'Look', 1, 'succeeded', 'user', 'ana', 'Ana', '{"note": "of Ana"}', '{"ok": true}', 1, now(), '2024-03-15Z', now() FROM ids)
      INSERT INTO execution_attempt (execution_id, number, tenant_id, status, worker, request, response)
      SELECT id, 1, $1, 'succeeded', 'w', '{"url": "https://a.example/Ana"}', '{}' FROM ids`,
      [acme],
    );
    await keep(acme, { payloadDays: 30 });
    // Stopped in the middle, it goes on.
    const stopped = new AbortController();
    const left = () => count('tool_execution', 'input_payload IS NOT NULL');
    const first = sweepRetention({ db, log }, { always: true, signal: stopped.signal });
    await eventually(async () => (await left()) < 50_000, { timeoutMs: 90_000 });
    stopped.abort();
    await first;
    // While it goes on, a request of the tenant is never behind more than a batch.
    let longest = 0;
    const second = sweep().then(() => 'done');
    for (;;) {
      const begun = performance.now();
      await db.tenant(acme, (connection) =>
        connection.query({
          text: 'UPDATE tenant_setting SET policy_revision = policy_revision + 1 WHERE tenant_id = $1',
          values: [acme],
        }),
      );
      longest = Math.max(longest, performance.now() - begun);
      if ((await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 20, 'on'))])) === 'done')
        break;
    }
    expect(longest).toBeLessThan(10_000);
    expect(await left()).toBe(0);
    expect(await count('execution_attempt', 'request IS NOT NULL OR response IS NOT NULL')).toBe(0);
    expect(await count('tool_execution', 'payloads_removed_at IS NOT NULL')).toBe(50_000);
  }, 180_000);

  test('deliveries and runs that have ended go; what is pending, open or held stays', async () => {
    const [held, endpoint] = [uuidv7(), uuidv7()];
    await admin.query(
      `INSERT INTO webhook_endpoint (id, tenant_id, url, secret_sealed, created_by_type, created_by_id, created_by_name)
       VALUES ($1, $2, 'https://hooks.example/', '', 'user', 'ana', 'Ana')`,
      [endpoint, acme],
    );
    await admin.query(
      `INSERT INTO webhook_delivery (id, tenant_id, endpoint_id, event_id, event_type, payload, status, next_attempt_at, created_at)
       SELECT gen_random_uuid(), $1, $2, n, 'ToolUpdated', '{}', CASE WHEN n % 100 = 0 THEN 'pending' ELSE 'delivered' END, now(), '2024-03-15Z'
       FROM generate_series(1, 2000) n`,
      [acme, endpoint],
    );
    const playbook = uuidv7();
    await admin.query(
      `INSERT INTO playbook (id, tenant_id, name, title, created_by_type, created_by_id, created_by_name) VALUES ($1, $2, 'p', 'P', 'user', 'ana', 'Ana')`,
      [playbook, acme],
    );
    await admin.query(
      `INSERT INTO exception (id, tenant_id, number, title, domain, severity, status, resolved_at, resolution_code, created_by_type, created_by_id, created_by_name)
       VALUES ($1, $2, 1, 'Held', 'general', 'low', 'resolved', now(), 'fixed', 'user', 'ana', 'Ana')`,
      [held, acme],
    );
    await admin.query(
      `INSERT INTO playbook_version (playbook_id, tenant_id, version, format_version, document, created_by_type, created_by_id, created_by_name)
       VALUES ($1, $2, 1, 1, '{}', 'user', 'ana', 'Ana')`,
      [playbook, acme],
    );
    const old = (n: number) => `('018e0000-0000-7000-8000-00000000000' || ${n})::uuid`;
    for (const [n, status, exceptionId] of [
      [1, 'completed', null],
      [2, 'running', null],
      [3, 'completed', held],
    ] as const)
      await admin.query(
        `INSERT INTO playbook_run (id, tenant_id, playbook_id, playbook_version, playbook_name, playbook_title, exception_id, status, input,
           started_by_type, started_by_id, started_by_name, completed_at)
         VALUES (${old(n)}, $1, $2, 1, 'p', 'P', $3, $4, '{"of": "Ana"}', 'user', 'ana', 'Ana', CASE WHEN $4 = 'completed' THEN now() END)`,
        [acme, playbook, exceptionId, status],
      );
    const hold = uuidv7();
    await admin.query(
      `INSERT INTO legal_hold (id, tenant_id, scope, exception_id, reason, created_by_type, created_by_id, created_by_name)
       VALUES ($1, $2, 'exception', $3, 'Claim', 'user', 'ana', 'Ana')`,
      [hold, acme, held],
    );
    await keep(acme, { payloadDays: 30, deliveryDays: 30 });
    await sweep();
    // Deliveries say of which case they are only in their text: any hold keeps all.
    expect(await count('webhook_delivery', 'true')).toBe(2000);
    expect(await count('playbook_run', `input <> '{}'`)).toBe(2);
    await admin.query('UPDATE legal_hold SET released_at = now() WHERE id = $1', [hold]);
    await keep(acme, { payloadDays: 30, deliveryDays: 30 });
    await sweep();
    expect(await count('webhook_delivery', 'true')).toBe(20);
    expect(await count('webhook_delivery', `status <> 'pending'`)).toBe(0);
    expect(await count('playbook_run', `input <> '{}'`)).toBe(1);
  }, 120_000);

  test('parts of an event are erased as they were announced, and never without', async () => {
    // Empty, it would have been dropped before.
    await admin.query(
      `CREATE TABLE event_${month} PARTITION OF event FOR VALUES FROM ('2024-03-01Z') TO ('2024-04-01Z')`,
    );
    await admin.query(`ALTER TABLE event_${month} OWNER TO owner`);
    await events(other, 3);
    const ids = (
      await admin.query<{ id: string }>('SELECT id FROM event WHERE tenant_id = $1 ORDER BY id', [other])
    ).rows.map(({ id }) => id);
    await seal.seal();
    const announce = async (data: object): Promise<string> => {
      await db.systemTransaction((connection) =>
        tell(
          connection,
          { identity: { tenantId: other, actor } },
          { type: 'EventPartsErased', subjectType: 'person', subjectId: uuidv7(), data: { ...data } },
        ),
      );
      const { rows } = await admin.query<{ id: string }>(
        'SELECT max(id) AS id FROM event WHERE tenant_id = $1',
        [other],
      );
      return rows[0]!.id;
    };
    const announcement = await announce({ actorName: [ids[0], ids[1]] });
    const apply = () => db.systemTransaction((connection) => applyErasure(connection, other, announcement));
    expect(await apply()).toMatchObject({ sealed: false, erased: 0 });
    await seal.seal();
    expect(await apply()).toMatchObject({ sealed: true, erased: 2 });
    expect(await apply()).toMatchObject({ sealed: true, erased: 0 });
    expect(await count('event', `actor_name = 'Erased person'`)).toBe(2);
    await seal.check({ restMs: 0 });
    await seal.check({ restMs: 0 });
    expect(await count('audit_problem', 'true')).toBe(0);
  }, 60_000);

  test('events that a hold covers stay, others of the month go in batches; a month without any is dropped', async () => {
    const exceptionId = uuidv7();
    await events(acme, 5_000);
    await events(acme, 5, { exceptionId });
    const hold = uuidv7();
    await admin.query(
      `INSERT INTO legal_hold (id, tenant_id, scope, exception_id, reason, created_by_type, created_by_id, created_by_name)
       VALUES ($1, $2, 'exception', $3, 'Claim', 'user', 'ana', 'Ana')`,
      [hold, acme, exceptionId],
    );
    await seal.seal();
    await keep(acme, { eventDays: 30 });
    await sweep();
    expect(await count(`event_${month}`, `tenant_id = '${acme}'`)).toBe(5);
    expect(await count(`event_${month}`, `tenant_id = '${other}'`)).toBe(3);
    await admin.query('UPDATE legal_hold SET released_at = now() WHERE id = $1', [hold]);
    await keep(acme, { eventDays: 30 });
    await keep(other, { eventDays: 30 });
    await sweep();
    const { rows } = await admin.query(`SELECT to_regclass('event_${month}') AS part`);
    expect(rows).toEqual([{ part: null }]);
    await seal.seal();
    for (let round = 0; round < 4; round++) await seal.check({ restMs: 0 });
    expect(await count('audit_problem', 'true')).toBe(0);
  }, 120_000);
});
