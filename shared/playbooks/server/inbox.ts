import type { ReadContext } from '../../events/server/change-context.ts';
import { hasRole, type Identity, roles } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { countInbox as countInboxRows, listInbox } from '../db/inbox.ts';
import { countUnread, listNotices, markRead, type NoticeRow } from '../db/notices.ts';
import { readRuns, starterOf } from '../db/playbook-runs.ts';
import type { InboxItem } from '../inbox-schemas.ts';
import { allSteps } from '../playbook-document.ts';
import { loadWholeRuns } from './load-runs.ts';
import { toStepView } from './run-view.ts';
import { typesForPeople } from './step-runners.ts';

/** The last item of a page. `dueAt` is `infinity` for steps without a due date. */
export interface InboxPosition {
  dueAt: string;
  id: string;
}

export interface InboxFilter {
  scope: 'mine' | 'roles' | 'all';
  after: InboxPosition | null;
  limit: number;
}

/** A page of the steps that wait for people, by due date, as this identity sees them. */
export function readInbox(
  { services, identity }: ReadContext,
  filter: InboxFilter,
): Promise<{ items: InboxItem[]; next: InboxPosition | null }> {
  return services.db.tenant(identity.tenantId, (connection) => inboxPage(connection, identity, filter));
}

/** Counting stops here. */
const mostCounted = 1000;

/** How many steps wait for this identity, its roles and everyone, how many are overdue, and the unread notices: each up to `mostCounted`. */
export function countInbox({ services, identity }: ReadContext) {
  const reader = readerOf(identity);
  return services.db.tenant(identity.tenantId, async (connection) => ({
    ...(await countInboxRows(
      connection,
      { ...reader, actorId: identity.actor.id },
      { limit: mostCounted, forPeople: typesForPeople() },
    )),
    unreadNotices: await countUnread(connection, reader, mostCounted),
  }));
}

const maxNotices = 50;

/** The newest notices for this person or their roles. */
export function readNotices({ services, identity }: ReadContext): Promise<NoticeRow[]> {
  return services.db.tenant(identity.tenantId, (connection) =>
    listNotices(connection, readerOf(identity), maxNotices),
  );
}

/** @param upTo the id of the newest notice that was read @throws InterlockError `not_found` */
export async function markNoticesRead({ services, identity }: ReadContext, upTo: string): Promise<void> {
  if (!isUuid(upTo)) throw new InterlockError('not_found', 'Notice not found.');
  await services.db.tenant(identity.tenantId, (connection) => markRead(connection, identity.actor.id, upTo));
}

async function inboxPage(
  connection: TenantConnection,
  identity: Identity,
  { scope, after, limit }: InboxFilter,
): Promise<{ items: InboxItem[]; next: InboxPosition | null }> {
  const mine = {
    actorId: identity.actor.id,
    person: identity.person,
    roles: scope === 'roles' ? rolesOf(identity) : [],
  };
  const rows = await listInbox(connection, {
    mine: scope === 'all' ? null : mine,
    after,
    limit: limit + 1,
    forPeople: typesForPeople(),
  });
  const shown = rows.slice(0, limit);
  const runs = await readRuns(connection, [...new Set(shown.map((row) => row.run_id))]);
  const wholes = new Map(
    (await loadWholeRuns(connection, runs, shown)).map((whole) => {
      const placed = allSteps(whole.document);
      return [whole.run.id, { whole, placed: new Map(placed.map((each) => [each.step.id, each])) }];
    }),
  );
  const items = shown.map((row) => {
    const { whole, placed } = wholes.get(row.run_id)!;
    const { run, exception } = whole;
    return {
      step: toStepView(whole, placed.get(row.step_id)!, row, identity),
      run: {
        id: run.id,
        playbookTitle: run.playbook_title,
        playbookVersion: run.playbook_version,
        startedBy: starterOf(run),
        paused: run.paused_at !== null,
        total: placed.size,
      },
      exception,
    };
  });
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return { items, next: last && { dueAt: last.due_at?.toISOString() ?? 'infinity', id: last.id } };
}

const readerOf = (identity: Identity) => ({
  userId: identity.actor.id,
  person: identity.person,
  roles: rolesOf(identity),
});

/** Every role of the identity, including implied ones. */
const rolesOf = (identity: Identity): string[] => roles.filter((role) => hasRole(identity.roles, role));
