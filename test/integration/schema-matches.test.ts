import { glob } from 'node:fs/promises';
import { is, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { getTableConfig, type PgColumn, PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';

/** An SQL literal for each type in the schema. A string that looks like JSON has to stay a string. */
const samples: Record<string, string> = {
  bigint: '12',
  'bigint[]': '{12,13}',
  boolean: 'true',
  bytea: '\\x0c',
  'double precision': '0.25',
  integer: '12',
  'integer[]': '{12,NULL}',
  json: '"12"',
  jsonb: '"12"',
  text: '12',
  'text[]': '{"a \\"b\\", c",NULL}',
  'timestamp with time zone': '2026-02-03T04:05:06.789Z',
  'timestamp with time zone[]': '{2026-02-03T04:05:06.789Z}',
  uuid: '0198a000-0000-7000-8000-000000000001',
  'uuid[]': '{0198a000-0000-7000-8000-000000000001}',
  xid8: '12',
};

interface ColumnFacts {
  name: string;
  type: string;
  notNull: boolean;
  /** An insert can omit it. */
  optional: boolean;
}

const tables = await tablesOfFeatures();

describe('the schema and the database', () => {
  const client = new pg.Client({ connectionString: inject('servers').adminUrl });
  beforeAll(() => client.connect());
  afterAll(() => client.end());

  test('the schema and the database have the same tables', async () => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
    );
    expect([...tables.keys()].toSorted()).toEqual(rows.map((row) => row.name).toSorted());
  });

  test.each([...tables])('the schema and the database have the same columns of %s', async (name, table) => {
    const { rows } = await client.query<ColumnFacts>(
      `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
         (NOT a.attnotnull OR a.atthasdef OR a.attidentity <> '') AS optional
       FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
      [`public.${name}`],
    );
    const known = table.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType(),
      notNull: column.notNull,
      optional: !column.notNull || column.hasDefault || column.generatedIdentity !== undefined,
    }));
    expect(byName(known)).toEqual(byName(rows));
  });

  test.each([...tables])(
    'the schema and the database have the same primary key of %s',
    async (name, { columns, primaryKeys }) => {
      const { rows } = await client.query<{ key: string[] }>(
        `SELECT array_agg(a.attname::text ORDER BY k.place) AS key
       FROM pg_constraint c CROSS JOIN unnest(c.conkey) WITH ORDINALITY AS k(attnum, place)
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
       WHERE c.conrelid = $1::regclass AND c.contype = 'p'`,
        [`public.${name}`],
      );
      const single = columns.filter((column) => column.primary).map((column) => column.name);
      const composite = primaryKeys.map((key) => key.columns.map((column) => column.name));
      expect([single, ...composite].filter((key) => key.length > 0)).toEqual([rows[0]!.key]);
    },
  );

  test('the schema allows the same values as the database in every column that the database restricts', async () => {
    const { rows } = await client.query<{ name: string; column: string; check: string }>(
      `SELECT r.relname AS name, a.attname AS column, pg_get_constraintdef(c.oid) AS check
       FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
       JOIN pg_class r ON r.oid = c.conrelid
       WHERE r.relnamespace = 'public'::regnamespace AND NOT r.relispartition AND c.contype = 'c'
         AND pg_get_constraintdef(c.oid) LIKE '%= ANY (ARRAY[%'`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { name, column, check } of rows) {
      const allowed = [...check.matchAll(/'([^']*)'::text/g)].map((match) => match[1]);
      const known = tables.get(name)?.columns.find((each) => each.name === column)?.enumValues;
      expect(known?.toSorted(), `${name}.${column}`).toEqual(allowed.toSorted());
    }
  });

  test.each([...tables])(
    'the schema names the properties of %s like its columns',
    (_, { properties, columns }) => {
      expect(properties.toSorted()).toEqual(columns.map((column) => column.name).toSorted());
    },
  );

  test('the query builder and plain SQL give the same value of each type', async () => {
    const orm = drizzle(client);
    const columns = new Map<string, PgColumn>();
    for (const table of tables.values())
      for (const column of table.columns) columns.set(column.getSQLType(), column);
    for (const [type, column] of columns) {
      const literal = `${pg.escapeLiteral(samples[type]!)}::${type}`;
      const plain = (await client.query<{ value: unknown }>(`SELECT ${literal} AS value`)).rows[0]!.value;
      const [built] = await orm
        .select({ value: sql.raw(literal).mapWith(column) })
        .from(sql`(SELECT) AS one`);
      // The driver gives a bigint as text, and plain SQL casts it.
      expect(built!.value, type).toEqual(type === 'bigint' ? BigInt(String(plain)) : plain);
    }
  });
});

type TableFacts = ReturnType<typeof getTableConfig> & { properties: string[] };

/** Every table of shared/<feature>/db/tables.ts. */
async function tablesOfFeatures(): Promise<Map<string, TableFacts>> {
  const found = new Map<string, TableFacts>();
  for await (const file of glob('shared/*/db/tables.ts', { cwd: projectRoot })) {
    const exports: Record<string, unknown> = await import(`${projectRoot}/${file}`);
    for (const table of Object.values(exports)) {
      if (!is(table, PgTable)) continue;
      const config = getTableConfig(table);
      found.set(config.name, {
        ...config,
        properties: Object.keys(table).filter((key) => key !== 'enableRLS'),
      });
    }
  }
  return found;
}

const byName = (columns: ColumnFacts[]) => columns.toSorted((a, b) => a.name.localeCompare(b.name));
