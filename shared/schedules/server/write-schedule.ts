import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../events/event-types.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { type Actor, authorize } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { createdBefore } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { checkSpec } from '../check-spec.ts';
import {
  countSchedules,
  insertSchedule,
  insertScheduleNotice,
  lockSchedule,
  type ScheduleRow,
  updateSchedule,
} from '../db/schedules.ts';
import { maxSchedules, type Schedule, type ScheduleInput, type ScheduleSpec } from '../schedule-schemas.ts';
import { knownZone } from '../time-zone.ts';
import { ownerOf } from './fire-schedule.ts';
import type { ScheduleChange, ScheduleServices } from './schedule-context.ts';
import { isOwner, readScheduleView, scheduleNotFound } from './schedule-view.ts';
import { sealTarget } from './stored-target.ts';
import { syncSchedule } from './sync-schedule.ts';
import { kindOf, targetRunners } from './targets/target-runners.ts';

const subjectType = 'schedule';

/** @throws InterlockError `invalid_input` with every problem at its place */
export function mustBeSpec(spec: ScheduleSpec): ScheduleSpec {
  const issues = checkSpec(spec, new Date());
  if (issues.length > 0)
    throw new InterlockError(
      'invalid_input',
      'The times of the schedule are not valid. Nothing was changed.',
      {
        issues: issues.map((issue) => ({ ...issue, path: `/spec${issue.path}` })),
      },
    );
  const { timeZone } = spec;
  return timeZone === undefined ? spec : { ...spec, timeZone: knownZone(timeZone)! };
}

/** What is stored of a schedule, checked whole as its owner. @throws InterlockError */
async function checked(
  { services, identity }: ScheduleChange,
  id: string,
  { title: sent, target: asked, spec: times, overlap, catchupMs, maxRuns }: ScheduleInput,
) {
  const spec = mustBeSpec(times);
  const kind = kindOf(asked);
  const runner = targetRunners[kind];
  authorize(identity, runner.permission);
  const { id: targetId, name, target } = await runner.check(services, identity, asked).catch(atTarget);
  const { tenantId } = identity;
  const [title, shown] = await Promise.all(
    [sent ?? name, name].map((text) => services.written.note(tenantId, text)),
  );
  return {
    title: title!.slice(0, 200).toWellFormed(),
    spec,
    overlap,
    catchup_ms: catchupMs,
    max_runs: maxRuns ?? null,
    target_kind: kind,
    target_id: targetId,
    target_name: shown!.slice(0, 200).toWellFormed(),
    target_sealed: await sealTarget(services.vault, { tenantId, scheduleId: id }, target),
  };
}

function atTarget(error: unknown): never {
  if (!(error instanceof InterlockError) || !error.issues) throw error;
  const issues = error.issues.map((issue) => ({ ...issue, path: `/target${issue.path}` }));
  throw new InterlockError(error.code, error.message, { issues, details: error.details });
}

const updatedBy = ({ type, id, name }: Actor) => ({
  updated_by_type: type,
  updated_by_id: id,
  updated_by_name: name,
  updated_at: new Date(),
});

const ownedBy = ({ type, id, name }: Actor) => ({ owner_type: type, owner_id: id, owner_name: name });

/** Temporal is told at once if it is reachable, else soon by the sweep. */
export function syncSoon(services: ScheduleServices, tenantId: string, id: string): Promise<void> {
  return syncSchedule(services, { id, tenantId }).catch((error: unknown) =>
    services.log.warn({ err: error, scheduleId: id }, 'Temporal could not be told of a schedule; it will be'),
  );
}

/**
 * Creates a schedule, owned by who asks. With an idempotency key, it is created once.
 * @throws InterlockError `invalid_input`, `denied`, `forbidden`, `disabled`, `idempotency_conflict`, or `conflict` when
 * there are too many; then nothing was written
 */
