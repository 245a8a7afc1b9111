import type { TenantConnection } from '../../platform/db/database.ts';

/** A table whose rows have an actor. `where`: the condition of its index by tenant, actor and id. */
export interface ActorTable {
  table: string;
  id: string;
  name: string;
  where: string;
}

/**
 * Who is meant by a filter: the actor with this id or, if there is none, those whose name contains the text. An actor
 * has the name of its newest row. It costs one index lookup per actor of the tenant, however many rows there are.
 */
export async function findActors(
  connection: TenantConnection,
  { table, id, name, where }: ActorTable,
  text: string,
): Promise<string[]> {
  const own = `tenant_id = $1 AND ${where}`;
  const newest = `SELECT ${id} AS id, ${name} AS name FROM ${table} WHERE ${own}`;
  const first = `ORDER BY ${id}, ${table}.id DESC LIMIT 1`;
  const rows = await connection.query<{ id: string }>({
    name: `${table}_actors`,
    text: `WITH RECURSIVE exact AS MATERIALIZED (SELECT FROM ${table} WHERE ${own} AND ${id} = $2 LIMIT 1),
      actor AS (
        (${newest} AND NOT EXISTS (SELECT FROM exact) ${first})
        UNION ALL
        SELECT next.* FROM actor, LATERAL (${newest} AND ${table}.${id} > actor.id ${first}) next)
      SELECT $2 AS id FROM exact UNION ALL SELECT id FROM actor WHERE strpos(lower(name), lower($2)) > 0`,
    values: [connection.tenantId, text],
  });
  return rows.map((row) => row.id);
}
