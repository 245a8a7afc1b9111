import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { buildConcurrently, readIndexStatement } from './build-index.ts';

interface JournalEntry {
  tag: string;
  /** Its place in the order, as a time in milliseconds. */
  when: number;
}

/**
 * How long the statements of a file wait for locks altogether. Meanwhile every query of these tables waits behind them, and
 * PostgreSQL ends a request that has waited for a second in a circle with them (`deadlock_timeout`): so the migration lets go
 * first. Later attempts wait longer, because autovacuum gives way only to who has waited for that second.
 */
const lockWaitMs = (attempt: number) => (attempt <= 20 ? 500 : 3000);
/** lock_not_available, deadlock_detected */
const lockCodes = new Set(['55P03', '40P01']);
const maxAttempts = 60;
const longestPauseMs = 5000;

const journal = 'drizzle.__drizzle_migrations';

/**
 * Applies the migrations of a folder that the database does not have yet, in the format of drizzle-kit. Each file is a
 * transaction of its own, and gives way after half a second to the session that holds a lock that it needs: then it is retried.
 * `CREATE INDEX IF NOT EXISTS`, for tables that exist, comes before: each such index is built while others write, and stays.
 * @throws Error that names the migration; those before it are applied, and of it nothing
 */
export async function applyMigrations(client: pg.Client, folder: string): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS drizzle');
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${journal} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)`,
  );
  const { rows } = await client.query<{ last: string | null }>(
    `SELECT max(created_at) AS last FROM ${journal}`,
  );
  const last = Number(rows[0]?.last ?? 0);
  const { entries } = JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: JournalEntry[];
  };
  for (const entry of entries) if (entry.when > last) await applyPatiently(client, folder, entry);
}

async function applyPatiently(client: pg.Client, folder: string, entry: JournalEntry): Promise<void> {
  const text = await readFile(join(folder, `${entry.tag}.sql`), 'utf8');
  const statements = text.split('--> statement-breakpoint');
  for (const statement of statements) {
    const index = readIndexStatement(statement);
    if (!index) continue;
    await patiently(entry, () => buildConcurrently(client, index));
    // A transaction of its own: the index is attached at once, whatever the rest waits for.
    await patiently(entry, (waitMs) => inTransaction(client, waitMs, (run) => run(statement)));
  }
  await patiently(entry, (waitMs) =>
    inTransaction(client, waitMs, async (run) => {
      for (const statement of statements) if (!readIndexStatement(statement)) await run(statement);
      await client.query(`INSERT INTO ${journal} (hash, created_at) VALUES ($1, $2)`, [
        createHash('sha256').update(text).digest('hex'),
        entry.when,
      ]);
    }),
  );
}

async function patiently({ tag }: JournalEntry, work: (waitMs: number) => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work(lockWaitMs(attempt));
      return;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (!lockCodes.has(code ?? ''))
        throw new Error(
          `The migration ${tag} failed. Apart from indexes, nothing of it was applied. ${message}`,
          {
            cause: error,
          },
        );
      if (attempt === maxAttempts)
        throw new Error(
          `The migration ${tag} did not get its locks. Apart from indexes, nothing of it was applied. End the transactions that have been open for long (pg_stat_activity), then run the migration again.`,
          { cause: error },
        );
      await sleep(Math.min(250 * 2 ** attempt, longestPauseMs));
    }
  }
}

/** @param waitMs for all locks of the transaction together */
async function inTransaction(
  client: pg.Client,
  waitMs: number,
  work: (run: (statement: string) => Promise<void>) => Promise<unknown>,
): Promise<void> {
  const until = performance.now() + waitMs;
  await client.query('BEGIN');
  try {
    await work(async (statement) => {
      // 0 would wait for ever.
      const left = Math.max(1, Math.ceil(until - performance.now()));
      await client.query(`SET LOCAL lock_timeout = ${left}`);
      await client.query(statement);
    });
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
