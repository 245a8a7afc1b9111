import type { Database, TenantConnection } from '../../shared/platform/db/database.ts';

/** How many statements of its own text `work` runs on connections of a tenant; those of the ORM are not seen. */
export async function countStatements(db: Database, work: () => Promise<unknown>): Promise<number> {
  let statements = 0;
  const { tenant } = db;
  const counting = (connection: TenantConnection): TenantConnection => ({
    ...connection,
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