export async function createSchedule(
  context: ScheduleChange,
  {
    idempotencyKey,
    paused,
    ...input
  }: ScheduleInput & { idempotencyKey?: string | undefined; paused?: boolean | undefined },
): Promise<Schedule> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const id = uuidv7();
  const stored = await checked(context, id, input);
  const request =
    idempotencyKey === undefined
      ? null
      : {
          key: idempotencyKey,
          // It was parsed from JSON.
          fingerprint: services.digest('idempotency', [
            subjectType,
            { ...input, ...(paused && { paused }) } as unknown as JsonValue,
          ]),
        };
  const created = await services.db.tenantTransaction(tenantId, async (connection) => {
    const before = await createdBefore(connection, request && { ...request, subjectType, subjectId: id });
    if (before) return before;
    if ((await countSchedules(connection)) >= maxSchedules)
      throw new InterlockError('conflict', `An organization has at most ${maxSchedules} schedules.`);
    await insertSchedule(connection, {
      id,
      ...stored,
      ...ownedBy(actor),
      ...createdByOf(actor),
      ...updatedBy(actor),
      sync_at: new Date(),
      ...(paused && { status: 'paused', reason: 'It was created paused.' }),
    });
    await tell(connection, context, {
      type: 'ScheduleCreated',
      subjectType,
      subjectId: id,
      data: factsOf(stored),
    });
    return id;
  });
  if (created === id) await syncSoon(services, tenantId, id);
  return readScheduleView(context, created);
}

const factsOf = ({ title, target_kind, target_id, overlap }: Awaited<ReturnType<typeof checked>>) => ({
  title,
  target: target_kind,
  targetId: target_id,
  overlap,
});

interface Changed {
  change: Partial<ScheduleRow>;
  type: EventType;
  data: JsonObject;
}

/**
 * Decides under the lock of the row, writes the event with the change, and tells Temporal.
 * @throws InterlockError `not_found`, `precondition_failed`
 */
async function changeSchedule(
  context: ScheduleChange,
  id: string,
  ifMatch: IfMatch | undefined,
  decide: (row: ScheduleRow, connection: TenantConnection) => Changed | Promise<Changed>,
): Promise<Schedule> {
  const { services, identity } = context;
  await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const row = isUuid(id) ? await lockSchedule(connection, id) : null;
      if (!row) throw scheduleNotFound();
      checkState(ifMatch, row.revision);
      if (row.status === 'archived') throw conflict('This schedule is archived.');
      const { change, type, data } = await decide(row, connection);
      await updateSchedule(connection, id, {
        revision: row.revision + 1,
        ...updatedBy(identity.actor),
        sync_at: new Date(),
        ...change,
      });
      await tell(connection, context, { type, subjectType, subjectId: id, data });
    })
    .catch(
      refuseStale(async () => {
        const current = await readScheduleView(context, id);
        return { what: 'The schedule', changedBy: current.updatedBy, changedAt: current.updatedAt, current };
      }),
    );
  await syncSoon(services, identity.tenantId, id);
  return readScheduleView(context, id);
}

export const conflict = (message: string) =>
  new InterlockError('conflict', `${message} Nothing was changed.`);

/** @throws InterlockError `forbidden`: no one decides what runs in the name of someone else */
export function checkOwner({ actor }: ScheduleChange['identity'], row: ScheduleRow, what: string): void {
  if (isOwner(actor, row)) return;
  throw new InterlockError(
    'forbidden',
    `Only its owner, ${row.owner_name}, can ${what} this schedule: what it starts is theirs. A tenant admin can make someone else the owner. Nothing was changed.`,
  );
}

/** Replaces a schedule. A paused one stays paused; one that has ended goes on if it may run again. */
export async function updateScheduleInput(
  context: ScheduleChange,
  id: string,
  input: ScheduleInput,
  ifMatch?: IfMatch,
): Promise<Schedule> {
  const before = await readScheduleView(context, id);
  const refuse = (row: ScheduleRow) => checkOwner(context.identity, row, 'change');
  if (!before.mine) refuse(rowOf(before));
  const stored = await checked(context, id, input);
  return changeSchedule(context, id, ifMatch, (row) => {
    refuse(row);
    const isOver = stored.max_runs !== null && row.fired >= stored.max_runs;
    const status = row.status === 'paused' ? 'paused' : isOver ? 'ended' : 'active';
    return {
      change: { ...stored, status, ...(status === 'active' && { reason: null }) },
      type: 'ScheduleUpdated',
      data: { ...factsOf(stored), revision: row.revision + 1 },
    };
  });
}

/** Its owner only, for the refusal. */
const rowOf = ({ owner }: Schedule) =>
  ({ owner_type: owner.type, owner_id: owner.id, owner_name: owner.name }) as ScheduleRow;

/** No time of it comes until someone resumes it; what is in progress goes on. @throws InterlockError `conflict` */
export function pauseScheduleNow(context: ScheduleChange, id: string): Promise<Schedule> {
  const reason = `Paused by ${context.identity.actor.name}.`;
  return changeSchedule(context, id, undefined, ({ status }) => {
    if (status !== 'active') throw conflict(`Only an active schedule can be paused; this one is ${status}.`);
    return { change: { status: 'paused', reason }, type: 'SchedulePaused', data: { reason } };
  });
}

