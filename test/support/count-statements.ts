import type { Database, TenantConnection } from '../../shared/platform/db/database.ts';

const builders = new Set<PropertyKey>(['select', 'insert', 'update', 'delete']);

/** How many statements `work` runs on connections of a tenant, plain ones and those of the query builder. */
export async function countStatements(db: Database, work: () => Promise<unknown>): Promise<number> {
  let statements = 0;
  const { tenant } = db;
  const counting = (connection: TenantConnection): TenantConnection => ({
    ...connection,
    orm: new Proxy(connection.orm, {
      get(orm, name) {
        if (builders.has(name)) statements++;
        return Reflect.get(orm, name);
      },
    }),
    query: (statement) => {
      statements++;
      return connection.query(statement);
    },
  });
  db.tenant = (tenantId, each) => tenant(tenantId, (connection) => each(counting(connection)));
  try {
    await work();
  } finally {
    db.tenant = tenant;
  }
  return statements;
}
