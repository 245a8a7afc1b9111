import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMigrations } from '../../shared/platform/db/apply-migrations.ts';
import { connectAdmin, connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';

/** A database of its own with a partitioned table of two months, each large enough, and a plain one. */
describe('an index of a migration', () => {
  const database = `test_index_builds_${process.pid}`;
  let folder: string;
  let admin: pg.Client;
  let migrator: pg.Client;
  let url: string;

  beforeAll(async () => {
    const server = await connectAdmin();
    await server.query(`CREATE DATABASE ${database}`);
    url = `postgresql://${server.user}:${server.password}@${server.host}:${server.port}/${database}`;
    await server.end();
    [admin, migrator] = [await connectTo(url), await connectTo(url)];
    folder = await mkdtemp(join(tmpdir(), 'interlock-migrations-'));
    await mkdir(join(folder, 'meta'));
    await admin.query(`
      CREATE TABLE log (id int, word text) PARTITION BY RANGE (id);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (30000);
      CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (30000) TO (90000);
      CREATE TABLE note (id int, word text);
      INSERT INTO log SELECT i, 'word ' || i % 7 FROM generate_series(0, 59999) AS s(i);
      INSERT INTO note SELECT * FROM log`);
  });
  afterAll(async () => {
    await Promise.all([admin?.end(), migrator?.end()]);
    await rm(folder, { recursive: true });
  });

  let count = 0;
  async function apply(...statements: string[]): Promise<void> {
    const entry = { tag: `file_${++count}`, when: Date.parse('2100-01-01') + count };
    await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries: [entry] }));
    await writeFile(join(folder, `${entry.tag}.sql`), statements.join('\n--> statement-breakpoint\n'));
    await applyMigrations(migrator, folder);
  }

  const indexesOf = async (name: string) => {
    const { rows } = await admin.query<{ name: string; valid: boolean; parts: string[] }>(
      `SELECT c.relname AS name, i.indisvalid AS valid,
         ARRAY(SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = c.oid ORDER BY 1) AS parts
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = $1`,
      [name],
    );
    return rows;
  };

  test.each([
    ['a partitioned table', 'log', ['log_1_by_word', 'log_2_by_word']],
    ['a table', 'note', []],
  ])('on %s is built while others write, and no writer waits', async (_, table, parts) => {
    const [holder, writer] = [await connectTo(url), await connectTo(url)];
    try {
      await holder.query(`BEGIN; INSERT INTO ${table} VALUES (1, 'open for long')`);
      const applied = apply(
        'CREATE TABLE IF NOT EXISTS beside ()',
        `-- Why it is there.\nCREATE INDEX IF NOT EXISTS ${table}_by_word ON ${table} (word, id DESC) WHERE id > 5;`,
      );
      // The build waits for the transaction that is open, and no one waits for the build.
      await eventually(async () => {
        const { rowCount } = await admin.query(
          `SELECT FROM pg_stat_progress_create_index WHERE datname = $1 AND phase LIKE 'waiting%'`,
          [database],
        );
        return rowCount === 1;
      });
      await writer.query(`SET lock_timeout = '10s'`);
      await writer.query(`INSERT INTO ${table} VALUES (2, 'at once'), (50000, 'at once')`);
      expect(await indexesOf(`${table}_by_word`)).not.toContainEqual(
        expect.objectContaining({ valid: true }),
      );
      await holder.query('COMMIT');
      await applied;
      expect(await indexesOf(`${table}_by_word`)).toEqual([{ name: `${table}_by_word`, valid: true, parts }]);
    } finally {
      await Promise.all([holder.end(), writer.end()]);
    }
  });

  test('whose build was interrupted is built again', async () => {
    await admin.query('CREATE UNIQUE INDEX CONCURRENTLY note_later ON note (word)').catch(() => {});
    expect(await indexesOf('note_later')).toMatchObject([{ valid: false }]);
    await apply('CREATE INDEX IF NOT EXISTS note_later ON note (word)');
    expect(await indexesOf('note_later')).toMatchObject([{ valid: true }]);
  });
});
