import { inspect } from 'node:util';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import { listEvents } from '../../shared/events/db/events.ts';
import { writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { connectAdmin } from '../support/connect-admin.ts';

const actor = { type: 'system', id: 'test', name: 'Test' } as const;
const event = { type: 'ToolCreated', subjectType: 'tool', subjectId: 'x', actor } as const;

describe('row-level security', () => {
  let db: Database;
  let admin: pg.Client;
  const [acme, globex] = [uuidv7(), uuidv7()];

  beforeAll(async () => {
    db = openDatabase(inject('servers').databaseUrl);
    admin = await connectAdmin();
    for (const tenant of [acme, globex])
      await db.tenant(tenant, async (c) => {
        await appendEvent(c, tenant, event);
        await writePrivateHosts(c, ['10.0.0.1:1']);
      });
  });
  afterAll(async () => {
    await db.close();
    await admin.end();
  });

  test('every table with a tenant forces row-level security and is not owned by the login of the processes', async () => {
    const { rows } = await admin.query<{ name: string; forced: boolean; owner: string }>(`
      SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced, pg_get_userbyid(c.relowner) AS owner
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`);
    expect(rows.length).toBeGreaterThanOrEqual(11);
    expect(rows.filter((row) => !row.forced)).toEqual([]);
    expect(rows.filter((row) => row.owner.startsWith('interlock'))).toEqual([]);
  });

  test('a tenant reads and writes only its own rows, whatever the query says', async () => {
    const seen = await db.tenant(acme, (c) =>
      c.query<{ tenant_id: string }>({ text: 'SELECT DISTINCT tenant_id FROM event' }),
    );
    expect(seen.map((row) => row.tenant_id)).toEqual([acme]);
    await expect(db.tenant(acme, (c) => appendEvent(c, globex, event))).rejects.toThrow();
    expect(await db.tenant(globex, (c) => listEvents(c, { limit: 10 }))).toHaveLength(1);
  });

  test('a connection without a tenant reads no rows', async () => {
    const client = new pg.Client({ connectionString: inject('servers').databaseUrl });
    await client.connect();
    try {
      expect((await client.query('SELECT 1 FROM event')).rowCount).toBe(0);
      expect((await client.query('SELECT 1 FROM tenant_setting')).rowCount).toBe(0);
    } finally {
      await client.end();
    }
  });

  test('a connection that served one tenant shows no row of it to the next', async () => {
    const single = openDatabase(inject('servers').databaseUrl, { maxConnections: 1 });
    try {
      for (const tenant of [acme, globex, acme]) {
        const rows = await single.tenant(tenant, (c) => listEvents(c, { limit: 10 }));
        expect(rows.map((row) => row.tenant_id)).toEqual([tenant]);
      }
      await expect(
        single.tenantTransaction(globex, async () => {
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      expect(
        (await single.tenant(acme, (c) => listEvents(c, { limit: 10 }))).map((row) => row.tenant_id),
      ).toEqual([acme]);
    } finally {
      await single.close();
    }
  });

  test('an error of a statement shows no parameters', async () => {
    const secret = 'sk_live_51';
    const failed = db.tenant(acme, (c) => appendEvent(c, globex, { ...event, data: { secret } }));
    const error: Error & { code?: string } = await failed.then(
      () => expect.unreachable(),
      (reason) => reason,
    );
    expect(error.code).toBe('42501');
    expect(inspect(error, { depth: null })).not.toContain(secret);
  });

  test('no role of the processes can change the event log or a version', async () => {
    for (const statement of [
      'UPDATE event SET type = type',
      'DELETE FROM event',
      'UPDATE tool_version SET note = note',
    ]) {
      await expect(db.tenant(acme, (c) => c.query({ text: statement }))).rejects.toThrow(/permission denied/);
      await expect(db.system((c) => c.query({ text: statement }))).rejects.toThrow(/permission denied/);
    }
  });
});
