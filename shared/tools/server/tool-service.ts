import { LRUCache } from 'lru-cache';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { Json } from '../../platform/json-text.ts';
import type { Redacted } from '../../platform/redaction/redact.ts';
import { validateSent } from '../../platform/server/json-schema.ts';
import { type RedactedJson, redactSent } from '../../platform/server/redact-large.ts';
import { readCallLimits, type ToolLimits } from '../call-limits.ts';
import { type ConnectorDefinition, connectorDefinitionSchema } from '../connectors/registry.ts';
import { findTool, readFoundVersion, type ToolRow, type VersionRow } from '../db/tools.ts';
import type { ToolDefinitionInput } from '../providers/registry.ts';
import { resolveTool } from '../resolve-tool.ts';
import type { ResolvedTool } from '../tool-definition.ts';
import type { ConnectorPolicy } from '../tool-fields.ts';
import type { ToolTrial } from '../tool-trial.ts';
import { upgradeDefinition } from '../upgrade-definition.ts';
import { type PersonalData, type ToolPii, toolPii } from './personal-data.ts';

/** A tool as it runs for one tenant, with the settings of that tenant. */
export interface LoadedTool extends ResolvedTool {
  /** The tenant that it was loaded for; `tenantId` is its owner. */
  loadedForId: string;
  currentVersion: number;
  /** What shares its calls between two versions; it counts while its baseline is the current version. */
  trial: ToolTrial | null;
  /** This version was never published: only tests may name it. */
  draft: boolean;
  enabled: boolean;
  archived: boolean;
  /** Of the tenant's policies, when it was loaded: with another one, they may decide otherwise. */
  policyRevision: number;
  /** What the tenant wants done with personal data in calls of this tool. */
  pii: ToolPii;
  limits: ToolLimits;
}

// Neither a version nor a revision of a connector ever changes, so only the rest is read each time.
const resolved = new LRUCache<string, ResolvedVersion>({ max: 2_000 });

// What was last seen of the tools that are executed. The insert of an execution checks that it still holds.
const lastSeen = new LRUCache<string, LoadedTool>({ max: 5_000 });

/** A tool as this process has last seen it; read when it has not. The caller checks that it still holds. */
export async function lastSeenTool(
  db: Database,
  tenantId: string,
  toolId: string,
): Promise<LoadedTool | null> {
  return lastSeen.get(`${tenantId}/${toolId}`) ?? loadTool(db, tenantId, toolId);
}

/**
 * The two versions that share the calls of a tool while a trial runs.
 * @param fresh reads the candidate again; without, the caller checks that it still holds
 */
export async function variantsOf(
  db: Database,
  tool: LoadedTool,
  fresh: boolean,
): Promise<{ trial: ToolTrial; baseline: LoadedTool; candidate: LoadedTool } | null> {
  const { trial, toolId, loadedForId } = tool;
  if (trial?.baseline !== tool.currentVersion) return null;
  const key = `${loadedForId}/${toolId}/${trial.candidate}`;
  let candidate = fresh ? null : (lastSeen.get(key) ?? null);
  candidate ??= await loadTool(db, loadedForId, toolId, { version: trial.candidate });
  if (!candidate) return null;
  lastSeen.set(key, candidate);
  // The version is chosen by this trial: it has to hold when the call is written.
  return { trial, baseline: tool, candidate: { ...candidate, trial, currentVersion: tool.currentVersion } };
}

/** The version of a tool and the revision of its connector, where they are not the current ones. */
export interface ToolAt {
  version?: number | undefined;
  connectorRevision?: number | null;
}

/**
 * A tool this tenant may see, as it is now or was, with its connector folded in. Archived ones are found too: their
 * history stays.
 */
export async function loadTool(
  db: Database,
  tenantId: string,
  toolId: string,
  at: ToolAt = {},
): Promise<LoadedTool | null> {
  if (!isUuid(toolId)) return null;
  return db.tenant(tenantId, (connection) => loadToolOn(connection, toolId, at));
}

/** `loadTool` on a connection of the tenant. */
export async function loadToolOn(
  connection: TenantConnection,
  toolId: string,
  { version, connectorRevision }: ToolAt = {},
): Promise<LoadedTool | null> {
  const row = await findTool(connection, toolId, version, connectorRevision);
  if (!row) return null;
  const key = `${row.id}/${row.version}/${row.connector_id ?? ''}/${row.connector_revision ?? ''}`;
  let found = resolved.get(key);
  if (!found) {
    const stored = await readFoundVersion(connection, row);
    if (!stored) return null;
    found = { definition: resolveVersion(stored), shared: sharedLimits(stored) };
    resolved.set(key, found);
  }
  const tool = loadedFrom(row, found, connection.tenantId);
  if (version === undefined) lastSeen.set(`${connection.tenantId}/${toolId}`, tool);
  return tool;
}

