import type { ReadContext } from '../../events/server/change-context.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { readLinks } from '../db/exceptions-links.ts';
import {
  type ExceptionSummaryRow,
  readExceptionsWhole,
  readExceptionWhole,
  type WholeExceptionRow,
} from '../db/exceptions-list.ts';
import type { ExceptionSummary, ExceptionView } from '../exception-schemas.ts';

/** @throws InterlockError `not_found`, also for another tenant's exception */
export function getException({ services, identity }: ReadContext, id: string): Promise<ExceptionView> {
  return services.db.tenant(identity.tenantId, (connection) => readException(connection, id));
}

/** Without its links. */
export type ExceptionAlone = Omit<ExceptionView, 'links'>;

/** Exceptions by id, without their links, in one statement. Those that the tenant does not have are left out. */
export async function readExceptions(
  { services, identity }: ReadContext,
  ids: readonly string[],
): Promise<ExceptionAlone[]> {
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    readExceptionsWhole(connection, ids.filter(isUuid)),
  );
  return rows.map(exceptionAlone);
}

/** `getException` on a connection of the tenant. @throws InterlockError `not_found` */
export async function readException(connection: TenantConnection, id: string): Promise<ExceptionView> {
  const row = isUuid(id) ? await readExceptionWhole(connection, id) : null;
  if (!row) throw exceptionNotFound();
  return { ...exceptionAlone(row), links: await readLinks(connection, row.id) };
}

export function exceptionNotFound(): InterlockError {
  return new InterlockError('not_found', 'Exception not found.');
}

export function exceptionSummary(row: ExceptionSummaryRow): ExceptionSummary {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    domain: row.domain,
    severity: row.severity,
    status: row.status,
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
    dueAt: row.due_at?.toISOString() ?? null,
    waitingOn: row.waiting_on,
    lastEvent:
      row.last_event_type === null || row.last_event_at === null
        ? null
        : { type: row.last_event_type, at: row.last_event_at.toISOString() },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function exceptionAlone(row: WholeExceptionRow): ExceptionAlone {
  return {
    ...exceptionSummary(row),
    description: row.description,
    attributes: row.attributes,
    source: row.source,
    resolution:
      row.resolution_code === null || row.resolved_at === null
        ? null
        : { code: row.resolution_code, note: row.resolution_note, at: row.resolved_at.toISOString() },
    revision: row.revision,
    createdBy: creatorOf(row),
  };
}
