import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { LruCache } from '../../platform/server/lru-cache.ts';
import { parseDocument } from '../parse-document.ts';
import { documentFormatVersion, type PlaybookDocument } from '../playbook-document.ts';

/** A document as it was written: what it left out is not there. */
export type StoredDocument = Record<string, unknown>;

export interface PlaybookRow {
  id: string;
  name: string;
  title: string;
  description: string;
  published_version: number | null;
  draft: StoredDocument | null;
  draft_revision: number;
  created_by_type: Actor['type'];
  created_by_id: string;
  created_by_name: string;
  created_at: Date;
  updated_at: Date;
}

/** With the published document; null before the first version. */
export interface PlaybookWholeRow extends PlaybookRow {
  document: StoredDocument | null;
  open_runs: number;
}

const openRuns = `(SELECT count(*)::int FROM playbook_run r
  WHERE r.tenant_id = $1 AND r.playbook_id = p.id AND r.status IN ('running', 'waiting'))`;

/** One of this tenant's that is not archived. */
export async function readPlaybook(
  connection: TenantConnection,
  playbookId: string,
): Promise<PlaybookWholeRow | null> {
  if (!isUuid(playbookId)) return null;
  const [row] = await connection.query<PlaybookWholeRow & Record<string, unknown>>({
    name: 'playbook_read',
    text: `SELECT p.*, v.document, ${openRuns} AS open_runs FROM playbook p
      LEFT JOIN playbook_version v ON v.playbook_id = p.id AND v.version = p.published_version AND v.tenant_id = $1
      WHERE p.id = $2 AND p.tenant_id = $1 AND p.archived_at IS NULL`,
    values: [connection.tenantId, playbookId],
  });
  return row ?? null;
}

/** The same row, held until the transaction ends. */
export async function lockPlaybook(
  connection: TenantConnection,
  playbookId: string,
): Promise<PlaybookRow | null> {
  if (!isUuid(playbookId)) return null;
  const [row] = await connection.query<PlaybookRow & Record<string, unknown>>({
    name: 'playbook_lock',
    text: 'SELECT * FROM playbook WHERE id = $2 AND tenant_id = $1 AND archived_at IS NULL FOR UPDATE',
    values: [connection.tenantId, playbookId],
  });
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
  playbook: { id: string; head: PlaybookHead; draft: StoredDocument; actor: Actor },
): Promise<void> {
  const { id, head, draft, actor } = playbook;
  await connection.query({
    text: `INSERT INTO playbook (id, tenant_id, name, title, description, draft, created_by_type, created_by_id, created_by_name)
      VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      connection.tenantId,
      id,
      head.name,
      head.title,
      head.description,
      JSON.stringify(draft),
      actor.type,
      actor.id,
      actor.name,
    ],
  });
}

/**
 * Replaces the draft of a playbook that is locked.
 * @param head null: what lists show stays, because a published version says it
 * @throws the database's unique violation when the name is taken
 */
export async function writeDraft(
  connection: TenantConnection,
  playbookId: string,
  draft: StoredDocument | null,
  head: PlaybookHead | null,
): Promise<void> {
  await connection.query({
    text: `UPDATE playbook SET draft = $3, draft_revision = draft_revision + 1, name = coalesce($4, name),
        title = coalesce($5, title), description = coalesce($6, description), updated_at = now()
      WHERE id = $2 AND tenant_id = $1`,
    values: [
      connection.tenantId,
      playbookId,
      draft && JSON.stringify(draft),
      head?.name ?? null,
      head?.title ?? null,
      head?.description ?? null,
    ],
  });
}

/** Publishes the next version of a playbook that is locked; its draft is gone then. */
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
  await connection.query({
    text: `INSERT INTO playbook_version (playbook_id, tenant_id, version, format_version, document, note,
        created_by_type, created_by_id, created_by_name) VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      connection.tenantId,
      playbookId,
      version,
      documentFormatVersion,
      JSON.stringify(document),
      note,
      actor.type,
      actor.id,
      actor.name,
    ],
  });
  await connection.query({
    text: `UPDATE playbook SET published_version = $3, draft = NULL, draft_revision = draft_revision + 1,
        name = $4, title = $5, description = $6, updated_at = now()
      WHERE id = $2 AND tenant_id = $1`,
    values: [connection.tenantId, playbookId, version, head.name, head.title, head.description],
  });
}

export async function archivePlaybook(connection: TenantConnection, playbookId: string): Promise<void> {
  await connection.query({
    text: 'UPDATE playbook SET archived_at = now(), updated_at = now() WHERE id = $2 AND tenant_id = $1',
    values: [connection.tenantId, playbookId],
  });
}

export interface PlaybookVersionRow {
  version: number;
  document: StoredDocument;
  note: string | null;
  created_by_type: Actor['type'];
  created_by_id: string;
  created_by_name: string;
  created_at: Date;
}

/** Every version as it was written, newest first; with `only`, that one. */
export async function listPlaybookVersions(
  connection: TenantConnection,
  playbookId: string,
  only?: number,
): Promise<PlaybookVersionRow[]> {
  return connection.query<PlaybookVersionRow & Record<string, unknown>>({
    name: 'playbook_versions',
    text: `SELECT * FROM playbook_version
      WHERE tenant_id = $1 AND playbook_id = $2 AND ($3::int IS NULL OR version = $3) ORDER BY version DESC`,
    values: [connection.tenantId, playbookId, only ?? null],
  });
}

/** A version as it runs. */
export interface PublishedPlaybook {
  id: string;
  name: string;
  title: string;
  version: number;
  document: PlaybookDocument;
}

// A version never changes: it is read and parsed once.
export const parsed = new LruCache<string, PlaybookDocument>(500);

/** One version, of an archived playbook too: its runs go on. */
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
  const [row] = await connection.query<{ id: string; published_version: number }>({
    name: 'playbook_published',
    text: `SELECT id, published_version FROM playbook
      WHERE tenant_id = $1 AND archived_at IS NULL AND published_version IS NOT NULL
        AND (name = $2 OR id = $3::uuid) LIMIT 1`,
    values: [connection.tenantId, idOrName, isUuid(idOrName) ? idOrName : null],
  });
  return row ? readPlaybookVersion(connection, row.id, row.published_version) : null;
}
