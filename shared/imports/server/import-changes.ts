import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { readVersions } from '../../tools/db/tools.ts';
import { storedDefinition } from '../../tools/server/tool-service.ts';

/** What a document decides about a tool; the rest is what people have set. */
const drafted = ['inputSchema', 'outputSchema', 'description'] as const;
const draftedConfig = ['method', 'path', 'url', 'query', 'headers', 'body', 'bodyType'] as const;

/**
 * The next definition of an imported tool: the request and the schemas of the draft, and everything else as it is.
 * @param written as the tool is stored
 */
export function mergeDraft(
  written: Record<string, unknown>,
  draft: Record<string, unknown>,
): Record<string, unknown> {
  const next = { ...written };
  for (const key of drafted) set(next, key, draft[key]);
  const config = { ...(isObject(written.config) ? written.config : {}) };
  const draftConfig = isObject(draft.config) ? draft.config : {};
  if (draft.type === 'http') for (const key of draftedConfig) set(config, key, draftConfig[key]);
  // With an address of its own, a tool has nothing of the connector; with that of the connector, it has.
  const [had, has] = [config.connectorId !== undefined, draftConfig.url === undefined];
  if (draft.type === 'http' && !has) delete config.connectorId;
  const auth = draft.type === 'http' && had !== has ? movedAuth(written.auth, draft.auth) : written.auth;
  return { ...next, auth, config: { ...config, ...draftConfig } };
}

/** What a person has set stays; what a document has set is replaced. */
function movedAuth(written: unknown, draft: unknown): unknown {
  const type = isObject(written) ? written.type : undefined;
  return type === 'inherit' || type === 'none' ? draft : written;
}

function set(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) delete target[key];
  else target[key] = value;
}

/** The config of a draft, below the address of the connector unless it has one of its own. */
export function nextConfig(
  draft: Record<string, unknown>,
  connectorId: string | null,
): Record<string, unknown> {
  const config = isObject(draft.config) ? draft.config : {};
  return connectorId !== null && config.url === undefined ? { connectorId, ...config } : config;
}

/** The current definition of a tool as it is stored. @throws InterlockError `not_found` */
export async function writtenTool(
  db: Database,
  tenantId: string,
  toolId: string,
): Promise<Record<string, unknown>> {
  const [version] = await db.tenant(tenantId, (connection) => readVersions(connection, toolId));
  if (!version) throw new InterlockError('not_found', 'Tool not found.');
  return { ...storedDefinition(version) };
}
