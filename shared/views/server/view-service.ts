import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../events/event-types.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { authorize, can, type Identity } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { onUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { WrittenText } from '../../tools/server/written-text.ts';
import {
  countViews,
  deleteView,
  dropDefaults,
  insertView,
  listViews,
  lockView,
  lockViews,
  type SeenView,
  updateView,
  type ViewRow,
  writeDefault,
} from '../db/views.ts';
import { maxViews, type SavedView, type ViewContent, type ViewList } from '../view-schemas.ts';

const viewNotFound = () => new InterlockError('not_found', 'View not found.');
const nameTaken = (shared: boolean) =>
  onUniqueViolation(
    shared
      ? 'A shared view of this list has this name'
      : 'You already have a view of this list with this name',
  );

const isMine = ({ actor }: Identity, { owner_id }: ViewRow) => actor.id === owner_id;
const mayWrite = (identity: Identity, row: ViewRow) => isMine(identity, row) || can(identity, 'views.manage');

type WriteContext = ChangeContext<{ written: WrittenText }>;

/** A text that people write never holds a secret that the vault knows. */
async function withoutSecrets(
  { services, identity: { tenantId } }: WriteContext,
  content: ViewContent,
): Promise<ViewContent> {
  const clear = (text: string) => services.written.text(tenantId, text);
  const filters = Object.entries(content.filters).map(async ([name, value]) => [name, await clear(value)]);
  return {
    ...content,
    name: (await clear(content.name)).slice(0, 80).toWellFormed(),
    filters: Object.fromEntries(await Promise.all(filters)),
  };
}

function viewOf(identity: Identity, row: SeenView): SavedView {
  return {
    id: row.id,
    list: row.list,
    name: row.name,
    shared: row.shared,
    filters: row.filters,
    hiddenColumns: row.hidden_columns,
    density: row.density,
    revision: row.revision,
    owner: { id: row.owner_id, name: row.owner_name },
    mine: isMine(identity, row),
    writable: mayWrite(identity, row),
    isDefault: row.is_default,
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The caller's own and those that are shared, by name. */
export function readViews({ services, identity }: ReadContext, list?: ViewList): Promise<SavedView[]> {
  return services.db.tenant(identity.tenantId, async (connection) =>
    (await listViews(connection, identity.actor.id, { list })).map((row) => viewOf(identity, row)),
  );
}

async function readView({ services, identity }: ReadContext, id: string): Promise<SavedView> {
  const [row] = isUuid(id)
    ? await services.db.tenant(identity.tenantId, (connection) =>
        listViews(connection, identity.actor.id, { id }),
      )
    : [];
  if (!row) throw viewNotFound();
  return viewOf(identity, row);
}

async function checkRoom(
  connection: TenantConnection,
  of: { list: ViewList; shared: boolean; ownerId: string },
): Promise<void> {
  await lockViews(connection, of.list);
  if ((await countViews(connection, of)) < maxViews) return;
  throw new InterlockError(
    'conflict',
    of.shared
      ? `A list has at most ${maxViews} shared views. Nothing was saved; remove one first.`
      : `You have at most ${maxViews} views of a list. Nothing was saved; remove one first.`,
  );
}

/** @throws InterlockError `already_exists`; `forbidden` to share without the role; `conflict` when there are too many */
export async function createView(
  context: WriteContext,
  { list, ...sent }: ViewContent & { list: ViewList },
): Promise<SavedView> {
  const { services, identity } = context;
  if (sent.shared) authorize(identity, 'views.share');
  const content = await withoutSecrets(context, sent);
  const id = uuidv7();
  const { id: ownerId } = identity.actor;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    await checkRoom(connection, { list, shared: content.shared, ownerId });
    await insertView(connection, { id, list, content, owner: identity.actor }).catch(
      nameTaken(content.shared),
    );
    await tellView(connection, context, 'ViewSaved', { id, list, shared: content.shared });
  });
  return readView(context, id);
}

/**
 * Replaces a view that the caller may change: their own, and every shared one with the role.
 * @throws InterlockError `not_found`, `forbidden`, `already_exists`, `conflict`, `precondition_failed`
 */
export async function replaceView(
  context: WriteContext,
  id: string,
  sent: ViewContent,
  ifMatch?: IfMatch,
): Promise<SavedView> {
  const { identity } = context;
  const content = await withoutSecrets(context, sent);
  await changing(context, id, ifMatch, async (connection, row) => {
    // Also of one that is shared: they may have lost the role since.
    if (content.shared) authorize(identity, 'views.share');
    if (row.shared && !content.shared && !isMine(identity, row))
      throw new InterlockError(
        'forbidden',
        'Only its owner can make this view private. Nothing was changed.',
      );
    const { list, owner_id: ownerId } = row;
    if (content.shared !== row.shared) await checkRoom(connection, { list, shared: content.shared, ownerId });
    await updateView(connection, id, content).catch(nameTaken(content.shared));
    if (!content.shared) await dropDefaults(connection, id, ownerId);
    await tellView(connection, context, 'ViewSaved', { id, list, shared: content.shared });
  });
  return readView(context, id);
}

/** @throws InterlockError `not_found`, `forbidden`, `precondition_failed` */
export function removeView(context: ChangeContext, id: string, ifMatch?: IfMatch): Promise<void> {
  return changing(context, id, ifMatch, async (connection, { list, shared }) => {
    await deleteView(connection, id);
    await tellView(connection, context, 'ViewRemoved', { id, list, shared });
  });
}

/** With which view a list opens, for the caller. @throws InterlockError `not_found`, also for a view of another list */
export async function chooseDefault(
  context: ChangeContext,
  list: ViewList,
  viewId: string | null,
): Promise<void> {
  const { services, identity } = context;
  const { id: ownerId } = identity.actor;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    if (viewId !== null) {
      const view = isUuid(viewId) ? await lockView(connection, ownerId, viewId) : null;
      if (view?.list !== list) throw viewNotFound();
    }
    if (!(await writeDefault(connection, { ownerId, list, viewId }))) return;
    await tell(connection, context, {
      type: 'DefaultViewChosen',
      subjectType: 'settings',
      subjectId: viewId ?? list,
      data: { list },
    });
  });
}

async function changing(
  context: ChangeContext,
  id: string,
  ifMatch: IfMatch | undefined,
  change: (connection: TenantConnection, row: ViewRow) => Promise<void>,
): Promise<void> {
  const { services, identity } = context;
  await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const row = isUuid(id) ? await lockView(connection, identity.actor.id, id) : null;
      if (!row) throw viewNotFound();
      if (!mayWrite(identity, row))
        throw new InterlockError(
          'forbidden',
          `Only ${row.owner_name} and tenant admins can change this view. Nothing was changed.`,
        );
      checkState(ifMatch, row.revision);
      await change(connection, row);
    })
    .catch(
      refuseStale(async () => {
        const current = await readView(context, id);
        return {
          what: 'The view',
          changedBy: { type: 'user', ...current.owner },
          changedAt: current.updatedAt,
          current,
        };
      }),
    );
}

const tellView = (
  connection: TenantConnection,
  context: ChangeContext,
  type: EventType,
  { id, list, shared }: { id: string; list: ViewList; shared: boolean },
) => tell(connection, context, { type, subjectType: 'settings', subjectId: id, data: { list, shared } });
