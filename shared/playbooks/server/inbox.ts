import type { ReadContext } from '../../events/server/change-context.ts';
import { listWaiting } from '../../executions/db/executions-approval.ts';
import { hasRole, type Identity, roles } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  countInbox as countInboxRows,
  type InboxKey,
  type InboxPosition,
  listInbox,
  mostSearched,
  searchInbox,
} from '../db/inbox.ts';
import { countUnread, listNotices, markRead, type NoticeRow } from '../db/notices.ts';
import { readRuns, starterOf } from '../db/playbook-runs.ts';
import { readStepRuns } from '../db/step-runs.ts';
import type { InboxGroup, InboxGroupsInput, InboxInput, InboxItem } from '../inbox-schemas.ts';
import { noGroup } from '../inbox-sorts.ts';
import { allSteps } from '../playbook-document.ts';
import { doable } from './doable.ts';
import { executionItems } from './execution-items.ts';
import { loadWholeRuns } from './load-runs.ts';
import { toStepView } from './run-view.ts';
import { typesForPeople } from './step-runners.ts';

export interface InboxFilter extends Omit<InboxInput, 'cursor'> {
  after: InboxPosition | null;
}

/** A page of the steps and executions that wait for people, as this identity sees them. */
export function readInbox(
  { services, identity }: ReadContext,
  filter: InboxFilter,
): Promise<{ items: InboxItem[]; next: InboxPosition | null }> {
  return services.db.tenant(identity.tenantId, (connection) => inboxPage(connection, identity, filter));
}

/** Counting stops here. */
const mostCounted = 1000;
/** The same of what one can do, which is judged one by one: of a thousand approvals it would take 0.1 s. */
const mostTodo = 200;

/**
 * How many steps and executions this identity can do now (up to `mostTodo`), how many wait for it, its roles and everyone, how many are overdue, and
 * the unread notices: each up to `mostCounted`.
 */
export function countInbox({ services, identity }: ReadContext) {
  const reader = readerOf(identity);
  return services.db.tenant(identity.tenantId, async (connection) => {
    const { keys: todo } = await keysFor(connection, identity, {
      scope: 'todo',
      sort: 'due',
      after: null,
      limit: mostTodo,
    });
    const now = Date.now();
    return {
      todo: todo.length,
      todoOverdue: todo.filter(({ at }) => at !== null && at.getTime() < now).length,
      ...(await countInboxRows(
        connection,
        { ...reader, actorId: identity.actor.id },
        { limit: mostCounted, forPeople: typesForPeople() },
      )),
      unreadNotices: await countUnread(connection, reader, mostCounted),
    };
  });
}

const mostGroups = 500;

/** The groups of what waits, in the order of the list, each with its count. */
export function readInboxGroups(
  { services, identity }: ReadContext,
  { group, ...filter }: InboxGroupsInput,
): Promise<InboxGroup[]> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const asked = { ...filter, group, sort: 'due' as const, after: null, limit: 10 * mostSearched };
    const { keys } = await keysFor(connection, identity, asked);
    const groups = Map.groupBy(keys, (each) => each.group ?? noGroup);
    return [...groups].slice(0, mostGroups).map(([key, of]) => ({
      key,
      label: of[0]?.groupLabel ?? null,
      count: of.length,
      overdue: of.filter(({ overdue }) => overdue).length,
    }));
  });
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
  { limit, without, ...filter }: InboxFilter,
): Promise<{ items: InboxItem[]; next: InboxPosition | null }> {
  const closed = without?.split(',').filter(Boolean);
  const asked = { ...filter, without: closed, limit: limit + 1 };
  const { keys, after } = await keysFor(connection, identity, asked);
  const shown = keys.slice(0, limit);
  const steps = await stepItems(connection, identity, idsOf(shown, false));
  const executions = await executionItems(connection, await listWaiting(connection, idsOf(shown, true)));
  const items = shown.flatMap(({ id }) => steps.get(id) ?? executions.get(id) ?? []);
  return { items, next: keys.length > limit ? positionOf(keys[limit - 1]!) : after };
}

