import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { deleteView, insertView, listViews } from '../db/exceptions-views.ts';
import type { exceptionViewSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';
import type { ExceptionContext } from './exception-context.ts';

type SavedView = z.output<typeof exceptionViewSchema>;

/** The caller's own, by name. */
export async function readViews({ services, identity }: ExceptionContext): Promise<SavedView[]> {
  return services.db.tenant(identity.tenantId, (c) => listViews(c, identity.actor.id));
}

/** @throws InterlockError `already_exists` when the caller has one of this name */
export async function saveView(
  { services, identity }: ExceptionContext,
  sent: Omit<SavedView, 'id'>,
): Promise<SavedView> {
  assertStorable(sent);
  const view = { id: uuidv7(), ...sent };
  const saved = await services.db.tenant(identity.tenantId, (c) => insertView(c, identity.actor.id, view));
  if (saved) return view;
  throw new InterlockError('already_exists', 'You have a view of this name.', {
    issues: [{ path: '/name', message: 'Another view of yours has this name', keyword: 'unique' }],
  });
}

/** @throws InterlockError `not_found`, the same for somebody else's */
export async function removeView({ services, identity }: ExceptionContext, id: string): Promise<void> {
  const removed =
    isUuid(id) && (await services.db.tenant(identity.tenantId, (c) => deleteView(c, identity.actor.id, id)));
  if (!removed) throw new InterlockError('not_found', 'There is no such view.');
}
