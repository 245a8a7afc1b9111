import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { StoredDocument } from './playbooks.ts';

export interface UsingRow {
  id: string;
  name: string;
  title: string;
  /** Null: of the draft. */
  version: number | null;
  document: StoredDocument;
}

/** Published versions and drafts that may name this tool: a text search, for who parses them to decide. */
export function listDocumentsNaming(connection: TenantConnection, tool: string): Promise<UsingRow[]> {
  return connection.query<UsingRow & Record<string, unknown>>({
    text: `SELECT p.id, p.name, p.title, d.version, d.document FROM playbook p
      JOIN LATERAL (
        SELECT v.version, v.document FROM playbook_version v
        WHERE v.tenant_id = $1 AND v.playbook_id = p.id AND v.version = p.published_version
        UNION ALL SELECT NULL, p.draft WHERE p.draft IS NOT NULL) d ON true
      WHERE p.tenant_id = $1 AND p.archived_at IS NULL AND strpos(d.document::text, $2) > 0
      ORDER BY p.name, d.version NULLS LAST`,
    values: [connection.tenantId, JSON.stringify(tool)],
  });
}

export interface WaitingCallRow {
  run_id: string;
  step_id: string;
  title: string;
  exception_id: string | null;
  playbook_id: string;
  playbook_version: number;
  /** Redacted. */
  input: JsonValue;
}

/** Steps of open runs that wait to call a tool, whichever. */
export function listWaitingCalls(connection: TenantConnection): Promise<WaitingCallRow[]> {
  return connection.query<WaitingCallRow & Record<string, unknown>>({
    text: `SELECT s.run_id, s.step_id, s.title, s.input, r.exception_id, r.playbook_id, r.playbook_version
      FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id
      WHERE s.tenant_id = $1 AND s.type = 'call_tool' AND s.status = 'waiting' AND s.input IS NOT NULL
        AND r.status IN ('running', 'waiting')
      ORDER BY s.id`,
    values: [connection.tenantId],
  });
}

/** The last inputs of a tool, redacted, newest first. */
export function listLastInputs(
  connection: TenantConnection,
  toolId: string,
  limit: number,
): Promise<{ id: string; input: JsonValue }[]> {
  return connection.query<{ id: string; input: JsonValue }>({
    text: `SELECT id, input_payload AS input FROM tool_execution
      WHERE tenant_id = $1 AND tool_id = $2 ORDER BY id DESC LIMIT $3`,
    values: [connection.tenantId, toolId, limit],
  });
}
