import { tenantSetting } from '../../identity/db/tables.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { StoredRedaction } from '../redaction-settings.ts';

export interface RedactionRow {
  redaction: StoredRedaction | null;
  redaction_revision: number;
}

const columns = 'SELECT redaction, redaction_revision FROM tenant_setting WHERE tenant_id = $1';
const nothing: RedactionRow = { redaction: null, redaction_revision: 0 };

export async function readRedaction(connection: TenantConnection): Promise<RedactionRow> {
  const [row] = await connection.query<RedactionRow & Record<string, unknown>>({
    name: 'redaction',
    text: columns,
    values: [connection.tenantId],
  });
  return row ?? nothing;
}

/** Until the end of the transaction no one else changes it. */
export async function lockRedaction(connection: TenantConnection): Promise<RedactionRow> {
  await connection.orm.insert(tenantSetting).values({ tenant_id: connection.tenantId }).onConflictDoNothing();
  const [row] = await connection.query<RedactionRow & Record<string, unknown>>({
    name: 'redaction_lock',
    text: `${columns} FOR UPDATE`,
    values: [connection.tenantId],
  });
  return row ?? nothing;
}

export async function writeRedaction(
  connection: TenantConnection,
  redaction: StoredRedaction,
): Promise<RedactionRow> {
  const [row] = await connection.query<RedactionRow & Record<string, unknown>>({
    name: 'redaction_write',
    text: `UPDATE tenant_setting SET redaction = $2, redaction_revision = redaction_revision + 1, updated_at = now()
      WHERE tenant_id = $1 RETURNING redaction, redaction_revision`,
    values: [connection.tenantId, JSON.stringify(redaction)],
  });
  return row ?? nothing;
}

/** Which of these are tools that the tenant sees, archived ones too. */
export async function knownToolIds(
  connection: TenantConnection,
  toolIds: readonly string[],
): Promise<Set<string>> {
  const rows = await connection.query<{ id: string }>({
    name: 'tool_ids_known',
    text: 'SELECT id FROM tool WHERE id = ANY($2::uuid[]) AND (tenant_id = $1 OR tenant_id IS NULL)',
    values: [connection.tenantId, toolIds],
  });
  return new Set(rows.map(({ id }) => id));
}
