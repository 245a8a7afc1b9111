import { and, desc, eq, getTableColumns, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import type { StoredRedaction } from '../redaction-settings.ts';
import type { ToolType } from '../tool-definition.ts';
import type { ToolTrial } from '../tool-trial.ts';
import { ownedBy } from './owned-by.ts';
import type { RegistryConnection } from './registry-connection.ts';
import { connector, connectorRevision, tool, toolPolicy, toolVersion } from './tables.ts';

type StoredTool = typeof tool.$inferSelect;
type StoredVersion = typeof toolVersion.$inferSelect;

/** A tool at one of its versions, as the tenant sees it. */
export interface ToolRow
  extends Pick<
    StoredTool,
    'id' | 'tenant_id' | 'current_version' | 'trial' | 'draft_version' | 'created_at' | 'updated_at'
  > {
  archived: boolean;
  enabled: boolean;
  /** Of the tenant's policies. */
  policy_revision: number;
  version: number;
  /** This version was never published. */
  draft: boolean;
  connector_id: string | null;
  connector_name: string | null;
  connector_revision: number | null;
  /** What the tenant wants done with personal data. */
  redaction: StoredRedaction | null;
  redaction_revision: number;
  /** What limits the calls of the tenant. */
  limits: Record<string, unknown> | null;
  open_hosts: string[];
  limits_revision: number;
}

/**
 * What may change about a tool, for a tenant that may see it (its own or global); archived ones too.
 * One statement, because every execution runs it.
 * @param revision of its connector; null for the current one
 */
export async function findTool(
  connection: TenantConnection,
  toolId: string,
  version: number | null = null,
  revision: number | null = null,
): Promise<ToolRow | null> {
  const [row] = await connection.query<ToolRow>({
    name: 'find_tool',
    text: `SELECT t.id, t.tenant_id, t.current_version, t.trial, t.draft_version, t.archived_at IS NOT NULL AS archived, t.created_at, t.updated_at,
        coalesce(p.enabled, true) AS enabled, v.version, v.draft, v.connector_id,
        c.name AS connector_name, coalesce($4::int, c.revision) AS connector_revision,
        coalesce(s.policy_revision, 0) AS policy_revision, s.redaction,
        coalesce(s.redaction_revision, 0) AS redaction_revision,
        s.limits, coalesce(s.open_hosts, '{}') AS open_hosts, coalesce(s.limits_revision, 0) AS limits_revision
      FROM tool t
      JOIN tool_version v ON v.tool_id = t.id AND v.version = coalesce($3::int, t.current_version)
      LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
      LEFT JOIN connector c ON c.id = v.connector_id
      LEFT JOIN tenant_setting s ON s.tenant_id = $1
      WHERE t.id = $2 AND (t.tenant_id = $1 OR t.tenant_id IS NULL)`,
    values: [connection.tenantId, toolId, version, revision],
  });
  return row ?? null;
}

/** Null in `connector_definition`: the version has no connector. */
export interface VersionRow extends StoredVersion {
  connector_definition: Record<string, unknown> | null;
}

/** Versions of a tool the tenant may see, newest first; with `only`, that one. */
export async function readVersions(
  connection: TenantConnection,
  toolId: string,
  only?: number,
): Promise<VersionRow[]> {
  return selectVersions(
    connection,
    and(
      eq(toolVersion.tool_id, toolId),
      or(eq(toolVersion.tenant_id, connection.tenantId), isNull(toolVersion.tenant_id)),
      when(only, (version) => eq(toolVersion.version, version)),
    ),
  );
}

/** The version of a tool that `findTool` found, with its connector at the revision found with it. */
export async function readFoundVersion(
  connection: TenantConnection,
  { id, version, connector_id, connector_revision }: ToolRow,
): Promise<VersionRow | null> {
  const [row] = await readVersions(connection, id, version);
  if (!row || connector_id === null) return row ?? null;
  const [then] = await connection.orm
    .select({ definition: connectorRevision.definition })
    .from(connectorRevision)
    .where(
      and(
        eq(connectorRevision.connector_id, connector_id),
        or(eq(connectorRevision.tenant_id, connection.tenantId), isNull(connectorRevision.tenant_id)),
        eq(connectorRevision.revision, connector_revision ?? 0),
      ),
    );
  // One that a process before connector histories wrote has no row of its own.
  return then ? { ...row, connector_definition: then.definition } : row;
}

/** A version of a tool that its owner has locked, so it exists. */
export async function readOwnedVersion(
  connection: RegistryConnection,
  toolId: string,
  ownerId: string | null,
  version: number,
): Promise<VersionRow> {
  const [row] = await selectVersions(
    connection,
    and(
      eq(toolVersion.tool_id, toolId),
      ownedBy(toolVersion.tenant_id, ownerId),
      eq(toolVersion.version, version),
    ),
  );
  if (!row) throw new Error(`Version ${version} of tool ${toolId} is missing`);
  return row;
}

async function selectVersions(
  connection: RegistryConnection,
  condition: SQL | undefined,
): Promise<VersionRow[]> {
  return connection.orm
    .select({ ...getTableColumns(toolVersion), connector_definition: connector.definition })
    .from(toolVersion)
    .leftJoin(connector, eq(connector.id, toolVersion.connector_id))
    .where(condition)
    .orderBy(desc(toolVersion.version));
}

/** The draft of a tool that the tenant may see; null: it has none. */
export async function readDraftVersion(connection: TenantConnection, toolId: string): Promise<number | null> {
  const [row] = await connection.orm
    .select({ version: tool.draft_version })
    .from(tool)
    .where(and(eq(tool.id, toolId), or(eq(tool.tenant_id, connection.tenantId), isNull(tool.tenant_id))));
  return row?.version ?? null;
}

export interface NewVersion {
  toolId: string;
  /** Null: global. */
  ownerId: string | null;
  definition: {
    name: string;
    title?: string;
    description?: string;
    type: ToolType;
    category?: string;
    tags?: string[];
  } & Record<string, unknown>;
  formatVersion: number;
  connectorId: string | null;
  note: string | null;
  actor: Actor;
}

/**
 * @param draft its first version is one
 * @throws the database's unique violation when the name is taken
 */
export async function insertTool(
  connection: RegistryConnection,
  version: NewVersion,
  { draft = false }: { draft?: boolean } = {},
): Promise<void> {
  await connection.orm.insert(tool).values({
    id: version.toolId,
    tenant_id: version.ownerId,
    ...headOf(version),
    ...(draft && { current_version: 0, draft_version: 1 }),
  });
  await insertVersion(connection, version, 1, draft);
}

export type LockedTool = Pick<StoredTool, 'name' | 'current_version' | 'trial' | 'draft_version'>;

/** Locks the tool for a change by its owner; null when it is not the owner's or archived. */
export async function lockTool(
  connection: RegistryConnection,
  toolId: string,
  ownerId: string | null,
): Promise<LockedTool | null> {
  const [row] = await connection.orm
    .select({
      name: tool.name,
      current_version: tool.current_version,
      trial: tool.trial,
      draft_version: tool.draft_version,
    })
    .from(tool)
    .where(and(eq(tool.id, toolId), ownedBy(tool.tenant_id, ownerId), isNull(tool.archived_at)))
    .for('update');
  return row ?? null;
}

/** Writes the next version of a tool that is locked, without making it the current one. @returns its number */
export async function addVersion(
  connection: RegistryConnection,
  next: NewVersion,
  { draft = false }: { draft?: boolean } = {},
): Promise<number> {
  const [newest] = await connection.orm
    .select({ version: sql<number>`max(${toolVersion.version})` })
    .from(toolVersion)
    .where(and(eq(toolVersion.tool_id, next.toolId), ownedBy(toolVersion.tenant_id, next.ownerId)));
  const version = newest!.version + 1;
  await insertVersion(connection, next, version, draft);
  return version;
}

/** Makes a version of a tool that is locked the current one. @throws the database's unique violation when the name is taken */
export async function makeCurrent(
  connection: RegistryConnection,
  head: Pick<NewVersion, 'toolId' | 'ownerId' | 'definition'>,
  version: number,
): Promise<void> {
  await connection.orm
    .update(tool)
    .set({ ...headOf(head), current_version: version, trial: null, updated_at: sql`now()` })
    .where(and(eq(tool.id, head.toolId), ownedBy(tool.tenant_id, head.ownerId)));
}

/** Names the draft of a tool that is locked; null: it has none any more. */
export async function setDraft(
  connection: TenantConnection,
  toolId: string,
  version: number | null,
): Promise<void> {
  await connection.orm
    .update(tool)
    .set({ draft_version: version })
    .where(and(eq(tool.id, toolId), eq(tool.tenant_id, connection.tenantId)));
}

/** The names that lists show of a tool that was never published. @throws the database's unique violation */
export async function renameUnpublished(
  connection: TenantConnection,
  { toolId, definition }: Pick<NewVersion, 'toolId' | 'definition'>,
): Promise<void> {
  await connection.orm
    .update(tool)
    .set({ ...headOf({ definition }), updated_at: sql`now()` })
    .where(and(eq(tool.id, toolId), eq(tool.tenant_id, connection.tenantId), eq(tool.current_version, 0)));
}

/** A version that is a draft no longer. */
export async function setPublished(
  connection: TenantConnection,
  toolId: string,
  version: number,
): Promise<void> {
  await connection.orm
    .update(toolVersion)
    .set({ draft: false })
    .where(
      and(
        eq(toolVersion.tool_id, toolId),
        eq(toolVersion.tenant_id, connection.tenantId),
        eq(toolVersion.version, version),
      ),
    );
}

/** @param trial null: none runs any more */
export async function setTrial(
  connection: TenantConnection,
  toolId: string,
  trial: ToolTrial | null,
): Promise<void> {
  await connection.orm
    .update(tool)
    .set({ trial })
    .where(and(eq(tool.id, toolId), eq(tool.tenant_id, connection.tenantId)));
}

/** The fields of the definition that the tool's row copies. */
function headOf({
  definition: { name, title, description, type, category, tags },
}: Pick<NewVersion, 'definition'>) {
  return {
    name,
    title: title ?? name,
    description: description ?? '',
    type,
    category: category ?? 'general',
    tags: tags ?? [],
  };
}

async function insertVersion(
  connection: RegistryConnection,
  { toolId, ownerId, definition, formatVersion, connectorId, note, actor }: NewVersion,
  version: number,
  draft: boolean,
): Promise<void> {
  await connection.orm.insert(toolVersion).values({
    tool_id: toolId,
    tenant_id: ownerId,
    version,
    format_version: formatVersion,
    definition,
    connector_id: connectorId,
    note,
    draft,
    ...createdByOf(actor),
  });
}

export async function archiveTool(
  connection: RegistryConnection,
  toolId: string,
  ownerId: string | null,
): Promise<boolean> {
  const rows = await connection.orm
    .update(tool)
    .set({ archived_at: sql`now()`, updated_at: sql`now()` })
    .where(and(eq(tool.id, toolId), ownedBy(tool.tenant_id, ownerId), isNull(tool.archived_at)))
    .returning({ id: tool.id });
  return rows.length > 0;
}

/** An archived tool of its owner, locked; null when it is not archived, or not the owner's. */
export async function lockArchivedTool(
  connection: RegistryConnection,
  toolId: string,
  ownerId: string | null,
): Promise<{ name: string; connector_id: string | null } | null> {
  const [row] = await connection.query<{ name: string; connector_id: string | null }>({
    text: `SELECT t.name, (SELECT v.connector_id FROM tool_version v
        WHERE v.tool_id = t.id AND v.version = t.current_version) AS connector_id
      FROM tool t WHERE t.id = $1 AND t.tenant_id IS NOT DISTINCT FROM $2::uuid AND t.archived_at IS NOT NULL
      FOR UPDATE OF t`,
    values: [toolId, ownerId],
  });
  return row ?? null;
}

/** Of a row that is locked. @throws the database's unique violation when the name is taken */
export async function unarchiveTool(
  connection: RegistryConnection,
  toolId: string,
  ownerId: string | null,
): Promise<void> {
  await connection.orm
    .update(tool)
    .set({ archived_at: null, updated_at: sql`now()` })
    .where(and(eq(tool.id, toolId), ownedBy(tool.tenant_id, ownerId)));
}

/** What this tenant has decided about a tool it may see. */
export async function setToolEnabled(
  connection: TenantConnection,
  toolId: string,
  enabled: boolean,
  actor: Actor,
): Promise<void> {
  const decision = { enabled, updated_by_id: actor.id };
  await connection.orm
    .insert(toolPolicy)
    .values({ tenant_id: connection.tenantId, tool_id: toolId, ...decision })
    .onConflictDoUpdate({
      target: [toolPolicy.tenant_id, toolPolicy.tool_id],
      set: { ...decision, updated_at: sql`now()` },
    });
}

/** Another tool with this name: of the same owner, or global, which a tenant's tool may not hide. */
export async function findToolByName(
  connection: RegistryConnection,
  ownerId: string | null,
  name: string,
): Promise<{ id: string; global: boolean } | null> {
  const [row] = await connection.orm
    .select({ id: tool.id, global: sql<boolean>`${tool.tenant_id} IS NULL` })
    .from(tool)
    .where(
      and(
        eq(tool.name, name),
        isNull(tool.archived_at),
        or(ownedBy(tool.tenant_id, ownerId), isNull(tool.tenant_id)),
      ),
    )
    .orderBy(sql`${tool.tenant_id} NULLS LAST`)
    .limit(1);
  return row ?? null;
}
