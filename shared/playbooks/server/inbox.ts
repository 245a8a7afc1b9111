import type { ReadContext } from '../../events/server/change-context.ts';
import { listWaiting } from '../../executions/db/executions-approval.ts';
import { approvals, whoDecides } from '../../executions/server/approval-rules.ts';
import { requesterOf } from '../../executions/server/execution-view.ts';
import { hasRole, type Identity, roles } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { listExceptionRefs } from '../db/exceptions-of-runs.ts';
import {
  countInbox as countInboxRows,
  type InboxKey,
  type InboxPosition,
  listInbox,
  searchInbox,
} from '../db/inbox.ts';
import { countUnread, listNotices, markRead, type NoticeRow } from '../db/notices.ts';
import { readRuns, starterOf } from '../db/playbook-runs.ts';
import { readStepRuns } from '../db/step-runs.ts';
import type { InboxInput, InboxItem } from '../inbox-schemas.ts';
import { allSteps } from '../playbook-document.ts';
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

/** How many steps and executions wait for this identity, its roles and everyone, how many are overdue, and the unread notices: each up to `mostCounted`. */
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
  { scope, after, limit, sort, ...filter }: InboxFilter,
): Promise<{ items: InboxItem[]; next: InboxPosition | null }> {
  const mine = {
    actorId: identity.actor.id,
    person: identity.person,
    roles: scope === 'roles' ? rolesOf(identity) : [],
  };
  const page = {
    mine: scope === 'all' ? null : mine,
    after,
    limit: limit + 1,
    forPeople: typesForPeople(),
  };
  // By due date, and all of it, it is the head of an index, however much waits.
  const isPlain = sort === 'due' && Object.values(filter).every((value) => value === undefined);
  const keys = isPlain
    ? await listInbox(connection, page)
    : await searchInbox(connection, { ...page, ...filter, sort });
  const shown = keys.slice(0, limit);
  const steps = await stepItems(connection, identity, idsOf(shown, false));
  const executions = await executionItems(connection, idsOf(shown, true));
  const items = shown.flatMap(({ id }) => steps.get(id) ?? executions.get(id) ?? []);
  const last = keys.length > limit ? keys[limit - 1]! : null;
  return { items, next: last && { at: last.at?.toISOString() ?? 'infinity', id: last.id, rank: last.rank } };
}

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

async function executionItems(connection: TenantConnection, ids: string[]): Promise<Map<string, InboxItem>> {
  const rows = await listWaiting(connection, ids);
  const named = [...new Set(rows.flatMap(({ exception_id }) => exception_id ?? []))].filter(isUuid);
  const refs = named.length === 0 ? [] : await listExceptionRefs(connection, named);
  const exceptions = new Map(refs.map((each) => [each.id, each]));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        execution: {
          id: row.id,
          toolId: row.tool_id,
          toolName: row.tool_name,
          toolTitle: row.tool_title,
          toolVersion: row.tool_version,
          actor: requesterOf(row),
          createdAt: row.created_at.toISOString(),
          dueAt: (row.approval_expires_at ?? row.created_at).toISOString(),
          reason: row.approval.reason,
          required: row.approval.required,
          approved: approvals(row.approval).length,
          waitingOn: whoDecides(row.approval),
        },
        exception: exceptions.get(row.exception_id ?? '') ?? null,
      },
    ]),
  );
}

const readerOf = (identity: Identity) => ({
  userId: identity.actor.id,
  person: identity.person,
  roles: rolesOf(identity),
});

/** Every role of the identity, including implied ones. */
const rolesOf = (identity: Identity): string[] => roles.filter((role) => hasRole(identity.roles, role));