interface ResolvedVersion {
  definition: ResolvedTool['definition'];
  shared: ConnectorPolicy | null;
}

function loadedFrom(row: ToolRow, { definition, shared }: ResolvedVersion, loadedForId: string): LoadedTool {
  return {
    toolId: row.id,
    version: row.version,
    currentVersion: row.current_version,
    trial: row.trial,
    draft: row.draft,
    tenantId: row.tenant_id,
    loadedForId,
    definition,
    connectorId: row.connector_id,
    connectorName: row.connector_name,
    connectorRevision: row.connector_revision,
    enabled: row.enabled,
    archived: row.archived,
    policyRevision: row.policy_revision,
    pii: toolPii(row),
    limits: toolLimits(row, shared),
  };
}

/** What all tools of the connector of a stored version share. */
export function sharedLimits({
  connector_definition,
}: Pick<VersionRow, 'connector_definition'>): ConnectorPolicy | null {
  return (connector_definition && readConnectorDefinition(connector_definition).policy) ?? null;
}

export function toolLimits(
  row: Pick<ToolRow, 'limits' | 'open_hosts' | 'limits_revision'>,
  shared: ConnectorPolicy | null,
): ToolLimits {
  const { limits, open_hosts: openHosts, limits_revision: revision } = row;
  return { revision, tenant: readCallLimits(limits), shared, openHosts };
}

/** A stored version in today's format, with its connector folded in. */
export function resolveVersion(
  row: Pick<VersionRow, 'format_version' | 'definition' | 'connector_definition'>,
): ResolvedTool['definition'] {
  return resolveTool(
    storedDefinition(row),
    row.connector_definition && readConnectorDefinition(row.connector_definition),
  );
}

/** A stored version in today's format, as it was written. */
export function storedDefinition(
  row: Pick<VersionRow, 'format_version' | 'definition'>,
): ToolDefinitionInput {
  return upgradeDefinition(row.format_version, row.definition) as unknown as ToolDefinitionInput;
}

/** A stored connector, with every default. */
export function readConnectorDefinition(stored: Record<string, unknown>): ConnectorDefinition {
  return connectorDefinitionSchema.parse(stored);
}

/** @throws InterlockError `not_found` for an unknown, another tenant's or an archived tool */
export function checkScope(tool: LoadedTool | null): asserts tool is LoadedTool {
  if (!tool || tool.archived) throw new InterlockError('not_found', 'Tool not found.');
}

/** @throws InterlockError `disabled`, also for a draft */
export function checkEnabled(tool: LoadedTool): void {
  const { definition, version } = tool;
  if (tool.draft)
    throw new InterlockError(
      'disabled',
      `Version ${version} of ${definition.name} is a draft: only tests use it until it is published.`,
    );
  checkTestable(tool);
}

/** @throws InterlockError `disabled` */
export function checkTestable(tool: LoadedTool): void {
  if (!tool.enabled)
    throw new InterlockError('disabled', `${tool.definition.name} is disabled for this organization.`);
}

/** Located problems of a payload by the tool's input schema; none when it is valid. */
export function validatePayload(tool: LoadedTool, payload: Json): Promise<Issue[]> {
  return validateSent(tool.definition.inputSchema, payload, tool.loadedForId);
}

/**
 * An input as it may be stored and shown.
 * @param knownSecrets removed in addition to the values that the input schema marks as secret
 * @returns `secrets`: every clear value that was removed
 * @throws InterlockError `invalid_input` when that takes too long
 */
export function redactInput(...work: RedactWork<JsonValue>): Promise<Redacted>;
export function redactInput(...work: RedactWork<Json>): Promise<RedactedJson>;
export function redactInput(
  ...[{ personal }, tool, value, known = []]: RedactWork<Json>
): Promise<RedactedJson> {
  const { definition, loadedForId } = tool;
  return redactSent(value, definition.inputSchema, known, loadedForId, personal.ofTool(tool));
}

type RedactWork<T> = [
  services: { personal: PersonalData },
  tool: LoadedTool,
  value: T,
  knownSecrets?: string[],
];
