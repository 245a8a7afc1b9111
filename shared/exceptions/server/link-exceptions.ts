import { v7 as uuidv7 } from 'uuid';
import type { ChangeContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { alreadyExists } from '../../platform/db/unique-violation.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { type ExceptionRow, lockExceptions, readExceptionRow } from '../db/exceptions.ts';
import { deleteLink, insertLink, type LinkKind } from '../db/exceptions-links.ts';
import type { ExceptionView } from '../exception-schemas.ts';
import { assertStorable, invalidInput } from './check-attributes.ts';
import { about, changing, type WritingContext } from './exception-context.ts';
import { exceptionNotFound, readException } from './exception-views.ts';
import { findException } from './find-exception.ts';

export interface LinkInput {
  id: string;
  kind: LinkKind;
  /** The other exception's id or number. */
  target?: string | undefined;
  url?: string | undefined;
  title: string;
}

/** @throws InterlockError `not_found`, `invalid_input` at `/target` or `/url`, or `already_exists` */
export async function linkException(context: WritingContext, sent: LinkInput): Promise<ExceptionView> {
  assertStorable(sent);
  const { written } = context.services;
  const { tenantId } = context.identity;
  const input: LinkInput = {
    ...sent,
    title: await written.text(tenantId, sent.title),
    url: sent.url && (await written.text(tenantId, sent.url)),
  };
  return context.services.db.tenantTransaction(context.identity.tenantId, async (connection) => {
    const row = await readExceptionRow(connection, input.id);
    if (!row) throw exceptionNotFound();
    checkShape(input);
    const target = input.target === undefined ? null : await readTarget(connection, row, input.target);
    await lockExceptions(connection, target ? [row.id, target.id] : [row.id]);
    const id = uuidv7();
    const link = { id, exceptionId: row.id, targetId: target?.id ?? null, url: input.url ?? null };
    if (!(await insertLink(connection, { ...link, kind: input.kind, title: input.title }))) {
      throw alreadyExists('This link already exists', target ? '/target' : '/url');
    }
    await tell(
      connection,
      context,
      about(row.id, 'ExceptionLinked', {
        linkId: id,
        kind: input.kind,
        ...(target ? { targetId: target.id, targetNumber: target.number } : {}),
      }),
    );
    return readException(connection, row.id);
  });
}

/** Removes a link from either side. @throws InterlockError `not_found` */
export function unlinkException(
  context: ChangeContext,
  { id, linkId }: { id: string; linkId: string },
): Promise<void> {
  return changing(context, id, async (connection, row) => {
    const link = isUuid(linkId) ? await deleteLink(connection, row.id, linkId) : null;
    if (!link) throw new InterlockError('not_found', 'Link not found.');
    await tell(connection, context, about(row.id, 'ExceptionUnlinked', { linkId, kind: link.kind }));
  });
}

/** A link to a page needs a URL, a link to another exception a target. */
function checkShape({ kind, target, url }: LinkInput): void {
  const [needed, other] = kind === 'url' ? (['url', 'target'] as const) : (['target', 'url'] as const);
  const sent = { target, url };
  const issues: Issue[] = [];
  if (sent[needed] === undefined) {
    issues.push({ path: `/${needed}`, message: `${needed} is required`, keyword: 'required' });
  }
  if (sent[other] !== undefined) {
    issues.push({ path: `/${other}`, message: `is not allowed for the kind ${kind}`, keyword: 'kind' });
  }
  if (issues.length > 0) throw invalidInput(issues);
}

async function readTarget(
  connection: TenantConnection,
  row: ExceptionRow,
  reference: string,
): Promise<ExceptionRow> {
  const target = await findException(connection, reference);
  const problem = !target
    ? 'Exception not found'
    : target.id === row.id
      ? 'An exception cannot be linked to itself'
      : null;
  if (problem) throw invalidInput([{ path: '/target', message: problem, keyword: 'exception' }]);
  return target!;
}
