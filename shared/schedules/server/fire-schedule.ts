import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../events/server/tell.ts';
import { type Actor, can, type Identity } from '../../identity/roles.ts';
import { withOrigin } from '../../identity/server/request-origin.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type ErrorCode, InterlockError } from '../../platform/error-codes.ts';
import {
  findTimedRun,
  insertRun,
  lockSchedule,
  readRun,
  readSchedule,
  type ScheduleRow,
  type ScheduleRunRow,
  updateRun,
  updateSchedule,
} from '../db/schedules.ts';
import { isTimeOf } from '../next-times.ts';
import type { Fire, StartedFire } from '../schedule-contract.ts';
import { pauseSchedule } from './pause-schedule.ts';
import { type ScheduleServices, scheduler } from './schedule-context.ts';
import { openTarget } from './stored-target.ts';
import { targetRunners } from './targets/target-runners.ts';

/** A run that has not been started by then is refused. */
const giveUpMs = 3_600_000;
/** A run whose workflow is gone gets another one after this time. */
const startAgainMs = 120_000;

/** What may be otherwise in a moment. */
const passing: ReadonlySet<ErrorCode> = new Set(['rate_limited', 'overloaded', 'unavailable', 'conflict']);

/** A fire that is to be tried again. */
export class FireLaterError extends Error {
  readonly afterMs: number;

  constructor(message: string, afterMs: number) {
    super(message);
    this.afterMs = afterMs;
  }
}

interface Claimed {
  schedule: ScheduleRow;
  run: ScheduleRunRow;
}

export const runByOf = (run: Pick<ScheduleRunRow, 'run_by_type' | 'run_by_id' | 'run_by_name'>): Actor => ({
  type: run.run_by_type,
  id: run.run_by_id,
  name: run.run_by_name,
});

export const ownerOf = (row: Pick<ScheduleRow, 'owner_type' | 'owner_id' | 'owner_name'>): Actor => ({
  type: row.owner_type,
  id: row.owner_id,
  name: row.owner_name,
});

/** Of what a run starts. Derived, so that it is started once; keyed, so that no one can use it before. */
export function keyOf({ digest }: Pick<ScheduleServices, 'digest'>, run: ScheduleRunRow): string {
  const time = run.trigger === 'time' ? run.scheduled_at.toISOString() : run.id;
  return `schedule/${digest('idempotency', ['schedule', run.schedule_id, time])}`;
}

/**
 * Starts what a schedule is for, once for each time, as its owner with the rights that they have now.
 * @returns the run, if what it has started may still be in progress
 * @throws FireLaterError when it is refused for a moment; then it is done again
 */
export async function fireSchedule(services: ScheduleServices, fire: Fire): Promise<StartedFire | null> {
  const claimed = await services.db.tenantTransaction(fire.tenantId, (connection) => claim(connection, fire));
  if (!claimed) return null;
  const { run, schedule } = claimed;
  const { tenantId } = fire;
  if (run.status === 'starting')
    await withOrigin({ door: 'schedule', address: null }, () => start(services, schedule, run));
  const now = await services.db.tenant(tenantId, (connection) => readRun(connection, run.id));
  return now?.status === 'running' ? { tenantId, runId: run.id } : null;
}

/** The run of a fire, which is written here when its time comes for the first time. */
async function claim(
  connection: TenantConnection,
  { scheduleId, scheduledAt, runId, workflowId }: Fire,
): Promise<Claimed | null> {
  const schedule = await lockSchedule(connection, scheduleId);
  if (!schedule) return null;
  const known =
    runId === undefined
      ? await findTimedRun(connection, scheduleId, new Date(scheduledAt!))
      : await readRun(connection, runId);
  if (known) return { schedule, run: known };
  if (runId !== undefined || schedule.status !== 'active') return null;
  // Temporal comes at times that are none when clocks change, or that have been changed just now.
  if (!isTimeOf(schedule.spec, new Date(scheduledAt!))) return null;
  const run = await insertRun(connection, {
    id: uuidv7(),
    schedule_id: scheduleId,
    scheduled_at: new Date(scheduledAt!),
    trigger: 'time',
    workflow_id: workflowId,
    run_by_type: schedule.owner_type,
    run_by_id: schedule.owner_id,
    run_by_name: schedule.owner_name,
    start_at: new Date(Date.now() + startAgainMs),
  });
  const fired = schedule.fired + 1;
  await updateSchedule(connection, scheduleId, { fired });
  if (schedule.max_runs !== null && fired >= schedule.max_runs) await end(connection, schedule, fired);
  return { schedule, run };
}

async function end(
  connection: TenantConnection,
  { id, tenant_id, revision }: ScheduleRow,
  fired: number,
): Promise<void> {
  await updateSchedule(connection, id, {
    status: 'ended',
    reason: fired === 1 ? 'It has run once, as it should.' : `It has run ${fired} times, as it should.`,
    revision: revision + 1,
    sync_at: new Date(),
  });
  await tell(
    connection,
    { identity: { tenantId: tenant_id, actor: scheduler } },
    { type: 'ScheduleEnded', subjectType: 'schedule', subjectId: id, data: { fired } },
  );
}

