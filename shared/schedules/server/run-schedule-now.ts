import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../events/server/tell.ts';
import { authorize } from '../../identity/roles.ts';
import { createdBefore } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { insertRun, lockSchedule, readRun, timesThatCame, updateSchedule } from '../db/schedules.ts';
import { timesBetween } from '../next-times.ts';
import { scheduledRunWorkflow } from '../schedule-contract.ts';
import { type BackfillInput, backfillDays, maxBackfill, type ScheduleRunView } from '../schedule-schemas.ts';
import type { ScheduleChange } from './schedule-context.ts';
import { runView, scheduleNotFound } from './schedule-view.ts';
import { startAfterMs, startScheduledRun } from './start-scheduled-run.ts';
import { targetRunners } from './targets/target-runners.ts';
import { checkOwner, conflict, syncSoon } from './write-schedule.ts';

const subjectType = 'schedule';
const dayMs = 86_400_000;

/**
 * Runs a schedule at once, as who asks, whatever else of it is in progress. With an idempotency key, once.
 * @throws InterlockError `not_found`; `forbidden` when they may not run its target; `conflict` when it is archived
 */
export async function triggerSchedule(
  context: ScheduleChange,
  id: string,
  idempotencyKey?: string,
): Promise<ScheduleRunView> {
  const { services, identity } = context;
  const { tenantId, actor } = identity;
  const runId = uuidv7();
  const request =
    idempotencyKey === undefined
      ? null
      : { key: idempotencyKey, fingerprint: services.digest('idempotency', ['schedule_run', id]) };
  const { run, due } = await services.db.tenantTransaction(tenantId, async (connection) => {
    const row = isUuid(id) ? await lockSchedule(connection, id) : null;
    if (!row) throw scheduleNotFound();
    if (row.status === 'archived') throw conflict('This schedule is archived.');
    authorize(identity, targetRunners[row.target_kind].permission);
    const before = await createdBefore(
      connection,
      request && { ...request, subjectType: 'schedule_run', subjectId: runId },
    );
    const due = { id: before ?? runId, tenantId, scheduleId: id, revision: row.revision };
    if (before) {
      const run = await readRun(connection, before);
      if (!run) throw conflict('What this Idempotency-Key has started is no longer stored.');
      return { run, due };
    }
    const run = await insertRun(connection, {
      id: runId,
      schedule_id: id,
      scheduled_at: new Date(),
      trigger: 'manual',
      workflow_id: scheduledRunWorkflow({ ...due, runId, historyLimit: 0 }).workflowId,
      run_by_type: actor.type,
      run_by_id: actor.id,
      run_by_name: actor.name,
      start_at: new Date(Date.now() + startAfterMs),
    });
    await tell(connection, context, {
      type: 'ScheduleTriggered',
      subjectType,
      subjectId: id,
      data: { runId },
    });
    return { run, due };
  });
  if (run.status === 'starting')
    await startScheduledRun(services, due).catch((error: unknown) =>
      services.log.warn(
        { err: error, scheduleId: id },
        'a run of a schedule could not be started; it will be',
      ),
    );
  return runView(run);
}

/**
 * Makes up for times that have passed and have not come: the schedule was paused, or is new.
 * @returns these times
 * @throws InterlockError `not_found`; `conflict` when it is not active; `forbidden` for anyone but its owner;
 * `invalid_input` when the range is too long
 */
export async function backfillSchedule(
  context: ScheduleChange,
  id: string,
  { from, to, overlap }: BackfillInput,
): Promise<{ times: string[] }> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const [begin, end, now] = [Date.parse(from), Date.parse(to), Date.now()];
  const times = await services.db.tenantTransaction(tenantId, async (connection) => {
    const row = isUuid(id) ? await lockSchedule(connection, id) : null;
    if (!row) throw scheduleNotFound();
    checkOwner(identity, row, 'backfill');
    if (end > now) throw invalid('/to', 'is in the future');
    if (begin > end) throw invalid('/from', 'is after to');
    if (begin < now - backfillDays * dayMs) throw invalid('/from', `is more than ${backfillDays} days ago`);
    if (row.status !== 'active')
      throw conflict(`Only an active schedule makes up for times; this one is ${row.status}.`);
    const all = timesBetween(row.spec, new Date(begin), new Date(end), maxBackfill);
    if (!all) throw invalid('/from', `has more than ${maxBackfill} times until to`);
    const known = await timesThatCame(connection, id, all);
    const left = all.filter((at) => !known.has(at.getTime()));
    if (left.length === 0) return [];
    const pending = { from: left[0]!.toISOString(), to: left.at(-1)!.toISOString(), overlap };
    await updateSchedule(connection, id, { backfills: [...row.backfills, pending], sync_at: new Date() });
    await tell(connection, context, {
      type: 'ScheduleBackfillRequested',
      subjectType,
      subjectId: id,
      data: { from: pending.from, to: pending.to, times: left.length },
    });
    return left;
  });
  if (times.length > 0) await syncSoon(services, tenantId, id);
  return { times: times.map((at) => at.toISOString()) };
}

const invalid = (path: string, message: string) =>
  new InterlockError('invalid_input', 'The range is not valid. Nothing was changed.', {
    issues: [{ path, message, keyword: 'range' }],
  });
