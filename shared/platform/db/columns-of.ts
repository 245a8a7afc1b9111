import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';

/**
 * The columns that this version knows, for the result of a prepared statement. With `*` a column that a migration adds
 * would change what the statement returns, and PostgreSQL refuses that for as long as the connection lives.
 * @param of the name that the table, or a subquery with its columns, has in the statement
 */
export function columnsOf(table: PgTable, of: string): string {
  return Object.keys(getTableColumns(table))
    .map((column) => `${of}.${pg.escapeIdentifier(column)}`)
    .join(', ');
}
