import type { TenantConnection } from '../../../platform/db/database.ts';
import { findToolsByName } from '../../../tools/db/tools-by-name.ts';
import { toolPii } from '../../../tools/server/personal-data.ts';
import {
  type LoadedTool,
  resolveVersion,
  sharedLimits,
  toolLimits,
} from '../../../tools/server/tool-service.ts';
import type { ToolPins } from '../../db/tables.ts';
import type { ToolRef } from '../../steps/step-definition.ts';

/** A tool that a document names. */
export interface PinnedRef extends ToolRef {
  /** Of a published version: the tool that had the name then, whatever its name is now. Undefined: by name. */
  id: string | undefined;
}

export const pinned = ({ tool, version }: ToolRef, toolIds: ToolPins | undefined): PinnedRef => ({
  tool,
  version,
  id: toolIds?.[tool],
});

/** Tools by reference: null for an unknown or archived tool, `no_version` for a version that it does not have. */
export type NamedTools = (ref: PinnedRef) => LoadedTool | 'no_version' | null;

/** Loads all these tools with one statement. */
export async function loadTools(
  connection: TenantConnection,
  refs: readonly PinnedRef[],
): Promise<NamedTools> {
  const wanted = new Map(
    refs.map((ref) => [keyOf(ref), { name: ref.tool, version: ref.version ?? null, id: ref.id ?? null }]),
  );
  if (wanted.size === 0) return () => null;
  const found = new Map<string, LoadedTool | 'no_version'>();
  for (const row of await findToolsByName(connection, [...wanted.values()])) {
    const { definition, wanted_name, wanted_version, wanted_id } = row;
    // It was never published: there is only a draft.
    if (definition === null && wanted_version === null) continue;
    found.set(
      keyOf({ tool: wanted_name, version: wanted_version, id: wanted_id }),
      definition === null
        ? 'no_version'
        : {
            toolId: row.id,
            version: row.version,
            currentVersion: row.current_version,
            trial: null,
            draft: false,
            tenantId: row.tenant_id,
            loadedForId: connection.tenantId,
            definition: resolveVersion({ ...row, definition }),
            connectorId: row.connector_id,
            connectorName: row.connector_name,
            connectorRevision: row.connector_revision,
            enabled: row.enabled,
            archived: row.archived,
            policyRevision: row.policy_revision,
            pii: toolPii(row),
            limits: toolLimits(row, sharedLimits(row)),
          },
    );
  }
  return (ref) => found.get(keyOf(ref)) ?? null;
}

const keyOf = (ref: { tool: string; version?: number | null | undefined; id?: string | null | undefined }) =>
  `${ref.id ?? ref.tool}@${ref.version ?? ''}`;
