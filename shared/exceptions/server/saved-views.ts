import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
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
export async function saveView(
  { services, identity }: ReadContext,
  sent: Omit<SavedView, 'id'>,
): Promise<SavedView> {
  assertStorable(sent);
  const view = { id: uuidv7(), ...sent };
  const saved = await services.db.tenant(identity.tenantId, (c) => insertView(c, identity.actor.id, view));
  if (!saved) throw alreadyExists('You already have a view with this name');
  return view;
}

/** @throws InterlockError `not_found`, also for another person's view */
export async function removeView({ services, identity }: ReadContext, id: string): Promise<void> {
  const removed =
    isUuid(id) && (await services.db.tenant(identity.tenantId, (c) => deleteView(c, identity.actor.id, id)));
  if (!removed) throw new InterlockError('not_found', 'View not found.');
}
