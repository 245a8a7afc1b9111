import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonObject } from '../../platform/json.ts';

/** An exception as expressions see it; null when it is not found. */
export async function readExceptionScope(
  connection: TenantConnection,
  exceptionId: string,
): Promise<JsonObject | null> {
  const [row] = await connection.query<{ scope: JsonObject }>({
    name: 'exception_scope',
    text: `SELECT json_build_object('id', id, 'number', number, 'title', title, 'description', description,
        'domain', domain, 'severity', severity, 'status', status, 'assignee', assignee_name, 'source', source,
        'dueAt', due_at, 'createdAt', created_at, 'attributes', attributes) AS scope
      FROM exception WHERE id = $2 AND tenant_id = $1`,
    values: [connection.tenantId, exceptionId],
  });
  return row?.scope ?? null;
}

/** An exception as lists of runs and the inbox show it. */
export interface ExceptionRef {
  id: string;
  number: number;
  title: string;
  severity: string;
  domain: string;
}

export function listExceptionRefs(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<ExceptionRef[]> {
  return connection.query<ExceptionRef & Record<string, unknown>>({
    name: 'exception_refs',
    text: 'SELECT id, number, title, severity, domain FROM exception WHERE tenant_id = $1 AND id = ANY($2::uuid[])',
    values: [connection.tenantId, ids],
  });
}
