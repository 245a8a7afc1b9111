import type { Logger } from 'pino';
import type { Database } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import { createKeyedDigest, type KeyedDigest } from '../../platform/server/keyed-digest.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { authHosts, secretOf } from '../../tools/auth/registry.ts';
import { targetHosts } from '../../tools/providers/registry.ts';
import type { RenderedRequest } from '../../tools/providers/rendered-request.ts';
import { openCredential } from '../../tools/server/credential-store.ts';
import { type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import type { ResolvedTool } from '../../tools/tool-definition.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { ExecutionServices } from './execution-services.ts';
import type { Outcomes } from './outcomes.ts';

/** What executing needs on either side of Temporal. */
export interface ExecutionContext {
  db: Database;
  vault: Vault;
  log: Logger;
  outcomes: Outcomes;
  digest: KeyedDigest;
}

export function createExecutionContext(
  { db, vault, log, environment }: ExecutionServices,
  outcomes: Outcomes,
): ExecutionContext {
  return { db, vault, log, outcomes, digest: createKeyedDigest(environment.INTERLOCK_AUTH_SECRET) };
}

export type ExecutionTool = LoadedTool;

/** The tool of an execution at the version it runs, with what its tenant has decided about it now. */
export function loadExecutionTool(
  { db }: Pick<ExecutionContext, 'db'>,
  execution: { tenant_id: string; tool_id: string; tool_version: number },
): Promise<ExecutionTool | null> {
  return loadTool(db, execution.tenant_id, execution.tool_id, execution.tool_version);
}

/**
 * The credential of the tool and its clear secret; null for tools without one.
 * @throws InterlockError `forbidden` when the credential is not there, or not bound to where the tool sends it
 */
export async function openSecret(
  { db, vault }: Pick<ExecutionContext, 'db' | 'vault'>,
  { definition, tenantId }: ExecutionTool,
): Promise<{ credentialId: string; name: string; secret: string } | null> {
  const { credentialId } = secretOf(definition.auth);
  if (!credentialId) return null;
  const hosts = authHosts(definition.auth, targetHosts(definition));
  return { credentialId, ...(await openCredential(db, vault, { credentialId, ownerId: tenantId, hosts })) };
}

/** Binds a run to this version, connector and credential, and to the clear request. */
export function requestDigest(
  { digest }: ExecutionContext,
  tool: ResolvedTool,
  request: RenderedRequest,
): string {
  return digest('preview', {
    toolId: tool.toolId,
    version: tool.version,
    connectorRevision: tool.connectorRevision,
    credentialId: secretOf(tool.definition.auth).credentialId ?? null,
    request: request as unknown as JsonValue,
  });
}

/** The clear input, for as long as the execution is open. */
export function sealInput(
  { vault }: ExecutionContext,
  execution: { id: string; tenantId: string },
  input: JsonValue,
): Promise<Buffer> {
  return vault.seal(JSON.stringify(input), inputContext(execution));
}

export async function openInput({ vault }: ExecutionContext, row: ExecutionRow): Promise<JsonValue> {
  if (!row.input_sealed) return row.input_payload;
  return JSON.parse(
    await vault.open(row.input_sealed, inputContext({ id: row.id, tenantId: row.tenant_id })),
  ) as JsonValue;
}

function inputContext(execution: { id: string; tenantId: string }) {
  return { purpose: 'execution-input', tenant: execution.tenantId, execution: execution.id };
}