/**
 * Goes on with a paused schedule. Times that have passed are not made up for.
 * @throws InterlockError `conflict` when it is not paused; `forbidden` for anyone but its owner; what `createSchedule`
 * throws when it could not run as things are
 */
export async function resumeSchedule(context: ScheduleChange, id: string): Promise<Schedule> {
  const { services, identity } = context;
  const before = await readScheduleView(context, id);
  if (before.definition) {
    const runner = targetRunners[before.target.kind];
    authorize(identity, runner.permission);
    await runner.check(services, identity, before.definition).catch(atTarget);
  }
  return changeSchedule(context, id, undefined, (row) => {
    if (row.status !== 'paused')
      throw conflict(`Only a paused schedule can be resumed; this one is ${row.status}.`);
    checkOwner(identity, row, 'resume');
    return { change: { status: 'active', reason: null }, type: 'ScheduleResumed', data: {} };
  });
}

/** Its runs stay; no time of it comes any more. @throws InterlockError `forbidden`, `conflict` */
export async function archiveSchedule(context: ScheduleChange, id: string, ifMatch?: IfMatch): Promise<void> {
  await changeSchedule(context, id, ifMatch, (row) => {
    if (!isOwner(context.identity.actor, row)) authorize(context.identity, 'schedules.assign');
    return {
      change: { status: 'archived', reason: null, backfills: [] },
      type: 'ScheduleArchived',
      data: { title: row.title },
    };
  });
}

/**
 * Takes an archived schedule back, paused: its owner resumes it, and then it is checked again. One that is not archived stays
 * as it is.
 * @throws InterlockError `not_found`, `forbidden`; `conflict` when there are too many, or when what it starts is not kept
 */
export async function restoreSchedule(context: ScheduleChange, id: string): Promise<Schedule> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const restored = await services.db.tenantTransaction(tenantId, async (connection) => {
    const row = isUuid(id) ? await lockSchedule(connection, id) : null;
    if (!row) throw scheduleNotFound();
    if (!isOwner(actor, row)) authorize(identity, 'schedules.assign');
    if (row.status !== 'archived') return false;
    if (!row.target_sealed)
      throw conflict(
        'It was archived more than a month ago, and what it starts was removed since. Make a new one.',
      );
    if ((await countSchedules(connection)) >= maxSchedules)
      throw conflict(`An organization has at most ${maxSchedules} schedules.`);
    await updateSchedule(connection, id, {
      status: 'paused',
      reason: `Restored by ${actor.name}. It goes on when ${row.owner_name} resumes it.`,
      revision: row.revision + 1,
      ...updatedBy(actor),
      sync_at: new Date(),
    });
    await tell(connection, context, {
      type: 'ScheduleUnarchived',
      subjectType,
      subjectId: id,
      data: { title: row.title },
    });
    return true;
  });
  if (restored) await syncSoon(services, tenantId, id);
  return readScheduleView(context, id);
}

/**
 * Makes a member the owner. It is paused until they resume it, unless they do this themselves: nothing runs in the name of
 * someone who has not agreed.
 * @throws InterlockError `invalid_input` when they are no member
 */
export async function assignSchedule(
  context: ScheduleChange,
  id: string,
  userId: string,
  ifMatch?: IfMatch,
): Promise<Schedule> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  await readScheduleView(context, id);
  const member = (await services.accounts.members(tenantId)).find((each) => each.id === userId);
  if (!member)
    throw new InterlockError('invalid_input', 'The owner is not a member. Nothing was changed.', {
      issues: [{ path: '/userId', message: 'is not a member of this organization', keyword: 'member' }],
    });
  const owner: Actor = { type: 'user', id: member.id, name: member.name };
  return changeSchedule(context, id, ifMatch, async (row, connection) => {
    const isSelf = actor.type === 'user' && actor.id === owner.id;
    const reason = `${actor.name} has made ${owner.name} its owner. It goes on when ${owner.name} resumes it.`;
    if (!isSelf)
      await insertScheduleNotice(connection, {
        scheduleId: id,
        to: { user: member.email },
        text: `You are the owner of the schedule ${row.title} now. It goes on when you resume it.`,
      });
    return {
      change: { ...ownedBy(owner), ...(!isSelf && { status: 'paused' as const, reason }) },
      type: 'ScheduleOwnerChanged',
      data: { from: ownerOf(row).name, to: owner.name },
    };
  });
}
