import type { z } from 'zod';
import { can, type Identity } from '../../identity/roles.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import { authView } from '../auth/auth-view.ts';
import type { ToolRow, VersionRow } from '../db/tools.ts';
import type { ToolListRow } from '../db/tools-list.ts';
import { type ToolSummary, type ToolView, type toolVersionSchema, toolViewSchema } from '../tool-schemas.ts';
import { resolveVersion, storedDefinition } from './tool-service.ts';

/** May this caller change what this owner has, and if not, why? */
export function writability(
  identity: Identity,
  ownerId: string | null,
): { writable: boolean; readOnlyReason: string | null } {
  if (ownerId === null) {
    const writable = can(identity, 'tools.write_global');
    return {
      writable,
      readOnlyReason: writable ? null : 'Only platform admins can change global definitions.',
    };
  }
  const writable = can(identity, 'tools.write');
  return { writable, readOnlyReason: writable ? null : 'Only tool admins can change this.' };
}

/** A version as it is shown: config and auth as written, so that it can be sent back; limits as they apply. */
export function toolView(identity: Identity, row: ToolRow, version: VersionRow): ToolView {
  const resolved = resolveVersion(version);
  const stored = storedDefinition(version);
  return toolViewSchema.parse({
    ...resolved,
    config: stored.config,
    auth: authView(stored.auth ?? { type: version.connector_id === null ? 'none' : 'inherit' }),
    id: row.id,
    version: version.draft && row.current_version === 0 ? 0 : version.version,
    enabled: row.enabled && row.current_version > 0,
    draft: draftOf(row),
    ...writability(identity, row.tenant_id),
    createdAt: row.created_at.toISOString(),
    updatedAt: version.created_at.toISOString(),
    updatedBy: creatorOf(version),
  });
}

export function toolVersionView(
  identity: Identity,
  row: ToolRow,
  version: VersionRow,
): z.infer<typeof toolVersionSchema> {
  return {
    toolId: row.id,
    version: version.version,
    current: version.version === row.current_version,
    draft: version.draft,
    createdAt: version.created_at.toISOString(),
    createdBy: creatorOf(version),
    note: version.note,
    definition: toolView(identity, row, version),
  };
}

/** @param reading the ids of tools that only read */
export function toolSummary(identity: Identity, row: ToolListRow, reading: ReadonlySet<string>): ToolSummary {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    description: row.description,
    type: row.type,
    scope: row.tenant_id === null ? 'global' : 'tenant',
    category: row.category,
    tags: row.tags,
    connector: row.connector_id === null ? null : { id: row.connector_id, name: row.connector_name ?? '' },
    readsOnly: reading.has(row.id),
    version: row.current_version,
    enabled: row.enabled,
    ...writability(identity, row.tenant_id),
    runs24h: row.runs_24h,
    successRate24h: row.settled_24h > 0 ? row.succeeded_24h / row.settled_24h : null,
    lastRunAt: row.last_run_at?.toISOString() ?? null,
    trial: trialOf(row),
    draft: draftOf(row),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** What is tested and not yet published. */
const draftOf = ({ draft_version: version }: Pick<ToolRow, 'draft_version'>): ToolView['draft'] =>
  version === null ? null : { version };

function trialOf({ trial, current_version }: ToolListRow): ToolSummary['trial'] {
  return trial?.baseline === current_version ? { candidate: trial.candidate, percent: trial.percent } : null;
}
