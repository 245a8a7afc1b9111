import type { SystemConnection } from '../../platform/db/database.ts';
import type { Sweep } from './executions-sweep.ts';

/** Rows whose workflow has to be there until they end. `start_at` says when that is looked at again. */
export interface DueRows<Row> {
  sweep: Sweep;
  /** Those that have waited longest. */
  list: (connection: SystemConnection, limit: number) => Promise<Row[]>;
  /** They have been started: they are looked at again after this time, unless they end. */
  postpone: (connection: SystemConnection, ids: readonly string[], againMs: number) => Promise<void>;
}

export interface DueRow {
  id: string;
  tenantId: string;
  round: number;
}

/** Of the table, those with one of these statuses; `also` names more columns that the start needs. */
export function dueRows<Row extends DueRow = DueRow>(
  name: Sweep['name'],
  table: string,
  statuses: readonly string[],
  also: readonly Exclude<keyof Row & string, keyof DueRow>[] = [],
): DueRows<Row> {
  const open = `status IN (${statuses.map((status) => `'${status}'`).join(', ')})`;
  const columns = ['id', 'tenant_id AS "tenantId"', 'round', ...also].join(', ');
  return {
    sweep: { name, due: `EXISTS (SELECT FROM ${table} WHERE ${open} AND start_at <= now())` },
    list: (connection, limit) =>
      connection.query<Row & Record<string, unknown>>({
        name: `${name}_due`,
        text: `SELECT ${columns} FROM ${table} WHERE ${open} AND start_at <= now() ORDER BY start_at LIMIT $1`,
        values: [limit],
      }),
    postpone: async (connection, ids, againMs) => {
      if (ids.length === 0) return;
      await connection.query({
        name: `${name}_postpone`,
        text: `UPDATE ${table} SET start_at = now() + make_interval(secs => $2)
          WHERE id = ANY ($1::uuid[]) AND ${open}`,
        values: [ids, againMs / 1000],
      });
    },
  };
}
