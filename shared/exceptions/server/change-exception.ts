import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { tell } from '../../events/server/tell.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { IfMatch } from '../../platform/if-match.ts';
import { type ExceptionFields, type ExceptionRow, writeExceptionFields } from '../db/exceptions.ts';
import { readDomain } from '../db/exceptions-domains.ts';
import { noteEditor } from '../db/exceptions-editors.ts';
import { exceptionLabel } from '../exception-number.ts';
import type { ExceptionView, updateExceptionInputSchema } from '../exception-schemas.ts';
import { assertStorable, checkAttributes } from './check-attributes.ts';
import {
  about,
  changing,
  type MemberContext,
  readAssignee,
  type WritingContext,
  withoutSecrets,
} from './exception-context.ts';
import { getException, readException } from './exception-views.ts';

/**
 * Changes the fields that are sent. A value that is the same is no change and makes no event.
 * @throws InterlockError `not_found`, `invalid_input`, `precondition_failed`, or `conflict` for another revision or for
 * the status of a resolved exception
 */
export async function updateException(
  context: WritingContext,
  { id, revision, ...asked }: z.output<typeof updateExceptionInputSchema>,
  ifMatch?: IfMatch,
): Promise<ExceptionView> {
  assertStorable(asked);
  const sent = await withoutSecrets(context, asked);
  const titles = await readTitles(context, id, sent.title);
  const checked = await checkChange(context, { id, revision, ...sent });
  return changing(
    context,
    id,
    async (connection, row) => {
      if (revision !== undefined && revision !== row.revision) {
        throw new InterlockError(
          'conflict',
          `${exceptionLabel(row.number)} has changed since (revision ${row.revision}, not ${revision}). Load it again.`,
        );
      }
      if (sent.status !== undefined) assertUnresolved(row);
      const { dueAt, ...fields } = sent;
      const next: ExceptionFields = {
        ...row,
        ...fields,
        ...(dueAt === undefined ? {} : { due_at: dueAt === null ? null : new Date(dueAt) }),
      };
      if (sent.attributes !== undefined || next.domain !== row.domain) {
        if (checked?.domain !== next.domain || !isDeepStrictEqual(checked.given, next.attributes))
          throw new InterlockError(
            'conflict',
            `${exceptionLabel(row.number)} has changed at the same moment. Nothing was changed; try again.`,
          );
        next.attributes = checked.attributes;
      }
      const changed = changedFields(row, next);
      if (changed.length > 0) {
        await writeExceptionFields(connection, row.id, next);
        await noteEditor(connection, row.id, context.identity);
        await tell(
          connection,
          context,
          about(row.id, 'ExceptionUpdated', { changed, changes: changesOf(row, next, titles) }),
        );
      }
      return readException(connection, row.id);
    },
    ifMatch,
  );
}

/** Texts as an event keeps them, by the titles. */
type Titles = ReadonlyMap<string, string>;

async function readTitles(context: WritingContext, id: string, title: string | undefined): Promise<Titles> {
  if (title === undefined) return new Map();
  const { services, identity } = context;
  const before = await getException(context, id);
  const noted = async (text: string) => [text, await services.written.note(identity.tenantId, text)] as const;
  return new Map(await Promise.all([before.title, title].map(noted)));
}

/** What the timeline says of changes: from what to what. Long texts and attributes are only named. */
function changesOf(before: ExceptionFields, after: ExceptionFields, titles: Titles): Record<string, unknown> {
  const shown = {
    title: ({ title }: ExceptionFields) => titles.get(title) ?? null,
    domain: ({ domain }: ExceptionFields) => domain,
    severity: ({ severity }: ExceptionFields) => severity,
    status: ({ status }: ExceptionFields) => status,
    dueAt: ({ due_at }: ExceptionFields) => due_at?.toISOString() ?? null,
  };
  return Object.fromEntries(
    changedFields(before, after).flatMap((field) => {
      const read = shown[field as keyof typeof shown];
      return read ? [[field, { from: read(before), to: read(after) }]] : [];
    }),
  );
}

