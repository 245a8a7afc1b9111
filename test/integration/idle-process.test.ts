import type pg from 'pg';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const perSecond = 7;
const windowMs = 3_000;

describe('a process without work', () => {
  let api: TestApi;
  let admin: pg.Client;
  beforeAll(async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    admin = await connectTo(adminUrl);
    api = await startTestApi({ databaseUrl, reconcile: true });
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
  });

  /** Each statement of an idle process is a transaction of its own, or one of few in it. */
  async function activity() {
    const { rows } = await admin.query<{ transactions: number; reads: number }>(
      `SELECT (SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database())::int AS transactions,
         (SELECT sum(seq_scan + coalesce(idx_scan, 0)) FROM pg_stat_user_tables WHERE relname LIKE 'event_%')::int AS reads`,
    );
    return { ...rows[0]!, at: performance.now() };
  }
  /** What the process did in the next seconds. */
  async function nextWindow() {
    const before = await activity();
    await eventually(() => performance.now() - before.at > windowMs, { everyMs: 250 });
    const after = await activity();
    return {
      transactions: ((after.transactions - before.transactions) * 1000) / (after.at - before.at),
      reads: after.reads - before.reads,
    };
  }

  test('it asks the database a few times a second, and reads no event while no one listens', async () => {
    // Its first rounds look for what happened before it started, and PostgreSQL counts up to ten seconds late.
    await eventually(
      async () => {
        const { transactions, reads } = await nextWindow();
        return reads === 0 && transactions > 0 && transactions < perSecond;
      },
      { everyMs: 0 },
    );
  });
});
