import { and, desc, eq, isNotNull, isNull, or } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import { isUuid } from '../../platform/ids.ts';
import { parseDocument } from '../parse-document.ts';
import type { PlaybookDocument } from '../playbook-document.ts';
import { playbook, playbookVersion, type StoredDocument, type ToolPins } from './tables.ts';

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
  toolIds: ToolPins;
}

/** A version's parsed document with the tools that it calls. */
export type PinnedDocument = Pick<PublishedPlaybook, 'document' | 'toolIds'>;

// A version never changes: it is read and parsed once.
const parsed = new LRUCache<string, PinnedDocument>({ max: 500 });

/** One version, also of an archived playbook, whose runs continue. */
export async function readPlaybookVersion(
  connection: TenantConnection,
  playbookId: string,
  version: number,
): Promise<PublishedPlaybook | null> {
  const key = documentKey({ playbook_id: playbookId, playbook_version: version });
  const known = parsed.get(key);
  const [row] = await connection.query<{ document: StoredDocument | null; tool_ids: ToolPins }>({
    name: 'playbook_version_read',
    text: `SELECT CASE WHEN $4::boolean THEN NULL ELSE document END AS document, tool_ids FROM playbook_version
      WHERE tenant_id = $1 AND playbook_id = $2 AND version = $3`,
    values: [connection.tenantId, playbookId, version, known !== undefined],
  });
  if (!row) return null;
  const pinned = known ?? { document: parseDocument(row.document), toolIds: row.tool_ids };
  parsed.set(key, pinned);
  const { name, title } = pinned.document;
  return { id: playbookId, name, title, version, ...pinned };
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

/** The version that a run is pinned to. */
export type VersionPin = { playbook_id: string; playbook_version: number };

/**
 * The documents of these versions, by `documentKey`. A version never changes, so a cached one needs no statement: pass only
 * versions from rows of this tenant.
 */
export async function readDocumentsOf(
  connection: TenantConnection,
  pins: readonly VersionPin[],
): Promise<Map<string, PinnedDocument>> {
  const wanted = new Map(pins.map((pin) => [documentKey(pin), pin]));
  const documents = new Map<string, PinnedDocument>();
  const missing: VersionPin[] = [];
  for (const [key, pin] of wanted) {
    const known = parsed.get(key);
    if (known) documents.set(key, known);
    else missing.push(pin);
  }
  if (missing.length === 0) return documents;
  const rows = await connection.query<VersionPin & { document: StoredDocument; tool_ids: ToolPins }>({
    name: 'playbook_documents',
    text: `SELECT v.playbook_id, v.version AS playbook_version, v.document, v.tool_ids FROM playbook_version v
      JOIN unnest($2::uuid[], $3::int[]) AS w(id, version) ON v.playbook_id = w.id AND v.version = w.version
      WHERE v.tenant_id = $1`,
    values: [
      connection.tenantId,
      missing.map((pin) => pin.playbook_id),
      missing.map((pin) => pin.playbook_version),
    ],
  });
  for (const row of rows) {
    const pinned = { document: parseDocument(row.document), toolIds: row.tool_ids };
    parsed.set(documentKey(row), pinned);
    documents.set(documentKey(row), pinned);
  }
  return documents;
}

export const documentKey = (pin: VersionPin): string => `${pin.playbook_id}/${pin.playbook_version}`;
