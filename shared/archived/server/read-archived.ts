import { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import { can, type Identity, type Permission } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { type Page, pageFrom, readCursor, writeCursor } from '../../platform/server/paging.ts';
import type { Archived, archivedInputSchema } from '../archived-schemas.ts';
import { type ArchivedType, archivedTypes } from '../archived-types.ts';
import { type ArchivedRow, listArchived } from '../db/archived.ts';

/** Who sees what was archived, and who restores it: those who list and archive it. */
const permissions: Record<ArchivedType, { read: Permission; write: Permission }> = {
  tool: { read: 'tools.read', write: 'tools.write' },
  connector: { read: 'connectors.read', write: 'connectors.write' },
  playbook: { read: 'playbooks.read', write: 'playbooks.write' },
  policy: { read: 'policies.read', write: 'policies.write' },
  rule: { read: 'rules.read', write: 'rules.write' },
  schedule: { read: 'schedules.read', write: 'schedules.write' },
  webhook: { read: 'webhooks.read', write: 'webhooks.write' },
  inbound_webhook: { read: 'inbound_webhooks.read', write: 'inbound_webhooks.write' },
};

const readable = (identity: Identity, types: readonly ArchivedType[]) =>
  types.filter((type) => can(identity, permissions[type].read));

/** Global ones are seen by those who archive them. */
const seesGlobal = (identity: Identity) => can(identity, 'tools.write_global');

const cursorKey = z.tuple([z.string().regex(/^\d{1,18}$/), z.uuid()]);

/** A page of what was archived and the caller may see, newest first. @throws InterlockError `invalid_input` for an invalid cursor */
export async function archivedPage(
  { services, identity }: ReadContext,
  { type, q, cursor, limit }: z.output<typeof archivedInputSchema>,
): Promise<Page<Archived>> {
  const key = cursor === undefined ? null : readCursor(cursor, cursorKey);
  const types = readable(identity, type === undefined ? archivedTypes : [type]);
  if (types.length === 0) return { items: [], nextCursor: null };
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listArchived(connection, {
      types,
      global: seesGlobal(identity),
      q,
      after: key ? { at: key[0], id: key[1] } : undefined,
      limit: limit + 1,
    }),
  );
  return pageFrom(
    rows,
    limit,
    (row) => writeCursor([row.at_micros, row.id]),
    (row) => viewOf(identity, row),
  );
}

/** @throws InterlockError `not_found` for one that is not archived, or that the caller may not see */
export async function readArchived(
  { services, identity }: ReadContext,
  { type, id }: { type: ArchivedType; id: string },
): Promise<Archived> {
  const types = isUuid(id) ? readable(identity, [type]) : [];
  const [row] =
    types.length === 0
      ? []
      : await services.db.tenant(identity.tenantId, (connection) =>
          listArchived(connection, { types, global: seesGlobal(identity), id, limit: 1 }),
        );
  if (!row) throw new InterlockError('not_found', 'Nothing archived has this id.');
  return viewOf(identity, row);
}

const viewOf = (identity: Identity, { type, id, name, title, at, by }: ArchivedRow): Archived => ({
  type,
  id,
  name,
  title,
  archivedAt: at.toISOString(),
  archivedBy: by,
  restorable: can(identity, permissions[type].write),
});
