import type { TenantConnection } from '../../../platform/db/database.ts';
import { findToolsByName } from '../../../tools/db/tools-by-name.ts';
import { type LoadedTool, resolveVersion } from '../../../tools/server/tool-service.ts';
import type { ToolRef } from '../../steps/step-definition.ts';

/** Tools by name and version: null for an unknown or archived tool, `no_version` for a version that it does not have. */
export type NamedTools = (name: string, version?: number) => LoadedTool | 'no_version' | null;

/** Loads all these tools with one statement. */
export async function loadTools(connection: TenantConnection, refs: readonly ToolRef[]): Promise<NamedTools> {
  const wanted = new Map(
    refs.map(({ tool, version }) => [keyOf(tool, version), { name: tool, version: version ?? null }]),
  );
  if (wanted.size === 0) return () => null;
  const found = new Map<string, LoadedTool | 'no_version'>();
  for (const row of await findToolsByName(connection, [...wanted.values()])) {
    const { definition } = row;
    found.set(
      keyOf(row.wanted_name, row.wanted_version),
      definition === null
        ? 'no_version'
        : {
            toolId: row.id,
            version: row.version,
            currentVersion: row.current_version,
            tenantId: row.tenant_id,
            loadedForId: connection.tenantId,
            definition: resolveVersion({ ...row, definition }),
            connectorId: row.connector_id,
            connectorRevision: row.connector_revision,
            enabled: row.enabled,
            archived: row.archived,
          },
    );
  }
  return (name, version) => found.get(keyOf(name, version)) ?? null;
}

const keyOf = (name: string, version: number | null | undefined): string => `${name}@${version ?? ''}`;
