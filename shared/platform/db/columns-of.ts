import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';

/** By table, and by its name in the statement: most statements are put together at each use. */
const lists = new WeakMap<PgTable, Map<string, string>>();

/**
 * The columns that this version knows, for the result of a prepared statement. With `*` a column that a migration adds
 * would change what the statement returns, and PostgreSQL refuses that for as long as the connection lives.
 * @param of the name that the table, or a subquery with its columns, has in the statement
 */
export function columnsOf(table: PgTable, of: string): string {
  const known = lists.get(table) ?? new Map<string, string>();
  lists.set(table, known);
  const list = known.get(of) ?? listColumns(table, of);
  known.set(of, list);
  return list;
}

function listColumns(table: PgTable, of: string): string {
  return Object.keys(getTableColumns(table))
    .map((column) => `${of}.${pg.escapeIdentifier(column)}`)
    .join(', ');
}
