import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { toolExecution } from '../../executions/db/tables.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { PlaybookRow } from './playbooks.ts';
import { playbookRun, playbookStepRun, type StoredDocument } from './tables.ts';

export interface UsingRow extends Pick<PlaybookRow, 'id' | 'name' | 'title'> {
  /** Null: the draft. */
  version: number | null;
  document: StoredDocument;
}

/** Published versions and drafts that may name this tool: a text search, so the caller parses them to be sure. */
export function listDocumentsNaming(connection: TenantConnection, tool: string): Promise<UsingRow[]> {
  return connection.query<UsingRow>({
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

/** Steps of open runs that wait to call a tool, any tool. Their inputs are redacted. */
export async function listWaitingCalls(connection: TenantConnection) {
  return connection.orm
    .select({
      run_id: playbookStepRun.run_id,
      step_id: playbookStepRun.step_id,
      title: playbookStepRun.title,
      input: playbookStepRun.input,
      exception_id: playbookRun.exception_id,
      playbook_id: playbookRun.playbook_id,
      playbook_version: playbookRun.playbook_version,
    })
    .from(playbookStepRun)
    .innerJoin(playbookRun, eq(playbookRun.id, playbookStepRun.run_id))
    .where(
      and(
        eq(playbookStepRun.tenant_id, connection.tenantId),
        eq(playbookStepRun.status, 'waiting'),
        isNotNull(playbookStepRun.input),
        eq(playbookRun.tenant_id, connection.tenantId),
        inArray(playbookRun.status, ['running', 'waiting']),
      ),
    )
    .orderBy(asc(playbookStepRun.id));
}

/** The last inputs of a tool, redacted, newest first. */
export async function listLastInputs(
  connection: TenantConnection,
  toolId: string,
  limit: number,
): Promise<{ id: string; input: JsonValue }[]> {
  return connection.orm
    .select({ id: toolExecution.id, input: toolExecution.input_payload })
    .from(toolExecution)
    .where(and(eq(toolExecution.tenant_id, connection.tenantId), eq(toolExecution.tool_id, toolId)))
    .orderBy(desc(toolExecution.id))
    .limit(limit);
}
