import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import type { ExceptionStatus, Severity } from '../exception-schemas.ts';

/** What of an exception can change. */
export interface ExceptionFields {
  title: string;
  description: string;
  domain: string;
  severity: Severity;
  status: ExceptionStatus;
  assignee_id: string | null;
  assignee_name: string | null;
  due_at: Date | null;
  /** Redacted. */
  attributes: Record<string, unknown>;
  resolution_code: string | null;
  resolution_note: string | null;
}

/** A row of `exception`. */
export interface ExceptionRow extends ExceptionFields {
  id: string;
  number: number;
  source: string | null;
  resolved_at: Date | null;
  revision: number;
  created_by_type: Actor['type'];
  created_by_id: string;
  created_by_name: string;
  created_at: Date;
  updated_at: Date;
}

/** One of this tenant's; null for an id that is not, or is none at all. */
export async function readExceptionRow(
  connection: TenantConnection,
  id: string,
): Promise<ExceptionRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await connection.query<ExceptionRow & Record<string, unknown>>({
    name: 'exception_read',
    text: 'SELECT * FROM exception WHERE tenant_id = $1 AND id = $2',
    values: [connection.tenantId, id],
  });
  return row ?? null;
}

/** One of this tenant's by its number. */
export async function readExceptionByNumber(
  connection: TenantConnection,
  number: number,
): Promise<ExceptionRow | null> {
  const [row] = await connection.query<ExceptionRow & Record<string, unknown>>({
    name: 'exception_by_number',
    text: 'SELECT * FROM exception WHERE tenant_id = $1 AND number = $2',
    values: [connection.tenantId, number],
  });
  return row ?? null;
}

/** The rows of these ids, locked against other changes until the transaction ends, always in the same order. */
export async function lockExceptions(connection: TenantConnection, ids: string[]): Promise<ExceptionRow[]> {
  return connection.query<ExceptionRow & Record<string, unknown>>({
    name: 'exception_lock',
    text: `SELECT * FROM exception WHERE tenant_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    values: [connection.tenantId, ids.filter(isUuid)],
  });
}

export interface NewException {
  /** uuid v7. */
  id: string;
  fields: Omit<ExceptionFields, 'status' | 'resolution_code' | 'resolution_note'>;
  source: string | null;
  actor: Actor;
}

/**
 * Inserts it under the tenant's next number. The counter stays locked until the transaction ends: a number is
 * never left out, and never given before its predecessor.
 * @returns the number
 */
export async function insertException(
  connection: TenantConnection,
  { id, fields, source, actor }: NewException,
): Promise<number> {
  const [row] = await connection.query<{ number: number }>({
    name: 'exception_insert',
    text: `WITH counter AS (
        INSERT INTO exception_counter AS c (tenant_id, last_number) VALUES ($1, 1)
        ON CONFLICT (tenant_id) DO UPDATE SET last_number = c.last_number + 1 RETURNING last_number)
      INSERT INTO exception (tenant_id, id, number, title, description, domain, severity, assignee_id, assignee_name,
        due_at, attributes, source, created_by_type, created_by_id, created_by_name)
      SELECT $1, $2, last_number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 FROM counter
      RETURNING number`,
    values: [
      connection.tenantId,
      id,
      fields.title,
      fields.description,
      fields.domain,
      fields.severity,
      fields.assignee_id,
      fields.assignee_name,
      fields.due_at,
      JSON.stringify(fields.attributes),
      source,
      actor.type,
      actor.id,
      actor.name,
    ],
  });
  return row!.number;
}

/** Writes all fields of one that is locked, as its next revision. */
export async function writeExceptionFields(
  connection: TenantConnection,
  id: string,
  fields: ExceptionFields,
): Promise<void> {
  await connection.query({
    name: 'exception_write',
    text: `UPDATE exception SET title = $3, description = $4, domain = $5, severity = $6, status = $7, assignee_id = $8,
        assignee_name = $9, due_at = $10, attributes = $11, resolution_code = $12, resolution_note = $13,
        resolved_at = CASE WHEN $7 = 'resolved' THEN coalesce(resolved_at, now()) END,
        revision = revision + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = $2`,
    values: [
      connection.tenantId,
      id,
      fields.title,
      fields.description,
      fields.domain,
      fields.severity,
      fields.status,
      fields.assignee_id,
      fields.assignee_name,
      fields.due_at,
      JSON.stringify(fields.attributes),
      fields.resolution_code,
      fields.resolution_note,
    ],
  });
}
