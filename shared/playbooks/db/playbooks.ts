import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import { isUuid } from '../../platform/ids.ts';
import { parseDocument } from '../parse-document.ts';
import { documentFormatVersion, type PlaybookDocument } from '../playbook-document.ts';
import { playbook, playbookRun, playbookVersion, type StoredDocument } from './tables.ts';

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
    head: PlaybookHead;
    note: string | null;
    actor: Actor;
  },
): Promise<void> {
  const { playbookId, version, document, head, note, actor } = next;
  await connection.orm.insert(playbookVersion).values({
    playbook_id: playbookId,
    tenant_id: connection.tenantId,
    version,
    format_version: documentFormatVersion,
    document,
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

export async function archivePlaybook(connection: TenantConnection, playbookId: string): Promise<void> {
  await connection.orm
    .update(playbook)
    .set({ archived_at: sql`now()`, updated_at: sql`now()` })
    .where(own(connection, playbookId));
}

export type PlaybookVersionRow = typeof playbookVersion.$inferSelect;

/** Every version as it was sent, newest first; with `only`, that one. */
export async function listPlaybookVersions(
  connection: TenantConnection,
  playbookId: string,
  only?: number,
): Promise<PlaybookVersionRow[]> {
  return connection.orm
    .select()
    .from(playbookVersion)
    .where(
      and(
        eq(playbookVersion.tenant_id, connection.tenantId),
        eq(playbookVersion.playbook_id, playbookId),
        when(only, (version) => eq(playbookVersion.version, version)),
      ),
    )
    .orderBy(desc(playbookVersion.version));
}

/** A published version, parsed. */
export interface PublishedPlaybook {
  id: string;
  name: string;
  title: string;
  version: number;
  document: PlaybookDocument;
}

// A version never changes: it is read and parsed once.
export const parsed = new LRUCache<string, PlaybookDocument>({ max: 500 });

/** One version, also of an archived playbook, whose runs continue. */
export async function readPlaybookVersion(
  connection: TenantConnection,
  playbookId: string,
  version: number,
): Promise<PublishedPlaybook | null> {
  const key = `${playbookId}/${version}`;
  const known = parsed.get(key);
  const [row] = await connection.query<{ document: StoredDocument | null }>({
    name: 'playbook_version_read',
    text: `SELECT CASE WHEN $4::boolean THEN NULL ELSE document END AS document FROM playbook_version
      WHERE tenant_id = $1 AND playbook_id = $2 AND version = $3`,
    values: [connection.tenantId, playbookId, version, known !== undefined],
  });
  if (!row) return null;
  const document = known ?? parseDocument(row.document);
  parsed.set(key, document);
  return { id: playbookId, name: document.name, title: document.title, version, document };
}

/** The published version of a playbook by its id or name; archived and never published ones are not found. */
export async function findPublishedPlaybook(
  connection: TenantConnection,
  idOrName: string,
): Promise<PublishedPlaybook | null> {
  const [row] = await connection.orm
    .select({ id: playbook.id, version: playbook.published_version })
    .from(playbook)
    .where(
      and(
        eq(playbook.tenant_id, connection.tenantId),
        isNull(playbook.archived_at),
        isNotNull(playbook.published_version),
        or(eq(playbook.name, idOrName), isUuid(idOrName) ? eq(playbook.id, idOrName) : undefined),
      ),
    )
    .limit(1);
  return row?.version ? readPlaybookVersion(connection, row.id, row.version) : null;
}
