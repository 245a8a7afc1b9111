import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { ExecutionRow } from '../db/queries/executions-row.ts';
import type { Vault } from '../node/vault.ts';
import { secretOf } from '../pure/auth-kinds.ts';
import type { JsonValue } from '../pure/json.ts';
import type { RenderedRequest } from '../pure/providers/rendered-request.ts';
import type { ResolvedTool, ToolDefinition } from '../pure/tool-definition.ts';
import type { ExecutionServices } from './execution-services.ts';
import { createKeyedDigest, type KeyedDigest } from './keyed-digest.ts';
import type { Outcomes } from './outcomes.ts';

/** What executing needs on either side of Temporal. */
export interface ExecutionContext {
  db: Database;
  vault: Vault;
  log: Logger;
  outcomes: Outcomes;
  digest: KeyedDigest;
}

export function createExecutionContext({ db, vault, log, environment }: ExecutionServices, outcomes: Outcomes): ExecutionContext {
  return { db, vault, log, outcomes, digest: createKeyedDigest(environment.INTERLOCK_AUTH_SECRET) };
}

/** A tool of one version with what a tenant has decided about it now. */
export interface ExecutionTool extends ResolvedTool {
  enabled: boolean;
  archived: boolean;
}

/** @returns null when this tenant has no such tool; without a version, the current one */
export async function loadExecutionTool(
  { db }: Pick<ExecutionContext, 'db'>,
  wanted: { tenant_id: string; tool_id: string; tool_version?: number },
): Promise<ExecutionTool | null> {
  const [row] = await db.tenant(wanted.tenant_id, (c) =>
    c.query<{ id: string; tenant_id: string | null; archived: boolean; enabled: boolean; version: number; definition: ToolDefinition }>({
      name: 'tmp_load_tool',
      text: `SELECT t.id, t.tenant_id, t.archived_at IS NOT NULL AS archived, coalesce(p.enabled, true) AS enabled, v.version, v.definition
        FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = coalesce($3, t.current_version)
        LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
        WHERE t.id = $2 AND (t.tenant_id = $1 OR t.tenant_id IS NULL)`,
      values: [wanted.tenant_id, wanted.tool_id, wanted.tool_version ?? null],
    }),
  );
  if (!row) return null;
  return { toolId: row.id, version: row.version, tenantId: row.tenant_id, definition: row.definition, connectorId: null, connectorRevision: null, enabled: row.enabled, archived: row.archived };
}

/** The secret of the tool's credential; null for tools without one. */
export async function openSecret(
  _context: ExecutionContext,
  _tenantId: string,
  _tool: ExecutionTool,
): Promise<{ credentialId: string; secret: string } | null> {
  return null;
}

export async function credentialName(
  _context: ExecutionContext,
  _tenantId: string,
  _tool: ExecutionTool,
): Promise<{ id: string; name: string; type: string } | null> {
  return null;
}

/** Binds a run to this version, connector and credential, and to the clear request. */
export function requestDigest({ digest }: ExecutionContext, tool: ResolvedTool, request: RenderedRequest): string {
  return digest('preview', {
    toolId: tool.toolId,
    version: tool.version,
    connectorRevision: tool.connectorRevision,
    credentialId: secretOf(tool.definition.auth).credentialId ?? null,
    request: request as unknown as JsonValue,
  });
}

/** The clear input, for as long as the execution is open. */
export function sealInput({ vault }: ExecutionContext, execution: { id: string; tenantId: string }, input: JsonValue): Promise<Buffer> {
  return vault.seal(JSON.stringify(input), inputContext(execution));
}

export async function openInput({ vault }: ExecutionContext, row: ExecutionRow): Promise<JsonValue> {
  if (!row.input_sealed) return row.input_payload;
  return JSON.parse(await vault.open(row.input_sealed, inputContext({ id: row.id, tenantId: row.tenant_id }))) as JsonValue;
}

function inputContext(execution: { id: string; tenantId: string }) {
  return { purpose: 'execution-input', tenant: execution.tenantId, execution: execution.id };
}
