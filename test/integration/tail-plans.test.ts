import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tailNow, tailStatement } from '../../shared/events/db/events.ts';
import { type Database, openDatabase, type Statement } from '../../shared/platform/db/database.ts';
import { workStatement } from '../../shared/webhooks/db/webhooks-feed.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

const backlog = 20_000;

describe('reading the event log behind a backlog that no statistics know', () => {
  let db: Database;
  let admin: pg.Client;
  const [tenant, other] = [uuidv7(), uuidv7()];

  beforeAll(async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    db = openDatabase(databaseUrl);
    admin = await connectTo(adminUrl);
    const { rows } = await admin.query(
      `SELECT inhrelid::regclass AS name FROM pg_inherits WHERE inhparent = 'event'::regclass`,
    );
    for (const { name } of rows) await admin.query(`ALTER TABLE ${name} SET (autovacuum_enabled = false)`);
    await insert(backlog);
    await admin.query('ANALYZE event');
  });
  afterAll(async () => {
    await admin?.end();
    await db?.close();
  });

  const insert = (count: number) =>
    admin.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
       SELECT CASE WHEN n % 2 = 0 THEN $1::uuid ELSE $2::uuid END, 'ToolCreated', 'tool', n::text, 'system', 'test', 'Test'
       FROM generate_series(1, $3::int) n`,
      [tenant, other, count],
    );

  /** How many rows of the log a statement reads. It is planned for its values, which is when statistics count. */
  const rowsRead = (statement: Statement) =>
    db.system(async (connection) => {
      const [explained] = await connection.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>({
        text: `EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`,
        ...(statement.values && { values: statement.values }),
      });
      const read = (node: PlanNode): number =>
        (node['Relation Name']?.startsWith('event')
          ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
          : 0) + (node.Plans ?? []).reduce((sum, each) => sum + read(each), 0);
      return read(explained!['QUERY PLAN'][0].Plan);
    });

  /** Any open transaction of the database delays the event log, and other tests open some. */
  const readsAtLeast = (count: number, statement: Statement) =>
    eventually(
      async () => {
        const read = await rowsRead(statement);
        return read >= count && read;
      },
      { timeoutMs: 45_000 },
    );

  test('a page of the feed, of the live tail and of a listener that returns reads no more than it needs', async () => {
    const position = await db.system(tailNow);
    await insert(backlog);
    expect(
      await readsAtLeast(500, tailStatement(position, { tenantIds: null, limit: 500 })),
    ).toBeLessThanOrEqual(501);
    // Every second event is of the tenant.
    const ofTenant = tailStatement(position, { tenantIds: [tenant], limit: 500 });
    expect(await readsAtLeast(999, ofTenant)).toBeLessThanOrEqual(1_001);
  });

  test('the look of the webhook feed reads one event, and none while no endpoint listens', async () => {
    const { xid } = await db.system(tailNow);
    await admin.query(`INSERT INTO webhook_position (xid, event_id) VALUES ($1, '0')`, [xid]);
    await insert(backlog);
    expect(await rowsRead(workStatement)).toBe(0);
    await admin.query(
      `INSERT INTO webhook_endpoint (id, tenant_id, url, secret_sealed, created_by_type, created_by_id, created_by_name)
       VALUES ($1, $2, 'https://hooks.example', '', 'user', 'ana', 'Ana')`,
      [uuidv7(), tenant],
    );
    expect(await readsAtLeast(1, workStatement)).toBe(1);
  });
});
