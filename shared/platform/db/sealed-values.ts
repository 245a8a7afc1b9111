import pg from 'pg';
import type { SystemConnection } from './database.ts';

/** A column in which a feature keeps what the vault has sealed. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The primary key. */
  key: readonly string[];
  /** Further columns that its context is made of. */
  facts?: readonly string[];
  /** A condition in SQL that a small index serves; rows without it have nothing sealed. */
  where?: string;
}

export interface SealedRow {
  /** In the order of `key`. */
  key: string[];
  /** By column: the key, the facts. */
  facts: Record<string, string | null>;
  sealed: Buffer;
}

const name = pg.escapeIdentifier;

const sealed = ({ column }: SealedColumn) => `t.${name(column)}`;
const rows = (of: SealedColumn) =>
  `${name(of.table)} t WHERE ${sealed(of)} IS NOT NULL AND length(${sealed(of)}) > 0${of.where ? ` AND ${of.where}` : ''}`;
/** As one text, in whose order rows are handed out. */
const keyText = ({ key }: SealedColumn) =>
  `(${key.map((column) => `t.${name(column)}::text`).join(` || '/' || `)}) COLLATE "C"`;

/** How many secrets each key has sealed in a column; null: an unknown format. */
export async function countSealed(
  connection: SystemConnection,
  of: SealedColumn,
): Promise<{ key: string | null; count: number }[]> {
  return connection.query<{ key: string | null; count: number }>({
    text: `SELECT interlock_sealed_key(${sealed(of)}) AS key, count(*)::int AS count FROM ${rows(of)} GROUP BY 1`,
  });
}

/** Some row that this key has sealed; null: there is none. */
export async function sampleSealed(
  connection: SystemConnection,
  of: SealedColumn,
  keyId: string,
): Promise<SealedRow | null> {
  return readOne(connection, of, `interlock_sealed_key(${sealed(of)}) = $1`, [keyId]);
}

/** A row by its key; null: it has nothing sealed any more. */
export async function readSealed(
  connection: SystemConnection,
  of: SealedColumn,
  key: string[],
): Promise<SealedRow | null> {
  return readOne(connection, of, keyCondition(of, 1), key);
}

/** Parameters take the type of their column, so that the primary key is used. */
const keyCondition = ({ key }: SealedColumn, first: number) =>
  key.map((column, index) => `t.${name(column)} = $${index + first}`).join(' AND ');

async function readOne(
  connection: SystemConnection,
  of: SealedColumn,
  condition: string,
  values: string[],
): Promise<SealedRow | null> {
  const columns = [...of.key, ...(of.facts ?? [])];
  const [row] = await connection.query<{ facts: (string | null)[]; sealed: Buffer }>({
    text: `SELECT ARRAY[${columns.map((column) => `t.${name(column)}::text`).join(', ')}] AS facts, ${sealed(of)} AS sealed
      FROM ${rows(of)} AND ${condition} LIMIT 1`,
    values,
  });
  if (!row) return null;
  const facts = Object.fromEntries(columns.map((column, index) => [column, row.facts[index] ?? null]));
  return { key: of.key.map((column) => facts[column]!), facts, sealed: row.sealed };
}

/** Writes what is sealed again, unless the row has changed meanwhile. @returns whether it did */
export async function replaceSealed(
  connection: SystemConnection,
  of: SealedColumn,
  row: SealedRow,
  next: Buffer,
): Promise<boolean> {
  const found = await connection.query({
    text: `UPDATE ${name(of.table)} t SET ${name(of.column)} = $1 WHERE ${sealed(of)} = $2
      AND ${keyCondition(of, 3)} RETURNING true`,
    values: [next, row.sealed, ...row.key],
  });
  return found.length > 0;
}

/** How many secrets these keys have sealed. */
export async function countLeft(
  connection: SystemConnection,
  of: SealedColumn,
  others: readonly string[],
): Promise<number> {
  const [row] = await connection.query<{ count: number }>({
    text: `SELECT count(*)::int AS count FROM ${rows(of)} AND interlock_sealed_key(${sealed(of)}) = ANY ($1)`,
    values: [others],
  });
  return row?.count ?? 0;
}

/**
 * Hands out the next rows to be sealed again, each to one caller. Call it in a transaction: another caller waits for its end.
 * @param others the keys whose secrets are sealed again under `keyId`
 * @returns keys of rows; none when all have been handed out
 */
export async function takeSealed(
  connection: SystemConnection,
  of: SealedColumn,
  { keyId, others, limit }: { keyId: string; others: readonly string[]; limit: number },
): Promise<string[][]> {
  // Another key than the last one: from the beginning.
  const [store] = await connection.query<{ position: string }>({
    text: `INSERT INTO vault_rewrap AS w (store, key_id) VALUES ($1, $2)
      ON CONFLICT (store) DO UPDATE SET key_id = $2, position = CASE WHEN w.key_id = $2 THEN w.position ELSE '' END
      RETURNING position`,
    values: [of.table, keyId],
  });
  const next = await connection.query<{ key: string[]; at: string }>({
    text: `SELECT ARRAY[${of.key.map((column) => `t.${name(column)}::text`).join(', ')}] AS key, ${keyText(of)} AS at
      FROM ${rows(of)} AND interlock_sealed_key(${sealed(of)}) = ANY ($1) AND ${keyText(of)} > $2 ORDER BY at LIMIT $3`,
    values: [others, store!.position, limit],
  });
  const last = next.at(-1)?.at;
  if (last !== undefined)
    await connection.query({
      text: 'UPDATE vault_rewrap SET position = $2, taken_at = now() WHERE store = $1',
      values: [of.table, last],
    });
  return next.map(({ key }) => key);
}

/** Begins again when no one has taken a row for a while: who had taken the rest did not finish it. */
export async function takeAgain(
  connection: SystemConnection,
  of: SealedColumn,
  afterMs: number,
): Promise<void> {
  await connection.query({
    text: `UPDATE vault_rewrap SET position = '', taken_at = now()
      WHERE store = $1 AND position <> '' AND taken_at < now() - make_interval(secs => $2)`,
    values: [of.table, afterMs / 1000],
  });
}
