import { and, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { documentFormatVersion } from '../playbook-document.ts';
import { playbook, playbookRun, playbookVersion, type StoredDocument, type ToolPins } from './tables.ts';

export type { StoredDocument } from './tables.ts';

export type PlaybookRow = typeof playbook.$inferSelect;

/** With the published document; null before the first version. */
export interface PlaybookWholeRow extends PlaybookRow {
  document: StoredDocument | null;
  open_runs: number;
}

const own = (connection: TenantConnection, playbookId: string) =>
  and(eq(playbook.id, playbookId), eq(playbook.tenant_id, connection.tenantId));

/** A playbook of this tenant that is not archived. */
export async function readPlaybook(
  connection: TenantConnection,
  playbookId: string,
): Promise<PlaybookWholeRow | null> {
  if (!isUuid(playbookId)) return null;
  const { tenantId, orm } = connection;
  const openRuns = and(
    eq(playbookRun.tenant_id, tenantId),
    eq(playbookRun.playbook_id, playbookId),
    inArray(playbookRun.status, ['running', 'waiting']),
  );
  const [row] = await orm
    .select({
      ...getTableColumns(playbook),
      document: playbookVersion.document,
      open_runs: orm.$count(playbookRun, openRuns),
    })
    .from(playbook)
    .leftJoin(
      playbookVersion,
      and(
        eq(playbookVersion.playbook_id, playbook.id),
        eq(playbookVersion.version, playbook.published_version),
        eq(playbookVersion.tenant_id, tenantId),
      ),
    )
    .where(and(own(connection, playbookId), isNull(playbook.archived_at)));
  return row ?? null;
}

/** The row, locked until the transaction ends. */
export async function lockPlaybook(
  connection: TenantConnection,
  playbookId: string,
): Promise<PlaybookRow | null> {
  if (!isUuid(playbookId)) return null;
  const [row] = await connection.orm
    .select()
    .from(playbook)
    .where(and(own(connection, playbookId), isNull(playbook.archived_at)))
    .for('update');
  return row ?? null;
}

/** The id of the playbook with this name. */
export async function findPlaybookByName(connection: TenantConnection, name: string): Promise<string | null> {
  const [row] = await connection.orm
    .select({ id: playbook.id })
    .from(playbook)
    .where(
      and(eq(playbook.tenant_id, connection.tenantId), eq(playbook.name, name), isNull(playbook.archived_at)),
    );
  return row?.id ?? null;
}

/** What lists show of a document. */
export interface PlaybookHead {
  name: string;
  title: string;
  description: string;
}

/** @throws the database's unique violation when the name is taken */
export async function insertPlaybook(
  connection: TenantConnection,
  { id, head, draft, actor }: { id: string; head: PlaybookHead; draft: StoredDocument; actor: Actor },
): Promise<void> {
  await connection.orm.insert(playbook).values({
    id,
    tenant_id: connection.tenantId,
    name: head.name,
    title: head.title,
    description: head.description,
    draft,
    ...createdByOf(actor),
  });
}

const nextDraftRevision = sql`${playbook.draft_revision} + 1`;

/**
 * Replaces the draft of a playbook that is locked.
 * @param head null: what lists show stays, because it comes from a published version
 * @throws the database's unique violation when the name is taken
 */
export async function writeDraft(
  connection: TenantConnection,
  playbookId: string,
  draft: StoredDocument | null,
  head: PlaybookHead | null,
): Promise<void> {
  await connection.orm
    .update(playbook)
    .set({
      draft,
      draft_revision: nextDraftRevision,
      name: head?.name,
      title: head?.title,
      description: head?.description,
      updated_at: sql`now()`,
    })
    .where(own(connection, playbookId));
}

/** Publishes the next version of a playbook that is locked, and removes its draft. */
export async function publishPlaybookVersion(
  connection: TenantConnection,
  next: {
    playbookId: string;
    version: number;
    document: StoredDocument;
    toolIds: ToolPins;
    head: PlaybookHead;
    note: string | null;
    actor: Actor;
  },
): Promise<void> {
  const { playbookId, version, document, toolIds, head, note, actor } = next;
  await connection.orm.insert(playbookVersion).values({
    playbook_id: playbookId,
    tenant_id: connection.tenantId,
    version,
    format_version: documentFormatVersion,
    document,
    tool_ids: toolIds,
    note,
    ...createdByOf(actor),
  });
  await connection.orm
    .update(playbook)
    .set({
      published_version: version,
      draft: null,
      draft_revision: nextDraftRevision,
      name: head.name,
      title: head.title,
      description: head.description,
      updated_at: sql`now()`,
    })
    .where(own(connection, playbookId));
}

/** An archived playbook, locked, with the archived tools that its published version calls; null when it is not archived. */
export async function lockArchivedPlaybook(
  connection: TenantConnection,
  playbookId: string,
): Promise<{ name: string; archived_tools: string[] } | null> {
  const [row] = await connection.query<{ name: string; archived_tools: string[] }>({
    text: `SELECT p.name, ARRAY(
        SELECT t.name FROM playbook_version v CROSS JOIN LATERAL jsonb_each_text(v.tool_ids) pin
        JOIN tool t ON t.id = pin.value::uuid
        WHERE v.playbook_id = p.id AND v.tenant_id = $1 AND v.version = p.published_version
          AND (t.tenant_id = $1 OR t.tenant_id IS NULL) AND t.archived_at IS NOT NULL ORDER BY t.name) AS archived_tools
      FROM playbook p WHERE p.tenant_id = $1 AND p.id = $2 AND p.archived_at IS NOT NULL FOR UPDATE OF p`,
    values: [connection.tenantId, playbookId],
  });
  return row ?? null;
}

/** Of a row that is locked. @throws the database's unique violation when the name is taken */
export async function unarchivePlaybook(connection: TenantConnection, playbookId: string): Promise<void> {
  await connection.orm
    .update(playbook)
    .set({ archived_at: null, updated_at: sql`now()` })
    .where(own(connection, playbookId));
}

export async function archivePlaybook(connection: TenantConnection, playbookId: string): Promise<void> {
  await connection.orm
    .update(playbook)
    .set({ archived_at: sql`now()`, updated_at: sql`now()` })
    .where(own(connection, playbookId));
}
