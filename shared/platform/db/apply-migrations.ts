import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

interface JournalEntry {
  tag: string;
  /** Its place in the order, as a time in milliseconds. */
  when: number;
}

/** While a statement of a migration waits for its lock, every query of that table waits behind it. */
const lockTimeoutMs = 3000;
/** lock_not_available, deadlock_detected */
const lockCodes = new Set(['55P03', '40P01']);
const maxAttempts = 60;
const longestPauseMs = 5000;

const journal = 'drizzle.__drizzle_migrations';

/**
 * Applies the migrations of a folder that the database does not have yet, in the format of drizzle-kit. Each file is a
 * transaction of its own, and gives way after three seconds to the session that holds a lock that it needs: then it is retried.
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
  for (let attempt = 1; ; attempt++) {
    try {
      return await apply(client, entry, text);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (!lockCodes.has(code ?? ''))
        throw new Error(`The migration ${entry.tag} failed; nothing of it was applied. ${message}`, {
          cause: error,
        });
      if (attempt === maxAttempts)
        throw new Error(
          `The migration ${entry.tag} did not get its locks; nothing of it was applied. End the transactions that have been open for long (pg_stat_activity), then run the migration again.`,
          { cause: error },
        );
      await sleep(Math.min(250 * 2 ** attempt, longestPauseMs));
    }
  }
}

async function apply(client: pg.Client, { when }: JournalEntry, text: string): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    for (const statement of text.split('--> statement-breakpoint')) await client.query(statement);
    await client.query(`INSERT INTO ${journal} (hash, created_at) VALUES ($1, $2)`, [
      createHash('sha256').update(text).digest('hex'),
      when,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
