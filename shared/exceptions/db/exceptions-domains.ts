import type { TenantConnection } from '../../platform/db/database.ts';

export interface DomainRow {
  name: string;
  title: string;
  attribute_schema: Record<string, unknown>;
}

export async function listDomains(connection: TenantConnection): Promise<DomainRow[]> {
  return connection.query<DomainRow & Record<string, unknown>>({
    text: 'SELECT name, title, attribute_schema FROM exception_domain WHERE tenant_id = $1 ORDER BY name',
    values: [connection.tenantId],
  });
}

/** Null for a domain that says nothing about its attributes. */
export async function readDomain(connection: TenantConnection, name: string): Promise<DomainRow | null> {
  const [row] = await connection.query<DomainRow & Record<string, unknown>>({
    name: 'exception_domain_read',
    text: 'SELECT name, title, attribute_schema FROM exception_domain WHERE tenant_id = $1 AND name = $2',
    values: [connection.tenantId, name],
  });
  return row ?? null;
}

/** @returns false when it was the same already, to the order of its properties */
export async function writeDomain(connection: TenantConnection, domain: DomainRow): Promise<boolean> {
  const rows = await connection.query({
    text: `INSERT INTO exception_domain AS d (tenant_id, name, title, attribute_schema) VALUES ($1, $2, $3, $4)
      ON CONFLICT (tenant_id, name) DO UPDATE
      SET title = EXCLUDED.title, attribute_schema = EXCLUDED.attribute_schema, updated_at = now()
      WHERE d.title <> EXCLUDED.title OR d.attribute_schema::text <> EXCLUDED.attribute_schema::text
      RETURNING 1`,
    values: [connection.tenantId, domain.name, domain.title, JSON.stringify(domain.attribute_schema)],
  });
  return rows.length > 0;
}
