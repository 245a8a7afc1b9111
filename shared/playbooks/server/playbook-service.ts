import { v7 as uuidv7 } from 'uuid';
import { readLastChange } from '../../events/db/last-change.ts';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { alreadyExists, onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { fitTo } from '../../platform/fit-numbers.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import { stillArchived } from '../../platform/still-archived.ts';
import { findToolIds } from '../../tools/db/tool-names.ts';
import { listPlaybookVersions } from '../db/playbook-versions.ts';
import {
  archivePlaybook,
  findPlaybookByName,
  insertPlaybook,
  lockArchivedPlaybook,
  lockPlaybook,
  type PlaybookRow,
  publishPlaybookVersion,
  readPlaybook,
  type StoredDocument,
  unarchivePlaybook,
  writeDraft,
} from '../db/playbooks.ts';
import { parseDocument } from '../parse-document.ts';
import { playbookDocumentSchema } from '../playbook-document.ts';
import type { PlaybookView } from '../playbook-schemas.ts';
import { checkDocument } from './check-document.ts';
import { draftHead, invalidDocument } from './check-shape.ts';
import { toolCallsOf } from './checks/catalog.ts';
import { noDraft, noPlaybook } from './playbook-errors.ts';
import { readPlaybookView } from './playbook-views.ts';

/** Creates a playbook with a draft, which may be unfinished. @returns the id */
export async function createPlaybook(context: ChangeContext, sent: StoredDocument): Promise<string> {
  const draft = fitTo(playbookDocumentSchema, sent);
  const { services, identity } = context;
  const id = uuidv7();
  const head = draftHead(draft);
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    await insertPlaybook(connection, { id, head, draft, actor: identity.actor }).catch(
      onUniqueViolation(nameTaken),
    );
    await tellPlaybook(connection, context, 'PlaybookCreated', id, { name: head.name });
  });
  return id;
}

/**
 * Every problem of a document: what prevents storing it as a new playbook or as the draft of this one, and what prevents
 * publishing it. Stores nothing.
 * @throws InterlockError `not_found`
 */
export async function checkDraft(
  { services, identity }: ReadContext,
  sent: StoredDocument,
  playbookId?: string,
): Promise<Issue[]> {
  const { tenantId } = identity;
  const { name } = sent;
  const refused = await services.db.tenant(tenantId, async (connection) => {
    const row = playbookId === undefined ? null : await readPlaybook(connection, playbookId);
    if (playbookId !== undefined && !row) throw noPlaybook();
    if (typeof name !== 'string') return [];
    if (row && row.published_version !== null) return nameStays(row, name);
    const other = await findPlaybookByName(connection, name);
    return other === null || other === playbookId ? [] : (alreadyExists(nameTaken).issues ?? []);
  });
  return [...refused, ...(await checkDocument(services.db, tenantId, sent))];
}

/** The state of a playbook that a change may replace. */
interface Seen {
  draftRevision?: number | undefined;
  ifMatch?: IfMatch | undefined;
}

/**
 * Saves a draft. A playbook that is sent back as it was read changes nothing.
 * @param sent the document, or the playbook as it was read: then its draft, or its published document
 * @throws InterlockError `conflict` when someone else has changed the draft since `draftRevision`, and
 * `precondition_failed`
 */
export async function saveDraft(
  context: ChangeContext,
  playbookId: string,
  sent: StoredDocument,
  { draftRevision, ifMatch }: Seen,
): Promise<void> {
  const document = documentSent(playbookId, sent);
  const draft = fitTo(playbookDocumentSchema, document);
  const head = draftHead(draft);
  await changing(context, playbookId, ifMatch, async (connection, row) => {
    checkRevision(row, draftRevision);
    if (document !== sent && same(draft, await shownDocument(connection, row))) return;
    checkNameStays(row, head.name);
    await writeDraft(connection, playbookId, draft, row.published_version === null ? head : null).catch(
      onUniqueViolation(nameTaken),
    );
    await tellPlaybook(connection, context, 'PlaybookDraftSaved', playbookId, { name: head.name });
  });
}

/** What reading a playbook shows, sent back: its draft, or its published document. */
function documentSent(playbookId: string, sent: StoredDocument): StoredDocument {
  if (sent.draftRevision === undefined) return sent;
  if (sent.id !== playbookId) {
    const message = `must be ${playbookId}`;
    throw invalidDocument([{ path: '/id', message, keyword: 'id' }]);
  }
  return (sent.draft ?? sent.document ?? {}) as StoredDocument;
}

async function shownDocument(
  connection: TenantConnection,
  { id, draft, published_version: version }: PlaybookRow,
): Promise<StoredDocument | null> {
  if (draft !== null || version === null) return draft;
  const [published] = await listPlaybookVersions(connection, id, version);
  return published?.document ?? null;
}