const positionOf = ({ at, id, rank, asOf }: InboxKey): InboxPosition => ({
  at: at?.toISOString() ?? 'infinity',
  id,
  rank,
  asOf: asOf?.toISOString() ?? null,
});

interface KeyFilter
  extends Pick<InboxFilter, 'scope' | 'sort' | 'after' | 'limit'>,
    Partial<Omit<InboxFilter, 'scope' | 'sort' | 'after' | 'limit' | 'without'>> {
  without?: readonly string[] | undefined;
}

/**
 * What waits in its order. `todo` is what can be done of it: the same list, from which the rest is left out.
 * @returns `after`: there may be more behind this one, although there are fewer than asked for; one request does not judge all
 */
async function keysFor(
  connection: TenantConnection,
  identity: Identity,
  { scope, limit, sort, after: start, ...filter }: KeyFilter,
): Promise<{ keys: InboxKey[]; after: InboxPosition | null }> {
  const mine = {
    actorId: identity.actor.id,
    person: identity.person,
    roles: scope === 'roles' || scope === 'todo' ? rolesOf(identity) : [],
  };
  const page = { mine: scope === 'all' ? null : mine, forPeople: typesForPeople() };
  // By due date, and all of it, it is the head of an index, however much waits.
  const isPlain = sort === 'due' && Object.values(filter).every((value) => value === undefined);
  const read = (after: InboxPosition | null, most: number) =>
    isPlain
      ? listInbox(connection, { ...page, after, limit: most })
      : searchInbox(connection, { ...page, ...filter, sort, after, limit: most });
  if (scope !== 'todo') return { keys: await read(start, limit), after: null };
  const found: InboxKey[] = [];
  const most = Math.max(limit, mostJudged);
  let after = start;
  for (let judged = 0; judged < most; ) {
    // Each search begins anew, so there are few: each is as large as those before together.
    const atOnce = Math.min(Math.max(limit, leastJudged, judged), most - judged);
    const keys = await read(after, atOnce);
    const can = await doable(connection, identity, keys);
    found.push(...keys.filter(({ id }) => can.has(id)));
    const last = keys.at(-1);
    if (found.length >= limit || keys.length < atOnce || !last)
      return { keys: found.slice(0, limit), after: null };
    judged += keys.length;
    after = positionOf(last);
  }
  return { keys: found, after };
}

/** Judged at once, so that a page needs few statements. */
const leastJudged = 100;
/** Judged by one request: whoever can do nothing of very much waits for its next page, and no one else for them. */
const mostJudged = 2000;

const idsOf = (keys: readonly InboxKey[], executions: boolean): string[] =>
  keys.filter(({ isExecution }) => isExecution === executions).map(({ id }) => id);

/** By id of the step run. */
async function stepItems(
  connection: TenantConnection,
  identity: Identity,
  ids: string[],
): Promise<Map<string, InboxItem>> {
  const rows = ids.length === 0 ? [] : await readStepRuns(connection, ids);
  const runs = await readRuns(connection, [...new Set(rows.map((row) => row.run_id))]);
  const wholes = new Map(
    (await loadWholeRuns(connection, runs, rows)).map((whole) => {
      const placed = allSteps(whole.document);
      return [whole.run.id, { whole, placed: new Map(placed.map((each) => [each.step.id, each])) }];
    }),
  );
  return new Map(
    rows.map((row) => {
      const { whole, placed } = wholes.get(row.run_id)!;
      const { run, exception } = whole;
      return [
        row.id,
        {
          step: toStepView(whole, placed.get(row.step_id)!, row, identity),
          run: {
            id: run.id,
            playbookId: run.playbook_id,
            playbookTitle: run.playbook_title,
            playbookVersion: run.playbook_version,
            startedBy: starterOf(run),
            paused: run.paused_at !== null,
            total: placed.size,
          },
          exception,
        },
      ];
    }),
  );
}

const readerOf = (identity: Identity) => ({
  userId: identity.actor.id,
  person: identity.person,
  roles: rolesOf(identity),
});

/** Every role of the identity, including implied ones. */
const rolesOf = (identity: Identity): string[] => roles.filter((role) => hasRole(identity.roles, role));
