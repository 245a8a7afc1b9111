import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import { readTail, type TailPosition, tailNow } from '../../shared/events/db/events.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { connectAdmin, connectTo } from '../support/connect-admin.ts';
import { createOwnDatabase } from '../support/own-database.ts';

const actor = { type: 'system', id: 'test', name: 'Test' } as const;
const toolCreated = (subjectId: string) =>
  ({ type: 'ToolCreated', subjectType: 'tool', subjectId, actor }) as const;

describe('the event log beside other databases of the server', () => {
  const tenant = uuidv7();
  let db: Database;
  let adminUrl: string;
  let other: pg.Client;

  beforeAll(async () => {
    const own = await createOwnDatabase();
    adminUrl = own.adminUrl;
    db = openDatabase(own.databaseUrl);
    other = await connectAdmin();
  });
  afterAll(async () => {
    await other?.end();
    await db?.close();
  });

  const append = (subjectId: string) =>
    db.tenant(tenant, (connection) => appendEvent(connection, tenant, toolCreated(subjectId)));
  const read = (after: TailPosition) =>
    db.system((connection) => readTail(connection, after, { tenantIds: null, limit: 10 }));
  const subjects = async (after: TailPosition) =>
    (await read(after)).events.map(({ subjectId }) => subjectId);

  test('a transaction that stays open in another database does not hold it back', async () => {
    await other.query('BEGIN');
    await other.query('CREATE TEMPORARY TABLE held AS SELECT pg_current_xact_id()');
    const start = await db.system(tailNow);
    await append('beside');
    const page = await read(start);
    expect(page.events.map(({ subjectId }) => subjectId)).toEqual(['beside']);
    expect(await subjects(page.until)).toEqual([]);
    await other.query('ROLLBACK');
    await append('after');
    expect(await subjects(page.until)).toEqual(['after']);
  });

  test('one of its own database does, also when it has written nothing yet', async () => {
    const late = await connectTo(adminUrl);
    const start = await db.system(tailNow);
    await late.query('BEGIN');
    await late.query('SELECT pg_current_xact_id()');
    await append('early');
    expect(await subjects(start)).toEqual([]);
    await late.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
       VALUES ($1, 'ToolCreated', 'tool', 'late', 'system', 'test', 'Test')`,
      [tenant],
    );
    expect(await subjects(start)).toEqual([]);
    await late.query('COMMIT');
    expect(await subjects(start)).toEqual(['late', 'early']);
    await late.end();
  });

  test('a position never goes back, also while nothing can be read', async () => {
    await append('read');
    const start = { xid: '0', id: '0' };
    const { events } = await read(start);
    const last = events.at(-1)!;
    const late = await connectTo(adminUrl);
    await late.query('BEGIN');
    await late.query('SELECT pg_current_xact_id()');
    const { until } = await read({ xid: last.xid, id: last.id });
    expect(BigInt(until.xid)).toBeGreaterThan(BigInt(last.xid));
    const ahead = { xid: String(BigInt(until.xid) + 1n), id: '7' };
    await append('later');
    expect((await read(ahead)).until).toEqual(ahead);
    await late.query('ROLLBACK');
    await late.end();
  });

  test('what the transaction that reads has written itself is read after it has ended', async () => {
    const start = await db.system(tailNow);
    await db.systemTransaction(async (connection) => {
      await appendEvent(connection, tenant, toolCreated('own'));
      const [own] = await connection.query<{ xid: string }>({
        text: 'SELECT pg_current_xact_id()::text AS xid',
      });
      const { events, until } = await readTail(connection, start, { tenantIds: null, limit: 10 });
      expect(events).toEqual([]);
      // Not beyond it; a transaction of the server itself may be older.
      expect(BigInt(until.xid)).toBeLessThanOrEqual(BigInt(own!.xid));
      expect(until.id).toBe('0');
    });
    expect(await subjects(start)).toEqual(['own']);
  });
});
