import { and, asc, eq, sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { exceptionDomain } from './tables.ts';

export type DomainRow = Pick<typeof exceptionDomain.$inferSelect, 'name' | 'title' | 'attribute_schema'>;

const columns = {
  name: exceptionDomain.name,
  title: exceptionDomain.title,
  attribute_schema: exceptionDomain.attribute_schema,
};

export async function listDomains(connection: TenantConnection): Promise<DomainRow[]> {
  return connection.orm
    .select(columns)
    .from(exceptionDomain)
    .where(eq(exceptionDomain.tenant_id, connection.tenantId))
    .orderBy(asc(exceptionDomain.name));
}

/** Null for a domain without a schema of its attributes. */
export async function readDomain(connection: TenantConnection, name: string): Promise<DomainRow | null> {
  const [row] = await connection.orm
    .select(columns)
    .from(exceptionDomain)
    .where(and(eq(exceptionDomain.tenant_id, connection.tenantId), eq(exceptionDomain.name, name)));
  return row ?? null;
}

/** @returns false when nothing changed, down to the order of the schema's properties */
export async function writeDomain(connection: TenantConnection, domain: DomainRow): Promise<boolean> {
  const { name, title, attribute_schema } = domain;
  const rows = await connection.orm
    .insert(exceptionDomain)
    .values({ tenant_id: connection.tenantId, name, title, attribute_schema })
    .onConflictDoUpdate({
      target: [exceptionDomain.tenant_id, exceptionDomain.name],
      set: { title, attribute_schema, updated_at: sql`now()` },
      setWhere: sql`${exceptionDomain.title} <> excluded.title
        OR ${exceptionDomain.attribute_schema}::text <> excluded.attribute_schema::text`,
    })
    .returning(columns);
  return rows.length > 0;
}
