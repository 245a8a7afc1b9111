import {
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleOverlapPolicy,
} from '@temporalio/client';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { readSchedule, type ScheduleRow, writeSynced } from '../db/schedules.ts';
import type { DueSchedule } from '../db/schedules-sweep.ts';
import {
  firedWorkflowId,
  type RunScheduledArgs,
  runScheduledWorkflowName,
  temporalScheduleId,
  tenantAttribute,
} from '../schedule-contract.ts';
import type { Overlap } from '../schedule-schemas.ts';
import { temporalSpec } from './temporal-spec.ts';

type Services = Pick<ExecutionServices, 'environment' | 'temporal' | 'db'>;

const deadlineMs = 3000;
/** How often a schedule is compared with Temporal's: someone may have changed that, or Temporal may have lost it. */
const compareMs = 60_000;
/** Temporal is told of changes of clocks some time ahead. */
const renewMs = 90 * 86_400_000;
/** A change that takes no longer than this misses nothing. */
const promptMs = 5_000;

/**
 * Makes Temporal's Schedule agree with the row: created, updated, paused or deleted.
 * @throws when Temporal is unreachable; the sweep does it then
 */
export async function syncSchedule(services: Services, { id, tenantId }: DueSchedule): Promise<void> {
  // Another change may come meanwhile; what it left to do, the sweep does.
  for (let round = 0; round < 3; round += 1) {
    const row = await services.db.tenant(tenantId, (connection) => readSchedule(connection, id));
    if (!row) return;
    const isOver = row.status === 'archived' || row.status === 'ended';
    const changedAt = isOver ? await remove(services, row) : await agree(services, row);
    const againMs = isOver ? null : compareMs;
    const written = await services.db.tenant(tenantId, (connection) =>
      writeSynced(connection, row, { changedAt, againMs }),
    );
    if (written) return;
  }
}

const handleOf = ({ temporal: { client } }: Services, { id }: Pick<ScheduleRow, 'id'>) =>
  client.schedule.getHandle(temporalScheduleId(id));

/** Temporal's Schedule; null when there is none. @throws when Temporal is unreachable */
async function describeSchedule(
  services: Services,
  row: Pick<ScheduleRow, 'id'>,
): Promise<ScheduleDescription | null> {
  try {
    return await within(services.temporal.client, deadlineMs, () => handleOf(services, row).describe());
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

async function remove(services: Services, row: ScheduleRow): Promise<null> {
  try {
    await within(services.temporal.client, deadlineMs, () => handleOf(services, row).delete());
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
  return null;
}

/** @returns when Temporal's Schedule was changed, now that it agrees */
async function agree(services: Services, row: ScheduleRow): Promise<string> {
  const { client } = services.temporal;
  const handle = handleOf(services, row);
  let found = await describeSchedule(services, row);
  const backfills = row.backfills.map(backfillOf);
  if (!found || !agrees(found, row)) {
    // One that Temporal has of a later revision belongs to a newer database: what has come since is not known here.
    if (!found || revisionOf(found) < row.revision) backfills.push(...missed(row));
    const options = optionsOf(services, row);
    if (found) await within(client, deadlineMs, () => handle.update(() => options));
    else
      await within(client, deadlineMs, () =>
        client.schedule.create({ ...options, scheduleId: temporalScheduleId(row.id) }),
      ).catch((error: unknown) => {
        // Another process was first; the next comparison finds out whether it had the same row.
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      });
    found = await describeSchedule(services, row);
    if (!found) throw new Error('A Schedule of Temporal has vanished');
  }
  if (row.status === 'active' && backfills.length > 0)
    await within(client, deadlineMs, () => handle.backfill(backfills));
  return changedAtOf(found);
}

const changedAtOf = ({ info: { lastUpdatedAt, createdAt } }: ScheduleDescription): string =>
  (lastUpdatedAt ?? createdAt).toISOString();

const revisionOf = ({ action }: ScheduleDescription): number =>
  ((action.args ?? []) as [RunScheduledArgs?])[0]?.revision ?? 0;

function agrees(found: ScheduleDescription, row: ScheduleRow): boolean {
  return (
    revisionOf(found) === row.revision &&
    found.state.paused === (row.status === 'paused') &&
    changedAtOf(found) === row.temporal_changed_at &&
    Date.now() - Date.parse(row.temporal_changed_at) < renewMs
  );
}

const overlapOf = (overlap: Overlap) => overlap.toUpperCase() as ScheduleOverlapPolicy;

const backfillOf = ({ from, to, overlap }: ScheduleRow['backfills'][number]) => ({
  start: new Date(from),
  end: new Date(to),
  overlap: overlapOf(overlap),
});

/** Times that Temporal did not know of, or not as they are: it was unreachable, or has lost the schedule. */
function missed({ updated_at, synced_at, catchup_ms, overlap }: ScheduleRow) {
  const end = Date.now();
  const start = Math.max(updated_at.getTime(), synced_at?.getTime() ?? 0, end - catchup_ms);
  if (end - start < promptMs) return [];
  return [{ start: new Date(start), end: new Date(end), overlap: overlapOf(overlap) }];
}

function optionsOf({ environment }: Services, row: ScheduleRow) {
  const {
    INTERLOCK_TASK_QUEUE: taskQueue,
    INTERLOCK_RUN_HISTORY_LIMIT: historyLimit,
    publicUrl,
  } = environment;
  const { id: scheduleId, tenant_id: tenantId, revision } = row;
  const args: RunScheduledArgs = { tenantId, scheduleId, revision, historyLimit };
  return {
    spec: temporalSpec(row.spec, Date.now()),
    action: {
      type: 'startWorkflow' as const,
      workflowType: runScheduledWorkflowName,
      workflowId: firedWorkflowId(scheduleId),
      taskQueue,
      args: [args],
      typedSearchAttributes: tenantAttribute(tenantId),
      staticSummary: `Scheduled ${row.target_kind}`,
      staticDetails: `[Open in Interlock](${publicUrl}/schedules/${scheduleId})`,
    },
    policies: { overlap: overlapOf(row.overlap), catchupWindow: row.catchup_ms },
    typedSearchAttributes: tenantAttribute(tenantId),
    state: {
      paused: row.status === 'paused',
      note: 'Interlock keeps this schedule: what is changed here is undone. Change it there.',
    },
  };
}
