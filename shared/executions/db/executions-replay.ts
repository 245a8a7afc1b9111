import type { Role } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';

export interface ReplayRow {
  id: string;
  tool_id: string;
  tool_name: string;
  connector_id: string | null;
  requested_by_actor_name: string;
  requested_by_roles: Role[] | null;
  created_at: Date;
  /** Redacted; null when it is large, or no longer kept. */
  input: { value: JsonValue } | null;
}

/** An input of more bytes than this is not replayed. */
const maxInputBytes = 65_536;

/** At most `limit` executions of the last `days` days, newest first, before this id. @param toolIds null: of every tool */
export function listForReplay(
  connection: TenantConnection,
  {
    before,
    toolIds,
    days,
    limit,
  }: { before: string | null; toolIds: string[] | null; days: number; limit: number },
): Promise<ReplayRow[]> {
  return connection.query<ReplayRow & Record<string, unknown>>({
    text: `SELECT id, tool_id, tool_name, connector_id, requested_by_actor_name, requested_by_roles, created_at,
        CASE WHEN input_payload IS NOT NULL AND pg_column_size(input_payload) <= ${maxInputBytes} THEN json_build_object('value', input_payload) END AS input
      FROM tool_execution
      WHERE tenant_id = $1 AND id >= interlock_uuid_floor(now() - make_interval(days => $2))
        AND ($3::uuid IS NULL OR id < $3) ${toolIds === null ? '' : 'AND tool_id = ANY($5::uuid[])'}
      ORDER BY id DESC LIMIT $4`,
    values: [connection.tenantId, days, before, limit, ...(toolIds === null ? [] : [toolIds])],
  });
}
