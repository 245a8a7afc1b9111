import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { toolExecution } from '../../executions/db/tables.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { PlaybookRow } from './playbooks.ts';
import { playbookRun, playbookStepRun, type StoredDocument, type ToolPins } from './tables.ts';

export interface UsingRow extends Pick<PlaybookRow, 'id' | 'name' | 'title'> {
  /** Null: the draft. */
  version: number | null;
  document: StoredDocument;
  tool_ids: ToolPins;
}

/**
 * Published versions that call this tool, and drafts that may name it: a text search, so the caller parses them to be
 * sure.
 */
export function listDocumentsUsing(
  connection: TenantConnection,
  tool: { id: string; name: string },
): Promise<UsingRow[]> {
  return connection.query<UsingRow>({
    text: `SELECT p.id, p.name, p.title, d.version, d.document, d.tool_ids FROM playbook p
      JOIN LATERAL (
        SELECT v.version, v.document, v.tool_ids FROM playbook_version v
        WHERE v.tenant_id = $1 AND v.playbook_id = p.id AND v.version = p.published_version AND ${pins}
        UNION ALL SELECT NULL, p.draft, '{}' WHERE strpos(p.draft::text, $3) > 0) d ON true
      WHERE p.tenant_id = $1 AND p.archived_at IS NULL
      ORDER BY p.name, d.version NULLS LAST`,
    values: [connection.tenantId, tool.id, JSON.stringify(tool.name)],
  });
}

/** The version `v` calls the tool $2. */
const pins = 'EXISTS (SELECT FROM jsonb_each_text(v.tool_ids) pin WHERE pin.value = $2)';

/** Open steps of open runs whose playbook version calls the tool. */
export function listOpenSteps(connection: TenantConnection, toolId: string): Promise<OpenStepRow[]> {
  return connection.query<OpenStepRow>({
    text: `SELECT s.run_id, s.step_id, s.title, r.exception_id, r.playbook_id, r.playbook_version
      FROM playbook_step_run s
      JOIN playbook_run r ON r.id = s.run_id AND r.tenant_id = $1 AND r.status IN ('running', 'waiting')
      JOIN playbook_version v ON v.tenant_id = $1 AND v.playbook_id = r.playbook_id AND v.version = r.playbook_version
      WHERE s.tenant_id = $1 AND s.status IN ('waiting', 'running', 'outcome_unknown') AND ${pins}
      ORDER BY s.id`,
    values: [connection.tenantId, toolId],
  });
}

export type OpenStepRow = Pick<
  typeof playbookStepRun.$inferSelect & typeof playbookRun.$inferSelect,
  'run_id' | 'step_id' | 'title' | 'exception_id' | 'playbook_id' | 'playbook_version'
>;

/** How many other tenants have a published playbook or an open run that calls a global tool. */
export async function countForeignUses(
  connection: SystemConnection,
  toolId: string,
  tenantId: string,
): Promise<number> {
  const [row] = await connection.query<{ tenants: number }>({
    text: `SELECT count(DISTINCT v.tenant_id)::int AS tenants FROM playbook_version v
      JOIN playbook p ON p.id = v.playbook_id
      WHERE v.tenant_id <> $1 AND ${pins}
        AND (p.archived_at IS NULL AND p.published_version = v.version
          OR EXISTS (SELECT FROM playbook_run r WHERE r.playbook_id = v.playbook_id
            AND r.playbook_version = v.version AND r.status IN ('running', 'waiting')))`,
    values: [tenantId, toolId],
  });
  return row!.tenants;
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
