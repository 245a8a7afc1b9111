import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { casesOf } from '../bench/growth-cases.ts';
import { fillSite, openSite, type Site } from '../bench/growth-site.ts';
import { connectTo } from '../support/connect-admin.ts';
import { createOwnDatabase } from '../support/own-database.ts';

const executions = 5_000;
const pageSize = 5;
/**
 * Rows and entries of indexes that a list may read: a page, its details, and the first entry of each month. A name is
 * looked for among all actors, in each month; a page of notices has 50.
 */
const mostEntries = (name: string) => (/ actor|name|notices/.test(name) ? 1000 : 200);

/** A database of its own: what it reads is counted for the whole of it. */
describe('lists of a large tenant', () => {
  let site: Site;
  let admin: pg.Client;

  beforeAll(async () => {
    const own = await createOwnDatabase();
    site = await openSite(own.databaseUrl, await fillSite(own, executions));
    admin = await connectTo(own.adminUrl);
  });
  afterAll(async () => {
    await site?.services.db.close();
    await admin?.end();
  });

  /** How many rows and entries of indexes the database has read so far. */
  async function entriesRead(): Promise<number> {
    const flush = { text: 'SELECT pg_stat_force_next_flush()' };
    await site.services.db.tenant(site.ground.tenantId, (connection) => connection.query(flush));
    await site.services.db.system((connection) => connection.query(flush));
    const { rows } = await admin.query<{ read: number }>(
      `SELECT (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)::int
         + (SELECT sum(seq_tup_read) FROM pg_stat_user_tables)::int AS read`,
    );
    return rows[0]!.read;
  }

  test('show the rows that hang together', async () => {
    const { call, middle } = site;
    const lengths = await Promise.all([
      call.exceptions.timeline({ id: middle.exception }),
      call.executions.list({ exceptionId: middle.exception }),
      call.inbox.list({ scope: 'mine' }),
      call.inbox.notices(),
    ]).then((pages) => pages.map(({ items }) => items.length));
    expect(lengths).not.toContain(0);
  });

  test('read as much as a page needs, whatever the filter, the order and the depth', async () => {
    const read: Record<string, number> = {};
    for (const [name, work] of casesOf(pageSize)) {
      const before = await entriesRead();
      await work(site);
      read[name] = (await entriesRead()) - before;
    }
    const tooMany = Object.fromEntries(
      Object.entries(read).filter(([name, entries]) => entries > mostEntries(name)),
    );
    expect(tooMany).toEqual({});
  });
});