async function start(services: ScheduleServices, schedule: ScheduleRow, run: ScheduleRunRow): Promise<void> {
  const runner = targetRunners[schedule.target_kind];
  const { tenant_id: tenantId } = run;
  const key = keyOf(services, run);
  const actor = runByOf(run);
  // A process that was killed may have started it.
  const found = await services.db.tenant(tenantId, (connection) => runner.find(connection, key));
  if (found !== null) return started(services, schedule, run, found);
  try {
    const identity = await services.accounts.identityOf(tenantId, actor);
    const missing = missingRights(identity, schedule);
    if (!identity || missing !== null) return await refuseOwner(services, schedule, run, missing!);
    const target = schedule.status === 'archived' ? null : await openTarget(services.vault, schedule);
    if (!target) return await refuse(services, run, 'archived', 'The schedule was archived.');
    const id = await runner.start({ services, identity, requestId: run.id }, target, key);
    await started(services, schedule, run, id);
  } catch (error) {
    const isOver = Date.now() - run.created_at.getTime() > giveUpMs;
    const isKnown = error instanceof InterlockError && error.code !== 'internal';
    if (isKnown && (isOver || !passing.has(error.code)))
      return refuse(services, run, error.code, error.message);
    if (isKnown) throw new FireLaterError(error.message, (error.retryAfterSeconds ?? 5) * 1000);
    if (!isOver) throw error;
    services.log.error({ err: error, scheduleId: schedule.id }, 'a schedule could not start what it is for');
    await refuse(services, run, 'internal', 'It could not be started within an hour.');
  }
}

/** Why someone may not run a schedule, for people; null: they may. */
export function missingRights(identity: Identity | null, { target_kind }: Pick<ScheduleRow, 'target_kind'>) {
  if (!identity) return 'can no longer act for this organization';
  const { permission } = targetRunners[target_kind];
  return can(identity, permission) && can(identity, 'schedules.write')
    ? null
    : `may no longer run a ${target_kind}`;
}

/** A schedule of someone without rights is paused: nothing runs in the name of those who could not do it themselves. */
async function refuseOwner(
  services: ScheduleServices,
  schedule: ScheduleRow,
  run: ScheduleRunRow,
  missing: string,
): Promise<void> {
  const reason = `${run.run_by_name} ${missing}.`;
  if (run.trigger === 'time')
    await pauseSchedule(services, schedule, `${reason} A tenant admin can make someone else the owner.`);
  await refuse(services, run, 'forbidden', reason);
}

async function started(
  services: ScheduleServices,
  schedule: ScheduleRow,
  run: ScheduleRunRow,
  startedId: string,
): Promise<void> {
  const { tenant_id: tenantId } = run;
  const { started: startedType, cancel } = targetRunners[schedule.target_kind];
  const actor = runByOf(run);
  const isWritten = await services.db.tenantTransaction(tenantId, async (connection) => {
    const change = { status: 'running', started_type: startedType, started_id: startedId } as const;
    if (!(await updateRun(connection, run, change))) return false;
    await tell(
      connection,
      { identity: { tenantId, actor }, requestId: run.id },
      {
        type: 'ScheduleFired',
        subjectType: 'schedule',
        subjectId: run.schedule_id,
        data: {
          runId: run.id,
          scheduledAt: run.scheduled_at.toISOString(),
          trigger: run.trigger,
          startedType,
          startedId,
        },
      },
    );
    return true;
  });
  if (isWritten) return;
  // Cancelled while it was started.
  const now = await services.db.tenant(tenantId, (connection) => readRun(connection, run.id));
  if (now?.status !== 'cancelled') return;
  await cancel({ services, identity: nameOnly(tenantId, actor), requestId: run.id }, startedId).catch(
    ignoreEnded,
  );
}

async function refuse(
  { db }: ScheduleServices,
  run: ScheduleRunRow,
  code: ErrorCode | 'archived',
  reason: string,
): Promise<void> {
  const { tenant_id: tenantId } = run;
  await db.tenantTransaction(tenantId, async (connection) => {
    const change = { status: 'refused', reason, ended_at: new Date() } as const;
    if (!(await updateRun(connection, run, change))) return;
    await tell(
      connection,
      { identity: { tenantId, actor: runByOf(run) }, requestId: run.id },
      {
        type: 'ScheduleFireRefused',
        subjectType: 'schedule',
        subjectId: run.schedule_id,
        data: { runId: run.id, scheduledAt: run.scheduled_at.toISOString(), code, reason },
      },
    );
  });
}

/** Who asks for the end of what they have started: no right is needed for it. */
const nameOnly = (tenantId: string, actor: Actor): Identity => ({
  tenantId,
  tenantSlug: '',
  tenantName: '',
  actor,
  roles: [],
  person: null,
});

function ignoreEnded(error: unknown): void {
  if (!(error instanceof InterlockError)) throw error;
}

/** Ends what a fire has started, or is about to: another one takes its place. */
export async function cancelFire(services: ScheduleServices, fire: Fire): Promise<StartedFire | null> {
  const { tenantId, scheduleId, scheduledAt, runId } = fire;
  const found = await services.db.tenant(tenantId, async (connection) => {
    const schedule = await readSchedule(connection, scheduleId);
    const run =
      runId === undefined
        ? await findTimedRun(connection, scheduleId, new Date(scheduledAt!))
        : await readRun(connection, runId);
    return schedule && run && { schedule, run };
  });
  if (!found) return null;
  const { schedule, run } = found;
  const runner = targetRunners[schedule.target_kind];
  const identity = nameOnly(tenantId, runByOf(run));
  return withOrigin({ door: 'schedule', address: null }, async () => {
    if (run.status === 'starting') {
      const key = keyOf(services, run);
      const begun = await services.db.tenant(tenantId, (connection) => runner.find(connection, key));
      if (begun !== null) {
        await started(services, schedule, run, begun);
        run.started_id = begun;
      } else
        await services.db.tenant(tenantId, (connection) =>
          updateRun(connection, run, {
            status: 'cancelled',
            reason: 'Cancelled before it began.',
            ended_at: new Date(),
          }),
        );
    }
    if (run.started_id === null || run.ended_at !== null) return null;
    await runner.cancel({ services, identity, requestId: run.id }, run.started_id).catch(ignoreEnded);
    return { tenantId, runId: run.id };
  });
}
