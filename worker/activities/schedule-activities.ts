import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import type { Fire, StartedFire } from '../../shared/schedules/schedule-contract.ts';
import { FireLaterError } from '../../shared/schedules/server/fire-schedule.ts';
import type { ScheduleService } from '../../shared/schedules/server/schedule-service.ts';

export interface ScheduleActivities {
  fireSchedule(fire: Fire): Promise<StartedFire | null>;
  cancelFire(fire: Fire): Promise<StartedFire | null>;
  isFireOpen(started: StartedFire): Promise<boolean>;
}

const heartbeatMs = 3000;

/** The effects of `runScheduledWorkflow`, each guarded by its rows: retried, it starts nothing twice. */
export function createScheduleActivities(
  { log }: Pick<ExecutionServices, 'log'>,
  schedules: ScheduleService,
): ScheduleActivities {
  async function working<T>(scheduleId: string, work: () => Promise<T>): Promise<T> {
    const temporal = Context.current();
    const beat = setInterval(() => temporal.heartbeat(), heartbeatMs);
    try {
      return await work();
    } catch (error) {
      if (error instanceof CancelledFailure) throw error;
      if (error instanceof FireLaterError)
        throw ApplicationFailure.create({
          message: error.message,
          type: 'later',
          nextRetryDelay: error.afterMs,
          category: ApplicationFailureCategory.BENIGN,
        });
      // It may quote inputs, so it goes to the log only.
      log.error({ err: error, scheduleId }, 'a fire of a schedule failed unexpectedly');
      throw ApplicationFailure.retryable('Unexpected error. See the log of the worker.', 'internal');
    } finally {
      clearInterval(beat);
    }
  }
  return {
    fireSchedule: (fire) => working(fire.scheduleId, () => schedules.fire(fire)),
    cancelFire: (fire) => working(fire.scheduleId, () => schedules.cancelFire(fire)),
    isFireOpen: (started) => withDatabaseRetry(() => schedules.isOpen(started)),
  };
}
