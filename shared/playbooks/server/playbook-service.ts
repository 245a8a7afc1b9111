import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { alreadyExists, onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { findToolIds } from '../../tools/db/tool-names.ts';
import { listPlaybookVersions } from '../db/playbook-versions.ts';
import {
  archivePlaybook,
  findPlaybookByName,
  insertPlaybook,
  lockPlaybook,
  type PlaybookRow,
  publishPlaybookVersion,
  readPlaybook,
  type StoredDocument,
  writeDraft,
} from '../db/playbooks.ts';
import { parseDocument } from '../parse-document.ts';
import { checkDocument } from './check-document.ts';
import { draftHead, invalidDocument } from './check-shape.ts';
import { toolCallsOf } from './checks/catalog.ts';

/** Creates a playbook with a draft, which may be unfinished. @returns the id */
export async function createPlaybook(context: ChangeContext, draft: StoredDocument): Promise<string> {
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

/** @throws InterlockError `conflict` when someone else has changed the draft since `draftRevision` */
export async function saveDraft(
  context: ChangeContext,
  playbookId: string,
  draft: StoredDocument,
  draftRevision: number | undefined,
): Promise<void> {
  const head = draftHead(draft);
  await changing(context, playbookId, async (connection, row) => {
    checkRevision(row, draftRevision);
    checkNameStays(row, head.name);
    await writeDraft(connection, playbookId, draft, row.published_version === null ? head : null).catch(
      onUniqueViolation(nameTaken),
    );
    await tellPlaybook(connection, context, 'PlaybookDraftSaved', playbookId, { name: head.name });
  });
}

/** Makes an earlier version the draft. */
export async function restoreVersion(
  context: ChangeContext,
  playbookId: string,
  version: number,
): Promise<void> {
  await changing(context, playbookId, async (connection, row) => {
    const [old] = await listPlaybookVersions(connection, playbookId, version);
    if (!old) throw new InterlockError('not_found', 'Version not found.');
    await writeDraft(connection, playbookId, old.document, null);
    await tellPlaybook(connection, context, 'PlaybookDraftSaved', playbookId, {
      name: row.name,
      fromVersion: version,
    });
  });
}

export async function discardDraft(context: ChangeContext, playbookId: string): Promise<void> {
  await changing(context, playbookId, async (connection, row) => {
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
 * @throws InterlockError `invalid_definition` with every problem, `conflict` without a draft
 */
export async function publishDraft(
  context: ChangeContext,
  playbookId: string,
  { note, draftRevision }: { note: string | null; draftRevision: number | undefined },
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
    published = await changing(context, playbookId, async (connection, row) => {
      checkRevision(row, draftRevision);
      const { draft } = row;
      if (draft === null) throw noDraft();
      if (row.draft_revision !== seen.draft_revision) return false;
      checkNameStays(row, head.name);
      const version = (row.published_version ?? 0) + 1;
      const { actor } = identity;
      const names = toolCallsOf(parseDocument(draft)).map(({ tool }) => tool);
      await publishPlaybookVersion(connection, {
        playbookId,
        version,
        document: draft,
        // A name keeps its tool, whatever happens to either of them.
        toolIds: Object.fromEntries(await findToolIds(connection, names)),
        head,
        note,
        actor,
      });
      await tellPlaybook(connection, context, 'PlaybookPublished', playbookId, { name: head.name, version });
      return true;
    });
  }
}

export async function archive(context: ChangeContext, playbookId: string): Promise<void> {
  await changing(context, playbookId, async (connection, row) => {
    await archivePlaybook(connection, playbookId);
    await tellPlaybook(connection, context, 'PlaybookArchived', playbookId, { name: row.name });
  });
}

export function noPlaybook(): InterlockError {
  return new InterlockError('not_found', 'Playbook not found.');
}

export function noDraft(): InterlockError {
  return new InterlockError('conflict', 'The playbook has no draft.');
}

/** Changes a playbook whose row is locked. @throws InterlockError `not_found` */
function changing<T>(
  { services, identity }: ChangeContext,
  playbookId: string,
  work: (connection: TenantConnection, row: PlaybookRow) => Promise<T>,
): Promise<T> {
  return services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const row = await lockPlaybook(connection, playbookId);
    if (!row) throw noPlaybook();
    return work(connection, row);
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
