import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import * as schema from '../../shared/platform/db/schema.ts';

test('the tables that the code knows are the tables that the migrations make', async () => {
  const client = new pg.Client({ connectionString: inject('servers').adminUrl });
  await client.connect();
  try {
    for (const table of Object.values(schema) as PgTable[]) {
      const known = Object.values(getTableColumns(table)).map((column) => [column.name, column.notNull]);
      const { rows } = await client.query<{ name: string; required: boolean }>(
        `SELECT attname AS name, attnotnull AS required FROM pg_attribute
         WHERE attrelid = ('public.' || quote_ident($1))::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'xid'`,
        [getTableName(table)],
      );
      const made = rows.map((row) => [row.name, row.required]);
      expect(known.toSorted(), getTableName(table)).toEqual(made.toSorted());
    }
  } finally {
    await client.end();
  }
});
