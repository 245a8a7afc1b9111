import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMigrations } from '../../shared/platform/db/apply-migrations.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';

describe('a migration that locks two tables, and a request that holds one of them and needs the other', () => {
  let folder: string;
  let sessions: pg.Client[];

  beforeAll(async () => {
    const { adminUrl } = await createOwnDatabase();
    sessions = await Promise.all([1, 2, 3].map(() => connectTo(adminUrl)));
    folder = await mkdtemp(join(tmpdir(), 'interlock-migrations-'));
    await mkdir(join(folder, 'meta'));
  });
  afterAll(async () => {
    await Promise.all((sessions ?? []).map((session) => session.end()));
    await rm(folder, { recursive: true, force: true });
  });

  test('the migration lets go before PostgreSQL ends the request, and is applied afterwards', async () => {
    const [admin, migrator, request] = sessions as [pg.Client, pg.Client, pg.Client];
    await admin.query('CREATE TABLE first (id int); CREATE TABLE second (id int)');
    const entry = { tag: 'both', when: Date.parse('2100-01-01') };
    await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries: [entry] }));
    const statements = [
      'ALTER TABLE first ADD COLUMN more int',
      // Longer than all its locks may take, and shorter than the second after which PostgreSQL ends a circle.
      'SELECT pg_sleep(0.7)',
      'ALTER TABLE second ADD COLUMN more int',
    ];
    await writeFile(join(folder, 'both.sql'), statements.join('\n--> statement-breakpoint\n'));
    await request.query('BEGIN');
    await request.query('INSERT INTO second VALUES (1)');
    const migrated = applyMigrations(migrator, folder);
    const isHeld = `SELECT 1 FROM pg_locks WHERE relation = 'first'::regclass AND mode = 'AccessExclusiveLock' AND granted`;
    await eventually(async () => (await admin.query(isHeld)).rowCount === 1, {
      timeoutMs: 60_000,
      everyMs: 5,
    });
    // In a circle now: it waits for the migration, which will wait for it.
    await request.query('SELECT * FROM first');
    await request.query('COMMIT');
    await migrated;
    const { rows } = await admin.query(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE column_name = 'more' AND table_name IN ('first', 'second') ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['first', 'second']);
  });
});
