import pg from 'pg';

/** `CREATE INDEX IF NOT EXISTS name ON table …` of a migration. */
export interface IndexStatement {
  name: string;
  table: string;
  /** Columns, predicate and so on. */
  rest: string;
}

/** Below this size an index is built at once. */
const smallBytes = 1024 * 1024;

/** @returns null for any other statement */
export function readIndexStatement(statement: string): IndexStatement | null {
  const [, name, table, rest] =
    /^CREATE INDEX IF NOT EXISTS (\w+) ON (\w+) ([^;]+);?$/.exec(withoutComments(statement)) ?? [];
  return name && table && rest ? { name, table, rest } : null;
}

const withoutComments = (statement: string) => statement.replaceAll(/^\s*--.*$/gm, '').trim();

/**
 * Builds an index on what a table has so far, while others write to it. On a partitioned table these are indexes of its
 * partitions; one of the whole table, created afterwards, consists of them.
 * @param client not in a transaction
 */
export async function buildConcurrently(
  client: pg.Client,
  { name, table, rest }: IndexStatement,
): Promise<void> {
  const { rows } = await client.query<{ leaf: string; partition: boolean }>(
    `SELECT c.relname AS leaf, c.relispartition AS partition FROM pg_class c
     WHERE c.relkind = 'r' AND pg_relation_size(c.oid) >= ${smallBytes}
       AND (c.oid = $1::regclass OR c.oid IN (SELECT relid FROM pg_partition_tree($1::regclass)))
       AND NOT EXISTS (SELECT FROM pg_class i WHERE i.oid = to_regclass($2) AND i.relkind = 'I')
     ORDER BY c.oid`,
    [table, name],
  );
  for (const { leaf, partition } of rows) {
    const index = pg.escapeIdentifier(partition ? `${leaf}_${name.replace(`${table}_`, '')}` : name);
    await dropUnfinished(client, index);
    await client.query(
      `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${index} ON ${pg.escapeIdentifier(leaf)} ${rest}`,
    );
  }
}

/** An earlier attempt that was interrupted leaves an index that no query uses. */
async function dropUnfinished(client: pg.Client, index: string): Promise<void> {
  const { rowCount } = await client.query(
    'SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid',
    [index],
  );
  if (rowCount) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
}
