import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { Identity } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { nameCursor, type Page, pageFrom, readNameCursor } from '../../platform/server/paging.ts';
import { findTool, readDraftVersion, readVersions, type ToolRow, type VersionRow } from '../db/tools.ts';
import { listTools, type ToolListFilter } from '../db/tools-list.ts';
import { diffDefinitions } from '../diff-definitions.ts';
import type { ToolDefinitionInput } from '../tool-definition.ts';
import type {
  ToolSummary,
  ToolView,
  toolDiffSchema,
  toolListInputSchema,
  toolVersionSchema,
} from '../tool-schemas.ts';
import { readingTools } from './reads-only.ts';
import { resolveVersion, storedDefinition } from './tool-service.ts';
import { toolSummary, toolVersionView, toolView } from './tool-views.ts';

/**
 * A page of the tools that the tenant sees, global ones included, by name.
 * @throws InterlockError `invalid_input` for an invalid cursor
 */
export async function toolPage(
  { services, identity }: ReadContext,
  { cursor, limit, ...filter }: z.output<typeof toolListInputSchema>,
): Promise<Page<ToolSummary>> {
  const after = cursor === undefined ? undefined : readNameCursor(cursor);
  const { rows, reading } = await services.db.tenant(identity.tenantId, (connection) =>
    listSummaries(connection, { ...filter, after, limit: limit + 1 }),
  );
  return pageFrom(rows, limit, nameCursor, (row) => toolSummary(identity, row, reading));
}

/** Tools by id. Those that the tenant does not see, and archived ones, are left out. */
export async function readToolSummaries(
  { services, identity }: ReadContext,
  ids: readonly string[],
): Promise<ToolSummary[]> {
  const known = ids.filter(isUuid);
  const { rows, reading } = await services.db.tenant(identity.tenantId, (connection) =>
    listSummaries(connection, { scope: 'all', ids: known, limit: known.length }),
  );
  return rows.map((row) => toolSummary(identity, row, reading));
}

async function listSummaries(connection: TenantConnection, filter: ToolListFilter) {
  const rows = await listTools(connection, filter);
  return { rows, reading: await readingTools(connection, rows) };
}

/** A tool at its current version. @throws InterlockError `not_found` */
export function readTool({ services, identity }: ReadContext, toolId: string): Promise<ToolView> {
  return services.db.tenant(
    identity.tenantId,
    async (connection) => (await readToolWhole(connection, identity, toolId)).view,
  );
}

/** A tool as it is shown, and the definition behind it. @throws InterlockError `not_found` */
export async function readToolWhole(
  connection: TenantConnection,
  identity: Identity,
  toolId: string,
): Promise<{ view: ToolView; stored: ToolDefinitionInput }> {
  const row = await mustFindTool(connection, toolId);
  const version = await mustReadVersion(connection, toolId, row.version);
  return { view: toolView(identity, row, version), stored: storedDefinition(version) };
}

/** Newest first. @throws InterlockError `not_found` */
export function readToolVersions(
  { services, identity }: ReadContext,
  toolId: string,
): Promise<z.infer<typeof toolVersionSchema>[]> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const row = await mustFindTool(connection, toolId);
    const versions = await readVersions(connection, toolId);
    return versions.map((version) => toolVersionView(identity, row, version));
  });
}

/** @throws InterlockError `not_found` */
export function readToolDiff(
  { services, identity }: ReadContext,
  { id, ...versions }: { id: string; from: number; to: number },
): Promise<z.infer<typeof toolDiffSchema>> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const row = await mustFindTool(connection, id);
    const from = await mustReadVersion(connection, id, versions.from);
    const to = await mustReadVersion(connection, id, versions.to);
    const changes = diffDefinitions(resolveVersion(from), resolveVersion(to));
    return {
      ...versions,
      breaking: changes.some((change) => change.impact === 'breaking'),
      changes,
      before: toolView(identity, row, from),
      after: toolView(identity, row, to),
    };
  });
}

/** The same error for a tool that is unknown, archived or another tenant's. */
async function mustFindTool(connection: TenantConnection, toolId: string): Promise<ToolRow> {
  const row = isUuid(toolId) ? await findShownTool(connection, toolId) : null;
  if (!row || row.archived) throw new InterlockError('not_found', 'Tool not found.');
  return row;
}

/** At its current version; a tool that was never published at its draft. */
async function findShownTool(connection: TenantConnection, toolId: string): Promise<ToolRow | null> {
  const row = await findTool(connection, toolId);
  if (row) return row;
  const draft = await readDraftVersion(connection, toolId);
  return draft === null ? null : findTool(connection, toolId, draft);
}

async function mustReadVersion(
  connection: TenantConnection,
  toolId: string,
  number: number,
): Promise<VersionRow> {
  const [version] = await readVersions(connection, toolId, number);
  if (!version) throw new InterlockError('not_found', 'Version not found.');
  return version;
}
