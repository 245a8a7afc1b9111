import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { alreadyExists } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { deleteView, insertView, listViews } from '../db/exceptions-views.ts';
import type { exceptionViewSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';

type SavedView = z.output<typeof exceptionViewSchema>;

/** The caller's own, by name. */
export async function readViews({ services, identity }: ReadContext): Promise<SavedView[]> {
  return services.db.tenant(identity.tenantId, (c) => listViews(c, identity.actor.id));
}

/** @throws InterlockError `already_exists` when the caller has a view with this name */
export async function saveView(context: ChangeContext, sent: Omit<SavedView, 'id'>): Promise<SavedView> {
  const { services, identity } = context;
  assertStorable(sent);
  const view = { id: uuidv7(), ...sent };
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    if (!(await insertView(connection, identity.actor.id, view)))
      throw alreadyExists('You already have a view with this name');
    await tellView(connection, context, 'ViewSaved', view.id);
  });
  return view;
}

/** @throws InterlockError `not_found`, also for another person's view */
export async function removeView(context: ChangeContext, id: string): Promise<void> {
  const { services, identity } = context;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const removed = isUuid(id) && (await deleteView(connection, identity.actor.id, id));
    if (!removed) throw new InterlockError('not_found', 'View not found.');
    await tellView(connection, context, 'ViewRemoved', id);
  });
}

const tellView = (
  connection: TenantConnection,
  context: ChangeContext,
  type: 'ViewSaved' | 'ViewRemoved',
  id: string,
) => tell(connection, context, { type, subjectType: 'settings', subjectId: id });
