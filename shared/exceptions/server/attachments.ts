import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { lockArtifacts, markUsed, readArtifact, releaseArtifacts } from '../../artifacts/db/artifacts.ts';
import type { ArtifactStore } from '../../artifacts/server/artifact-store.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { can } from '../../identity/roles.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import { alreadyExists } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { Environment } from '../../platform/server/environment.ts';
import type { WrittenText } from '../../tools/server/written-text.ts';
import { attachmentKind, isPreviewed } from '../attachment-types.ts';
import { readExceptionRow } from '../db/exceptions.ts';
import {
  type AttachmentRow,
  deleteAttachment,
  insertAttachment,
  isHeld,
  listAttachmentRows,
} from '../db/exceptions-attachments.ts';
import { type Attachment, maxAttachments } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';
import { about, changing } from './exception-context.ts';
import { exceptionNotFound } from './exception-views.ts';

interface AttachingServices {
  artifacts: ArtifactStore;
  written: WrittenText;
  environment: Pick<Environment, 'INTERLOCK_ATTACHMENT_BYTES'>;
}

/** @throws InterlockError `not_found` */
export async function readAttachments(
  { services, identity }: ReadContext,
  exceptionId: string,
): Promise<Attachment[]> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    if (!(await readExceptionRow(connection, exceptionId))) throw exceptionNotFound();
    return (await listAttachmentRows(connection, exceptionId)).map(attachmentView);
  });
}

/** @throws InterlockError `not_found`, also for one of another exception */
export async function readAttachedFile(
  { services, identity }: ReadContext<Pick<AttachingServices, 'artifacts'>>,
  { id, attachmentId }: { id: string; attachmentId: string },
): Promise<{ file: Attachment; content: Readable }> {
  const { tenantId } = identity;
  const [row] =
    isUuid(id) && isUuid(attachmentId)
      ? await services.db.tenant(tenantId, (connection) => listAttachmentRows(connection, id, attachmentId))
      : [];
  const found = row && (await services.artifacts.open(tenantId, row.artifact_id));
  if (!found) throw attachmentNotFound();
  return { file: attachmentView(row), content: found.content };
}

/** @throws InterlockError `not_found`, `invalid_input` at `/artifactId`, `already_exists` or `payload_too_large` */
export async function addAttachment(
  context: ChangeContext<AttachingServices>,
  sent: { id: string; artifactId: string; name?: string | undefined },
): Promise<Attachment> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  assertStorable({ name: sent.name });
  const exception = await services.db.tenant(tenantId, (connection) => readExceptionRow(connection, sent.id));
  if (!exception) throw exceptionNotFound();
  const { name, contentType } = await checkFile(context, sent);
  const id = uuidv7();
  return changing(context, sent.id, async (connection, row) => {
    // Until the end nothing removes the file.
    await lockArtifacts(connection, tenantId);
    if (!(await readArtifact(connection, sent.artifactId))) throw noFile();
    const before = await listAttachmentRows(connection, row.id);
    if (before.some((each) => each.artifact_id === sent.artifactId))
      throw alreadyExists('This file is attached already', '/artifactId');
    if (before.length >= maxAttachments)
      throw refuse(`This exception has ${maxAttachments} files, and cannot have more. Remove one first.`);
    await insertAttachment(
      connection,
      { id, exception_id: row.id, artifact_id: sent.artifactId, name, content_type: contentType },
      actor,
    );
    await markUsed(connection, sent.artifactId, id);
    const [added] = await listAttachmentRows(connection, row.id, id);
    const view = attachmentView(added!);
    const { bytes, sha256 } = view;
    const data = { attachmentId: id, name, contentType, bytes, sha256 };
    await tell(connection, context, about(row.id, 'ExceptionAttachmentAdded', data));
    return view;
  });
}

/** Reads what the file is. */
async function checkFile(
  { services, identity: { tenantId } }: ChangeContext<AttachingServices>,
  sent: { artifactId: string; name?: string | undefined },
): Promise<{ name: string; contentType: string }> {
  const artifact = await services.artifacts.get(tenantId, sent.artifactId);
  if (!artifact) throw noFile();
  const most = services.environment.INTERLOCK_ATTACHMENT_BYTES;
  if (artifact.bytes > most)
    throw new InterlockError(
      'payload_too_large',
      `An attached file has at most ${most} bytes; this one has ${artifact.bytes}. It was not attached.`,
    );
  const found = await services.artifacts.read(tenantId, sent.artifactId);
  if (!found) throw noFile();
  const name = sent.name ?? artifact.name;
  const kind = attachmentKind(found.content, name, artifact.contentType);
  if ('refused' in kind) throw refuse(`${kind.refused} It was not attached.`);
  return { name: await services.written.text(tenantId, name), contentType: kind.contentType };
}

/**
 * The file itself goes when nothing else uses it for 30 days: an execution that waits may name it.
 * @throws InterlockError `not_found`, `forbidden` or `conflict` when a legal hold covers the exception
 */
export function removeAttachment(
  context: ChangeContext,
  { id, attachmentId }: { id: string; attachmentId: string },
): Promise<void> {
  const { tenantId, actor } = context.identity;
  return changing(context, id, async (connection, row) => {
    const [attached] = isUuid(attachmentId) ? await listAttachmentRows(connection, row.id, attachmentId) : [];
    if (!attached) throw attachmentNotFound();
    const own = attached.created_by_id === actor.id && attached.created_by_type === actor.type;
    if (!own && !can(context.identity, 'exceptions.configure'))
      throw new InterlockError(
        'forbidden',
        `${attached.created_by_name} attached this file: they remove it, or a tenant admin. It is still there.`,
      );
    if (await isHeld(connection, row.id))
      throw new InterlockError(
        'conflict',
        'A legal hold covers this exception, so its files stay until the hold is released.',
      );
    await lockArtifacts(connection, tenantId);
    await deleteAttachment(connection, attached.id);
    await releaseArtifacts(connection, tenantId, [attached.id], new Date());
    const { name } = attached;
    await tell(connection, context, about(row.id, 'ExceptionAttachmentRemoved', { attachmentId, name }));
  });
}

const attachmentNotFound = () => new InterlockError('not_found', 'File not found.');
const refuse = (message: string) =>
  new InterlockError('invalid_input', message, {
    issues: [{ path: '/artifactId', message, keyword: 'attachment' }],
  });
const noFile = () => refuse('File not found. Upload it again.');

function attachmentView(row: AttachmentRow): Attachment {
  return {
    id: row.id,
    artifactId: row.artifact_id,
    name: row.name,
    contentType: row.content_type,
    bytes: row.bytes,
    sha256: row.digest.toString('hex'),
    preview: isPreviewed(row.content_type),
    createdBy: creatorOf(row),
    createdAt: row.created_at.toISOString(),
  };
}