/** Equal as text: the order of a form's fields matters. */
const same = (a: StoredDocument, b: StoredDocument | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Makes an earlier version the draft. */
export async function restoreVersion(
  context: ChangeContext,
  playbookId: string,
  version: number,
  ifMatch?: IfMatch,
): Promise<void> {
  await changing(context, playbookId, ifMatch, async (connection, row) => {
    const [old] = await listPlaybookVersions(connection, playbookId, version);
    if (!old) throw new InterlockError('not_found', 'Version not found.');
    await writeDraft(connection, playbookId, old.document, null);
    await tellPlaybook(connection, context, 'PlaybookDraftSaved', playbookId, {
      name: row.name,
      fromVersion: version,
    });
  });
}

export async function discardDraft(
  context: ChangeContext,
  playbookId: string,
  ifMatch?: IfMatch,
): Promise<void> {
  await changing(context, playbookId, ifMatch, async (connection, row) => {
    if (row.published_version === null)
      throw new InterlockError(
        'conflict',
        'The playbook was never published. Archive it instead of discarding its draft.',
      );
    if (row.draft === null) return;
    await writeDraft(connection, playbookId, null, null);
    await tellPlaybook(connection, context, 'PlaybookDraftSaved', playbookId, {
      name: row.name,
      discarded: true,
    });
  });
}

/**
 * Publishes the draft as the next version.
 * @throws InterlockError `invalid_definition` with every problem, `conflict` without a draft, `precondition_failed`
 */
export async function publishDraft(
  context: ChangeContext,
  playbookId: string,
  { note, draftRevision, ifMatch }: Seen & { note: string | null },
): Promise<void> {
  const { services, identity } = context;
  // Checked before the row is locked; a draft that changes meanwhile is checked again.
  for (let published = false; !published; ) {
    const seen = await services.db.tenant(identity.tenantId, (connection) =>
      readPlaybook(connection, playbookId),
    );
    if (!seen) throw noPlaybook();
    checkRevision(seen, draftRevision);
    if (seen.draft === null) throw noDraft();
    const issues = await checkDocument(services.db, identity.tenantId, seen.draft);
    if (issues.length > 0) throw invalidDocument(issues);
    const head = draftHead(seen.draft);
    published = await changing(context, playbookId, ifMatch, async (connection, row) => {
      checkRevision(row, draftRevision);
      const { draft } = row;
      if (draft === null) throw noDraft();
      if (row.draft_revision !== seen.draft_revision) return false;
      checkNameStays(row, head.name);
      await publishOn(connection, context, { row, document: draft, note });
      return true;
    });
  }
}

/** Publishes a document that was checked as the next version of a playbook that is locked. */
async function publishOn(
  connection: TenantConnection,
  context: ChangeContext,
  {
    row,
    document,
    note,
  }: {
    row: Pick<PlaybookRow, 'id' | 'published_version'>;
    document: StoredDocument;
    note: string | null;
  },
): Promise<void> {
  const version = (row.published_version ?? 0) + 1;
  const head = draftHead(document);
  const names = toolCallsOf(parseDocument(document)).map(({ tool }) => tool);
  await publishPlaybookVersion(connection, {
    playbookId: row.id,
    version,
    document,
    // A name keeps its tool, whatever happens to either of them.
    toolIds: Object.fromEntries(await findToolIds(connection, names)),
    head,
    note,
    actor: context.identity.actor,
  });
  await tellPlaybook(connection, context, 'PlaybookPublished', row.id, { name: head.name, version });
}

/** A document that was checked, and what becomes of it. */
export interface PlaybookWrite {
  /** Null: a new playbook. */
  playbookId: string | null;
  document: StoredDocument;
  publish: boolean;
  note: string | null;
  /** The draft revisions that may be replaced. */
  ifMatch?: IfMatch | undefined;
}

/**
 * Writes a playbook in a transaction of its tenant, with its tools written before.
 * @throws InterlockError `not_found`, `invalid_definition` or `already_exists`; StaleError
 */
export async function writePlaybookOn(
  connection: TenantConnection,
  context: ChangeContext,
  { playbookId, document, publish, note, ifMatch }: PlaybookWrite,
): Promise<void> {
  const head = draftHead(document);
  const id = playbookId ?? uuidv7();
  let published: number | null = null;
  if (playbookId === null) {
    await insertPlaybook(connection, { id, head, draft: document, actor: context.identity.actor }).catch(
      onUniqueViolation(nameTaken),
    );
    await tellPlaybook(connection, context, 'PlaybookCreated', id, { name: head.name });
  } else {
    const row = await lockPlaybook(connection, id);
    if (!row) throw noPlaybook();
    checkState(ifMatch, row.draft_revision);
    checkNameStays(row, head.name);
    published = row.published_version;
    await writeDraft(connection, id, document, published === null ? head : null).catch(
      onUniqueViolation(nameTaken),
    );
    await tellPlaybook(connection, context, 'PlaybookDraftSaved', id, { name: head.name });
  }
  if (publish)
    await publishOn(connection, context, { row: { id, published_version: published }, document, note });
}

export async function archive(context: ChangeContext, playbookId: string, ifMatch?: IfMatch): Promise<void> {
  await changing(context, playbookId, ifMatch, (connection, row) => archiveLocked(connection, context, row));
}

async function archiveLocked(
  connection: TenantConnection,
  context: ChangeContext,
  { id, name }: PlaybookRow,
): Promise<void> {
  await archivePlaybook(connection, id);
  await tellPlaybook(connection, context, 'PlaybookArchived', id, { name });
}

/**
 * Takes an archived playbook back into use; one that is not archived stays as it is.
 * @throws InterlockError `not_found`; `already_exists` when its name is taken meanwhile; `conflict` while tools that it
 * calls are archived
 */
export async function restorePlaybook(context: ChangeContext, playbookId: string): Promise<PlaybookView> {
  const { services, identity } = context;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const archived = isUuid(playbookId) ? await lockArchivedPlaybook(connection, playbookId) : null;
    if (!archived) return;
    const { name, archived_tools: tools } = archived;
    if (tools.length > 0)
      throw stillArchived(`It calls archived tools: ${tools.join(', ')}. Restore those first.`, '/steps');
    await unarchivePlaybook(connection, playbookId).catch(onUniqueViolation(nameTaken));
    await tellPlaybook(connection, context, 'PlaybookUnarchived', playbookId, { name });
  });
  return readPlaybookView(services.db, identity.tenantId, playbookId);
}

