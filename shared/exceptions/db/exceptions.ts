import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { exception } from './tables.ts';

export type ExceptionRow = typeof exception.$inferSelect;

/** What can change about an exception. */
export type ExceptionFields = Pick<
  ExceptionRow,
  | 'title'
  | 'description'
  | 'domain'
  | 'severity'
  | 'status'
  | 'assignee_id'
  | 'assignee_name'
  | 'due_at'
  | 'attributes'
  | 'resolution_code'
  | 'resolution_note'
>;

/** One of this tenant's; null when it is not found or `id` is not a uuid. */
export async function readExceptionRow(
  connection: TenantConnection,
  id: string,
): Promise<ExceptionRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await connection.orm
    .select()
    .from(exception)
    .where(and(eq(exception.tenant_id, connection.tenantId), eq(exception.id, id)));
  return row ?? null;
}

/** One of this tenant's by its number. */
export async function readExceptionByNumber(
  connection: TenantConnection,
  number: number,
): Promise<ExceptionRow | null> {
  const [row] = await connection.orm
    .select()
    .from(exception)
    .where(and(eq(exception.tenant_id, connection.tenantId), eq(exception.number, number)));
  return row ?? null;
}

/** The rows of these ids, locked until the transaction ends, always in the same order. */
export async function lockExceptions(connection: TenantConnection, ids: string[]): Promise<ExceptionRow[]> {
  return connection.orm
    .select()
    .from(exception)
    .where(and(eq(exception.tenant_id, connection.tenantId), inArray(exception.id, ids.filter(isUuid))))
    .orderBy(asc(exception.id))
    .for('no key update');
}

export interface NewException {
  /** uuid v7. */
  id: string;
  fields: Omit<ExceptionFields, 'status' | 'resolution_code' | 'resolution_note'>;
  source: string | null;
  actor: Actor;
}

/**
 * Inserts it under the tenant's next number. The counter stays locked until the transaction ends, so numbers have no
 * gaps and are assigned in order.
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

/** Writes all fields of a locked exception, as its next revision. */
export async function writeExceptionFields(
  connection: TenantConnection,
  id: string,
  fields: ExceptionFields,
): Promise<void> {
  await connection.orm
    .update(exception)
    .set({
      title: fields.title,
      description: fields.description,
      domain: fields.domain,
      severity: fields.severity,
      status: fields.status,
      assignee_id: fields.assignee_id,
      assignee_name: fields.assignee_name,
      due_at: fields.due_at,
      attributes: fields.attributes,
      resolution_code: fields.resolution_code,
      resolution_note: fields.resolution_note,
      status_at: sql`CASE WHEN ${exception.status} = ${fields.status} THEN ${exception.status_at} ELSE now() END`,
      status_run_id: sql`CASE WHEN ${exception.status} = ${fields.status} THEN ${exception.status_run_id} END`,
      resolved_at: fields.status === 'resolved' ? sql`coalesce(${exception.resolved_at}, now())` : null,
      revision: sql`${exception.revision} + 1`,
      updated_at: sql`now()`,
    })
    .where(and(eq(exception.tenant_id, connection.tenantId), eq(exception.id, id)));
}
