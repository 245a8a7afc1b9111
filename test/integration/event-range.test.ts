import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { listEvents } from '../../shared/events/db/events.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { connectAdmin } from '../support/connect-admin.ts';

describe('events in a range of time', () => {
  const tenantId = uuidv7();
  const count = 5000;
  const secondsApart = 1;
  const until = Date.now();
  let db: Database;

  /** One a second, and each third with a time of up to five minutes before its neighbours. */
  beforeAll(async () => {
    db = openDatabase(inject('servers').databaseUrl);
    const admin = await connectAdmin();
    await admin.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name, created_at)
       SELECT $1, 'ToolUpdated', 'tool', i::text, 'user', 'x', 'X',
         $2::timestamptz - make_interval(secs => i * ${secondsApart} + CASE i % 3 WHEN 0 THEN i % 300 ELSE 0 END)
       FROM generate_series(1, ${count}) AS s(i) ORDER BY s.i DESC`,
      [tenantId, new Date(until)],
    );
    await admin.end();
  });
  afterAll(() => db.close());

  const list = (filter: { from?: Date; to?: Date }) =>
    db.tenant(tenantId, (connection) => listEvents(connection, { ...filter, limit: count + 1 }));

  test('are those whose time is in it, newest first', async () => {
    const all = await list({});
    expect(all).toHaveLength(count);
    const ago = (share: number) => new Date(until - share * count * secondsApart * 1000);
    for (const [from, to] of [
      [1, 0],
      [0.9, 0.1],
      [0.52, 0.5],
      [0.3001, 0.3],
      [2, 0.97],
      [0.03, -1],
      [3, 2],
      [-1, -2],
    ].map((range) => range.map(ago)) as [Date, Date][]) {
      const expected = all.filter(({ created_at: at }) => at >= from && at <= to);
      expect(await list({ from, to })).toEqual(expected);
      expect(await list({ from })).toEqual(all.filter(({ created_at: at }) => at >= from));
      expect(await list({ to })).toEqual(all.filter(({ created_at: at }) => at <= to));
    }
  });

  test('of a tenant without events are none', async () => {
    const events = await db.tenant(uuidv7(), (connection) =>
      listEvents(connection, { from: new Date(0), to: new Date(), limit: 5 }),
    );
    expect(events).toEqual([]);
  });
});