/** The attributes after a change, checked before the row is locked; null when neither they nor their domain change. */
async function checkChange(
  context: WritingContext,
  sent: Pick<z.output<typeof updateExceptionInputSchema>, 'id' | 'revision' | 'attributes' | 'domain'>,
): Promise<{ domain: string; given: unknown; attributes: Record<string, unknown> } | null> {
  if (sent.attributes === undefined && sent.domain === undefined) return null;
  const { services, identity } = context;
  const seen = await getException(context, sent.id);
  const domain = sent.domain ?? seen.domain;
  const given = sent.attributes ?? seen.attributes;
  const stale = sent.revision !== undefined && sent.revision !== seen.revision;
  if (stale || (sent.attributes === undefined && domain === seen.domain)) return null;
  const row = await services.db.tenant(identity.tenantId, (connection) => readDomain(connection, domain));
  const schema = row?.attribute_schema ?? null;
  const attributes = await checkAttributes(given, schema, identity.tenantId);
  return { domain, given, ...(await withoutSecrets(context, { attributes }, schema)) };
}

/**
 * @param reference a member's id or email address; null for no one
 * @throws InterlockError `not_found`, `invalid_input` at `/assignee`, or `conflict` when it is resolved
 */
export async function assignException(
  context: MemberContext,
  id: string,
  reference: string | null,
  ifMatch?: IfMatch,
): Promise<ExceptionView> {
  assertStorable({ assignee: reference });
  // Checked first, so that another tenant learns nothing about members.
  await getException(context, id);
  const assignee = await readAssignee(context, reference);
  return changing(
    context,
    id,
    async (connection, row) => {
      assertUnresolved(row);
      if (row.assignee_id !== (assignee?.id ?? null)) {
        await writeExceptionFields(connection, row.id, {
          ...row,
          assignee_id: assignee?.id ?? null,
          assignee_name: assignee?.name ?? null,
        });
        await tell(
          connection,
          context,
          about(row.id, 'ExceptionAssigned', {
            assignee: assignee && { id: assignee.id, name: assignee.name },
            from: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
          }),
        );
      }
      return readException(connection, row.id);
    },
    ifMatch,
  );
}

/** @throws InterlockError `not_found`, or `conflict` when it is already resolved */
export async function resolveException(
  context: WritingContext,
  {
    id,
    code,
    note: sent,
    ifMatch,
  }: { id: string; code: string; note?: string | undefined; ifMatch?: IfMatch | undefined },
): Promise<ExceptionView> {
  assertStorable({ note: sent ?? null });
  const note = sent && (await context.services.written.note(context.identity.tenantId, sent));
  return changing(
    context,
    id,
    async (connection, row) => {
      assertUnresolved(row);
      await writeExceptionFields(connection, row.id, {
        ...row,
        status: 'resolved',
        resolution_code: code,
        resolution_note: note || null,
      });
      // Reopening removes the note from the exception; the event keeps it.
      await tell(
        connection,
        context,
        about(row.id, 'ExceptionResolved', {
          code,
          changes: { status: { from: row.status, to: 'resolved' } },
          ...(note ? { note } : {}),
        }),
      );
      return readException(connection, row.id);
    },
    ifMatch,
  );
}

/** @throws InterlockError `not_found`, or `conflict` when it is not resolved */
export async function reopenException(
  context: WritingContext,
  { id, reason: sent, ifMatch }: { id: string; reason: string; ifMatch?: IfMatch | undefined },
): Promise<ExceptionView> {
  assertStorable({ reason: sent });
  const reason = await context.services.written.note(context.identity.tenantId, sent);
  return changing(
    context,
    id,
    async (connection, row) => {
      if (row.status !== 'resolved') {
        throw new InterlockError('conflict', `${exceptionLabel(row.number)} is not resolved.`);
      }
      await writeExceptionFields(connection, row.id, {
        ...row,
        status: 'open',
        resolution_code: null,
        resolution_note: null,
      });
      await tell(
        connection,
        context,
        about(row.id, 'ExceptionReopened', { reason, changes: { status: { from: 'resolved', to: 'open' } } }),
      );
      return readException(connection, row.id);
    },
    ifMatch,
  );
}

function assertUnresolved(row: ExceptionRow): void {
  if (row.status !== 'resolved') return;
  throw new InterlockError('conflict', `${exceptionLabel(row.number)} is resolved. Reopen it first.`);
}

const updatable = {
  title: 'title',
  description: 'description',
  domain: 'domain',
  severity: 'severity',
  status: 'status',
  due_at: 'dueAt',
  attributes: 'attributes',
} as const satisfies Partial<Record<keyof ExceptionFields, string>>;

/** The fields that differ, by the names that callers know. */
function changedFields(before: ExceptionFields, after: ExceptionFields): string[] {
  const columns = Object.keys(updatable) as (keyof typeof updatable)[];
  return columns
    .filter((column) => !isDeepStrictEqual(before[column], after[column]))
    .map((column) => updatable[column]);
}