/** Archives a playbook in a transaction of its tenant. @throws InterlockError `not_found`; StaleError */
export async function archivePlaybookOn(
  connection: TenantConnection,
  context: ChangeContext,
  { playbookId, ifMatch }: { playbookId: string; ifMatch: IfMatch },
): Promise<void> {
  const row = await lockPlaybook(connection, playbookId);
  if (!row) throw noPlaybook();
  checkState(ifMatch, row.draft_revision);
  await archiveLocked(connection, context, row);
}

/** Changes a playbook whose row is locked. @throws InterlockError `not_found` or `precondition_failed` */
function changing<T>(
  context: ChangeContext,
  playbookId: string,
  ifMatch: IfMatch | undefined,
  work: (connection: TenantConnection, row: PlaybookRow) => Promise<T>,
): Promise<T> {
  const { services, identity } = context;
  return services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const row = await lockPlaybook(connection, playbookId);
      if (!row) throw noPlaybook();
      checkState(ifMatch, row.draft_revision);
      return work(connection, row);
    })
    .catch(stalePlaybook(context, playbookId));
}

function stalePlaybook(
  { services, identity: { tenantId } }: ChangeContext,
  playbookId: string,
): (error: unknown) => Promise<never> {
  return refuseStale(async () => {
    const current = await readPlaybookView(services.db, tenantId, playbookId);
    const change = await services.db.tenant(tenantId, (connection) =>
      readLastChange(connection, 'playbook', playbookId),
    );
    return {
      what: 'The playbook',
      changedBy: change?.actor ?? current.createdBy,
      changedAt: change?.at.toISOString() ?? current.updatedAt,
      current,
    };
  });
}

function checkRevision(row: PlaybookRow, expected: number | undefined): void {
  if (expected === undefined || expected === row.draft_revision) return;
  throw new InterlockError(
    'conflict',
    `Someone has changed the draft (revision ${row.draft_revision}, not ${expected}). Load it again.`,
  );
}

/** Other playbooks and callers use the published name. */
function nameStays(row: PlaybookRow, name: string): Issue[] {
  if (row.published_version === null || row.name === name) return [];
  const message = `A published playbook cannot be renamed: its name is ${row.name}`;
  return [{ path: '/name', message, keyword: 'name' }];
}

/** @throws InterlockError `invalid_definition` */
function checkNameStays(row: PlaybookRow, name: string): void {
  const issues = nameStays(row, name);
  if (issues.length > 0) throw invalidDocument(issues);
}

const nameTaken = 'Another playbook has this name';

function tellPlaybook(
  connection: TenantConnection,
  context: ChangeContext,
  type: EventType,
  playbookId: string,
  data: Record<string, unknown>,
): Promise<void> {
  return tell(connection, context, { type, subjectType: 'playbook', subjectId: playbookId, data });
}
