import { v7 as uuidv7 } from 'uuid';
import { appendEvent } from '../../events/db/append-event.ts';
import type { EventType } from '../../events/event-types.ts';
import type { Identity } from '../../identity/roles.ts';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import {
  archivePlaybook,
  insertPlaybook,
  listPlaybookVersions,
  lockPlaybook,
  type PlaybookRow,
  publishPlaybookVersion,
  type StoredDocument,
  writeDraft,
} from '../db/playbooks.ts';
import { checkDocument } from './check-document.ts';
import { draftHead, invalidDocument } from './check-shape.ts';

/** Who changes a playbook, and where. */
export interface PlaybookWriter {
  services: { db: Database };
  identity: Identity;
  requestId: string;
}

/** @returns the id of the new playbook, which is a draft, finished or not */
export async function createPlaybook(writer: PlaybookWriter, draft: StoredDocument): Promise<string> {
  const { services, identity } = writer;
  const id = uuidv7();
  const head = draftHead(draft);
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    await insertPlaybook(connection, { id, head, draft, actor: identity.actor }).catch(asNameTaken);
    await tell(connection, writer, 'PlaybookCreated', id, { name: head.name });
  });
  return id;
}

/** @throws InterlockError `conflict` when somebody else has changed the draft since `draftRevision` */
export async function saveDraft(
  writer: PlaybookWriter,
  playbookId: string,
  draft: StoredDocument,
  draftRevision: number | undefined,
): Promise<void> {
  const head = draftHead(draft);
  await changing(writer, playbookId, async (connection, row) => {
    checkRevision(row, draftRevision);
    checkNameStays(row, head.name);
    await writeDraft(connection, playbookId, draft, row.published_version === null ? head : null).catch(
      asNameTaken,
    );
    await tell(connection, writer, 'PlaybookDraftSaved', playbookId, { name: head.name });
  });
}

/** Makes an old version the draft. */
export async function restoreVersion(
  writer: PlaybookWriter,
  playbookId: string,
  version: number,
): Promise<void> {
  await changing(writer, playbookId, async (connection, row) => {
    const [old] = await listPlaybookVersions(connection, playbookId, version);
    if (!old) throw new InterlockError('not_found', 'There is no such version.');
    await writeDraft(connection, playbookId, old.document, null);
    await tell(connection, writer, 'PlaybookDraftSaved', playbookId, {
      name: row.name,
      fromVersion: version,
    });
  });
}

export async function discardDraft(writer: PlaybookWriter, playbookId: string): Promise<void> {
  await changing(writer, playbookId, async (connection, row) => {
    if (row.published_version === null)
      throw new InterlockError(
        'conflict',
        'It was never published: without its draft nothing would be left.',
      );
    if (row.draft === null) return;
    await writeDraft(connection, playbookId, null, null);
    await tell(connection, writer, 'PlaybookDraftSaved', playbookId, { name: row.name, discarded: true });
  });
}

/** @throws InterlockError `invalid_definition` with everything that is wrong, `conflict` when there is no draft */
export async function publishDraft(
  writer: PlaybookWriter,
  playbookId: string,
  { note, draftRevision }: { note: string | null; draftRevision: number | undefined },
): Promise<void> {
  await changing(writer, playbookId, async (connection, row) => {
    checkRevision(row, draftRevision);
    const { draft } = row;
    if (draft === null) throw noDraft();
    const issues = await checkDocument(connection, draft);
    if (issues.length > 0) throw invalidDocument(issues);
    const head = draftHead(draft);
    checkNameStays(row, head.name);
    const version = (row.published_version ?? 0) + 1;
    const { actor } = writer.identity;
    await publishPlaybookVersion(connection, { playbookId, version, document: draft, head, note, actor });
    await tell(connection, writer, 'PlaybookPublished', playbookId, { name: head.name, version });
  });
}

export async function archive(writer: PlaybookWriter, playbookId: string): Promise<void> {
  await changing(writer, playbookId, async (connection, row) => {
    await archivePlaybook(connection, playbookId);
    await tell(connection, writer, 'PlaybookArchived', playbookId, { name: row.name });
  });
}

export function noPlaybook(): InterlockError {
  return new InterlockError('not_found', 'There is no such playbook.');
}

export function noDraft(): InterlockError {
  return new InterlockError('conflict', 'There is no draft to publish.');
}

/** Runs a change of one playbook in one transaction; others wait. @throws InterlockError `not_found` */
function changing(
  { services, identity }: PlaybookWriter,
  playbookId: string,
  work: (connection: TenantConnection, row: PlaybookRow) => Promise<void>,
): Promise<void> {
  return services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const row = await lockPlaybook(connection, playbookId);
    if (!row) throw noPlaybook();
    await work(connection, row);
  });
}

function checkRevision(row: PlaybookRow, expected: number | undefined): void {
  if (expected === undefined || expected === row.draft_revision) return;
  throw new InterlockError(
    'conflict',
    `The draft has been changed since (revision ${row.draft_revision}, not ${expected}). Load it again.`,
  );
}

/** Other playbooks, and whoever starts runs, call it by its name. */
function checkNameStays(row: PlaybookRow, name: string): void {
  if (row.published_version === null || row.name === name) return;
  throw invalidDocument([
    { path: '/name', message: `It was published as ${row.name} and keeps this name`, keyword: 'name' },
  ]);
}

const asNameTaken = onUniqueViolation('Another playbook has this name');

function tell(
  connection: TenantConnection,
  { identity, requestId }: PlaybookWriter,
  type: EventType,
  playbookId: string,
  data: Record<string, unknown>,
): Promise<void> {
  return appendEvent(connection, identity.tenantId, {
    type,
    subjectType: 'playbook',
    subjectId: playbookId,
    actor: identity.actor,
    requestId,
    data,
  });
}
