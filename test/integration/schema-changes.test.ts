import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMigrations } from '../../shared/platform/db/apply-migrations.ts';
import { type Database, openDatabase, type Statement } from '../../shared/platform/db/database.ts';
import { isDatabaseUnavailable } from '../../shared/platform/db/database-errors.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface Prepared {
  name: string;
  statement: string;
  types: string | null;
}

/** A database of its own: every table of it changes. */
describe('a schema that is expanded under the processes of the version before', () => {
  let api: TestApi;
  let tenant: TestTenant;
  let admin: pg.Client;
  let databaseUrl: string;

  beforeAll(async () => {
    const own = await createOwnDatabase();
    databaseUrl = own.databaseUrl;
    admin = await connectTo(own.adminUrl);
    api = await startTestApi({ databaseUrl, reconcile: true });
    tenant = await api.tenant();
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
  });

  /** What a client does, again and again until `signal`: every response that is not a success. */
  async function work(as: Call, ids: { tool: string; playbook: string }, signal: AbortSignal) {
    const failures: unknown[] = [];
    let rounds = 0;
    const expectStatus = async (response: ReturnType<Call>, ...statuses: number[]) => {
      const { status, body } = await response;
      if (!statuses.includes(status)) failures.push({ status, body });
      return body;
    };
    for (; !signal.aborted; rounds++) {
      const headers = { 'idempotency-key': uuidv7() };
      const path = `/api/tools/${ids.tool}/execute`;
      const { id } = await expectStatus(as('POST', path, { payload: { n: rounds } }, headers), 200);
      await expectStatus(as('GET', `/api/tools/executions/${id}`), 200);
      await expectStatus(as('POST', `/api/tools/executions/${id}/rerun`, {}), 200);
      await expectStatus(as('POST', `/api/tools/executions/${id}/cancel`), 409);
      const run = await startRun(as, ids.playbook);
      await stepWhen(as, run, 'ask', 'waiting');
      await expectStatus(complete(as, run, 'ask'), 200);
      for (const list of [
        '/api/tools',
        '/api/tools/executions',
        '/api/events',
        '/api/playbooks',
        '/api/inbox',
      ])
        await expectStatus(as('GET', list), 200);
      await expectStatus(as('POST', '/api/exceptions', { title: 'Late', severity: 'low', domain: 'x' }), 201);
      await expectStatus(as('GET', '/api/exceptions'), 200);
    }
    return { failures, rounds };
  }

  /** The statements that idle connections of the API have prepared. */
  async function prepared(): Promise<Map<string, Prepared>> {
    const text = 'SELECT name, statement, result_types::text AS types FROM pg_prepared_statements';
    const { db } = api.services;
    const read = (c: { query(s: Statement): Promise<unknown[]> }) => c.query({ text }) as Promise<Prepared[]>;
    const found = await Promise.all([
      ...Array.from({ length: 8 }, () => db.tenant(tenant.id, read)),
      ...Array.from({ length: 3 }, () => db.system(read)),
    ]);
    return new Map(found.flat().map((each) => [each.name, each]));
  }

  test('a column and an index in every table are added under load: no request fails, and no statement returns more', async () => {
    const as = tenant.as.tenant_admin;
    const tool = await as('POST', '/api/tools', { name: 'steady', title: 'Steady', type: 'dummy' });
    expect(tool.status).toBe(201);
    const playbook = await publishPlaybook(as, {
      name: 'steady',
      steps: [{ id: 'ask', type: 'manual', title: 'Ask', assignee: { role: 'tenant_admin' } }],
    });
    const ids = { tool: tool.body.id as string, playbook };
    const stop = new AbortController();
    const loads = Array.from({ length: 3 }, () => work(as, ids, stop.signal));
    await eventually(async () => (await prepared()).has('completions_accepted_of'));
    const before = await prepared();

    const { rows: tables } = await admin.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class
       WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace::regnamespace::text IN ('public', 'auth')`,
    );
    expect(tables.length).toBeGreaterThan(25);
    // A file for each table: a transaction that locks several can deadlock with a request.
    const files = tables.map(({ name }) => [
      `ALTER TABLE ${name} ADD COLUMN added_later text`,
      `CREATE INDEX ON ${name} (added_later)`,
    ]);
    await applyFolder(admin, 'added', ...files);
    // Whoever is in the middle of a round, and one whole round after it.
    stop.abort();
    const done = await Promise.all(loads);
    const after = await Promise.all(loads.map(() => work(as, ids, AbortSignal.timeout(1000))));
    for (const { failures, rounds } of [...done, ...after]) {
      expect(failures).toEqual([]);
      expect(rounds).toBeGreaterThan(0);
    }

    const changed: string[] = [];
    for (const { name, statement, types } of before.values()) {
      await admin.query(`PREPARE again AS ${statement}`);
      const { rows } = await admin.query<Prepared>(
        `SELECT result_types::text AS types FROM pg_prepared_statements WHERE name = 'again'`,
      );
      if (rows[0]?.types !== types) changed.push(name);
      await admin.query('DEALLOCATE again');
    }
    expect(changed).toEqual([]);
    expect(before.size).toBeGreaterThan(20);
  });

  describe('a statement that returns every column', () => {
    let db: Database;
    const statement = { name: 'every_column', text: 'SELECT * FROM probe' };
    const addColumn = () => admin.query(`ALTER TABLE probe ADD COLUMN c${uuidv7().replaceAll('-', '')} text`);

    beforeAll(async () => {
      await admin.query('CREATE TABLE probe (id int)');
      await admin.query('GRANT SELECT ON probe TO interlock_system');
      // With one connection, the next statement would meet the outdated plan again.
      db = openDatabase(databaseUrl, { maxConnections: 1 });
    });
    afterAll(() => db?.close());

    test('works when a column was added, and its connection is not used again', async () => {
      const pid = () =>
        db.system(async (connection) => {
          await connection.query(statement);
          const [row] = await connection.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' });
          return row!.pid;
        });
      const first = await pid();
      await addColumn();
      expect(await pid()).toBe(first);
      expect(await pid()).not.toBe(first);
    });

    test('in a transaction is an error after which the whole may be repeated, and then works', async () => {
      const whole = () => db.systemTransaction((connection) => connection.query(statement));
      await whole();
      await addColumn();
      const error = await whole().catch((reason: unknown) => reason);
      expect(isDatabaseUnavailable(error)).toBe(true);
      expect(await whole()).toEqual([]);
    });
  });

  test('a migration that waits for a lock gives way to queries, and is applied once the lock is free; what came before it stays', async () => {
    await admin.query('CREATE TABLE busy (id int)');
    const [holder, reader] = await Promise.all([1, 2].map(() => connectTo(adminUrlOf(admin))));
    try {
      await holder!.query('BEGIN; LOCK TABLE busy IN ACCESS SHARE MODE');
      const migrator = await connectTo(adminUrlOf(admin));
      const applied = applyFolder(
        migrator,
        'waits',
        ['CREATE TABLE came_before ()'],
        ['ALTER TABLE busy ADD COLUMN later text'],
      );
      const waits = `SELECT 1 FROM pg_locks WHERE relation = 'busy'::regclass AND NOT granted AND mode = 'AccessExclusiveLock'`;
      await eventually(async () => (await reader!.query(waits)).rowCount === 1);
      // This one waits behind the migration, and gets its turn although the holder goes on.
      await reader!.query(`SET statement_timeout = '20s'; SELECT * FROM busy`);
      expect((await reader!.query("SELECT to_regclass('came_before') AS found")).rows[0].found).toBe(
        'came_before',
      );
      await holder!.query('COMMIT');
      await applied;
      await reader!.query('SELECT later FROM busy');
      await migrator.end();
    } finally {
      await Promise.all([holder!.end(), reader!.end()]);
    }
  });
});

const adminUrlOf = ({ user, password, host, port, database }: pg.Client) =>
  `postgresql://${user}:${password}@${host}:${port}/${database}`;

let when = Date.parse('2100-01-01');

/** Applies migrations as a release does. Each list of statements is a file. */
async function applyFolder(client: pg.Client, name: string, ...files: string[][]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-migrations-'));
  try {
    await mkdir(join(folder, 'meta'));
    const entries = files.map((_, index) => ({ tag: `${name}_${index}`, when: ++when }));
    await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }));
    for (const [index, { tag }] of entries.entries())
      await writeFile(join(folder, `${tag}.sql`), files[index]!.join('\n--> statement-breakpoint\n'));
    await applyMigrations(client, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
