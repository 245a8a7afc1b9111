import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import { nameCursor, type Page, pageFrom, readNameCursor } from '../../platform/server/paging.ts';
import { listPlaybookVersions } from '../db/playbook-versions.ts';
import { readPlaybook as readPlaybookRow } from '../db/playbooks.ts';
import { listPlaybooks } from '../db/playbooks-list.ts';
import type { PlaybookSummary, PlaybookView, playbookVersionViewSchema } from '../playbook-schemas.ts';
import { listFittingPlaybooks } from './fitting-playbooks.ts';
import { noPlaybook } from './playbook-errors.ts';
import { playbookSummary, playbookVersionView, readPlaybookView } from './playbook-views.ts';
import { readExceptionForExpressions } from './run-scope.ts';

export interface PlaybookListInput {
  status?: 'draft' | 'published' | undefined;
  q?: string | undefined;
  /** Only published playbooks one of whose triggers fits this exception. */
  exceptionId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A page by name. @throws InterlockError `not_found` for the exception */
export async function playbookPage(
  { services, identity }: ReadContext,
  { cursor, limit, exceptionId, ...filter }: PlaybookListInput,
): Promise<Page<PlaybookSummary>> {
  const after = cursor === undefined ? undefined : readNameCursor(cursor);
  const page = { ...filter, after, limit: limit + 1 };
  const { tenantId } = identity;
  const inTenant = <T>(read: (connection: TenantConnection) => Promise<T>) =>
    services.db.tenant(tenantId, read);
  const rows =
    exceptionId === undefined
      ? await inTenant((connection) => listPlaybooks(connection, page))
      : await listFittingPlaybooks(
          services.db,
          tenantId,
          await inTenant((connection) => readExceptionForExpressions(connection, exceptionId)),
          page,
        );
  return pageFrom(rows, limit, nameCursor, playbookSummary);
}

/** Playbooks by id. Those that the tenant does not have, and archived ones, are left out. */
export async function readPlaybookSummaries(
  { services, identity }: ReadContext,
  ids: readonly string[],
): Promise<PlaybookSummary[]> {
  const known = ids.filter(isUuid);
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listPlaybooks(connection, { ids: known, limit: known.length }),
  );
  return rows.map(playbookSummary);
}

/** The published version and the draft. @throws InterlockError `not_found` */
export function readPlaybook({ services, identity }: ReadContext, id: string): Promise<PlaybookView> {
  return readPlaybookView(services.db, identity.tenantId, id);
}

/** Newest first; with `only`, that one. @throws InterlockError `not_found` */
export function readPlaybookVersions(
  { services, identity }: ReadContext,
  id: string,
  only?: number,
): Promise<z.infer<typeof playbookVersionViewSchema>[]> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const row = await readPlaybookRow(connection, id);
    if (!row) throw noPlaybook();
    const versions = await listPlaybookVersions(connection, row.id, only);
    return versions.map((version) => playbookVersionView(row, version));
  });
}
