import { v7 as uuidv7 } from 'uuid';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  type ExceptionRow,
  lockExceptions,
  readExceptionByNumber,
  readExceptionRow,
} from '../db/exceptions.ts';
import { deleteLink, insertLink, type LinkKind } from '../db/exceptions-links.ts';
import { readExceptionNumber } from '../exception-number.ts';
import type { ExceptionView } from '../exception-schemas.ts';
import { assertStorable, invalidInput } from './check-attributes.ts';
import { changing, type ExceptionContext, tell } from './exception-context.ts';
import { noException, readException } from './exception-views.ts';

export interface LinkInput {
  id: string;
  kind: LinkKind;
  /** The other exception's id or number. */
  target?: string | undefined;
  url?: string | undefined;
  title: string;
}

/** @throws InterlockError `invalid_input` at `/target` or `/url`, `already_exists` for a second one like it */
export function linkException(context: ExceptionContext, input: LinkInput): Promise<ExceptionView> {
  assertStorable(input);
  return context.services.db.tenantTransaction(context.identity.tenantId, async (connection) => {
    const row = await readExceptionRow(connection, input.id);
    if (!row) throw noException();
    checkShape(input);
    const target = input.target === undefined ? null : await readTarget(connection, row, input.target);
    await lockExceptions(connection, target ? [row.id, target.id] : [row.id]);
    const id = uuidv7();
    const link = { id, exceptionId: row.id, targetId: target?.id ?? null, url: input.url ?? null };
    if (!(await insertLink(connection, { ...link, kind: input.kind, title: input.title }))) {
      const issue = { path: target ? '/target' : '/url', message: 'is linked already', keyword: 'unique' };
      throw new InterlockError('already_exists', 'There is such a link already.', { issues: [issue] });
    }
    await tell(connection, context, 'ExceptionLinked', row.id, {
      linkId: id,
      kind: input.kind,
      ...(target ? { targetId: target.id, targetNumber: target.number } : {}),
    });
    return readException(connection, row.id);
  });
}

/** From either side. @throws InterlockError `not_found` */
export function unlinkException(
  context: ExceptionContext,
  { id, linkId }: { id: string; linkId: string },
): Promise<void> {
  return changing(context, id, async (connection, row) => {
    const link = isUuid(linkId) ? await deleteLink(connection, row.id, linkId) : null;
    if (!link) throw new InterlockError('not_found', 'There is no such link.');
    await tell(connection, context, 'ExceptionUnlinked', row.id, { linkId, kind: link.kind });
  });
}

/** A page has an address, another exception a target. */
function checkShape({ kind, target, url }: LinkInput): void {
  const [needed, other] = kind === 'url' ? (['url', 'target'] as const) : (['target', 'url'] as const);
  const sent = { target, url };
  const issues: Issue[] = [];
  if (sent[needed] === undefined) {
    issues.push({ path: `/${needed}`, message: `${needed} is required`, keyword: 'required' });
  }
  if (sent[other] !== undefined) {
    issues.push({ path: `/${other}`, message: `does not go with the kind ${kind}`, keyword: 'kind' });
  }
  if (issues.length > 0) throw invalidInput(issues);
}

async function readTarget(
  connection: TenantConnection,
  row: ExceptionRow,
  reference: string,
): Promise<ExceptionRow> {
  const number = readExceptionNumber(reference);
  const target =
    number === null
      ? await readExceptionRow(connection, reference)
      : await readExceptionByNumber(connection, number);
  const problem = !target
    ? 'There is no such exception'
    : target.id === row.id
      ? 'An exception is not linked to itself'
      : null;
  if (problem) throw invalidInput([{ path: '/target', message: problem, keyword: 'exception' }]);
  return target!;
}
