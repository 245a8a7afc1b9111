import { WorkflowNotFoundError } from '@temporalio/client';
import { tell } from '../../events/server/tell.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { updateRun } from '../db/schedules.ts';
import type { EndedRun } from '../db/schedules-sweep.ts';
import { scheduledRunEndedName } from '../schedule-contract.ts';
import { scheduler } from './schedule-context.ts';

const deadlineMs = 2000;

/**
 * Writes how what a run has started has ended, and lets its workflow end.
 * @throws when Temporal is unreachable; its workflow finds out by itself then
 */
export async function endScheduledRun(
  { db, temporal: { client } }: Pick<ExecutionServices, 'db' | 'temporal'>,
  { id, tenantId, scheduleId, workflowId, status, reason }: EndedRun,
): Promise<void> {
  const isFirst = await db.tenantTransaction(tenantId, async (connection) => {
    const change = { status, reason, ended_at: new Date() };
    if (!(await updateRun(connection, { id, status: 'running' }, change))) return false;
    await tell(
      connection,
      { identity: { tenantId, actor: scheduler } },
      {
        type: 'ScheduleRunEnded',
        subjectType: 'schedule',
        subjectId: scheduleId,
        data: { runId: id, status },
      },
    );
    return true;
  });
  if (!isFirst) return;
  try {
    await within(client, deadlineMs, () =>
      client.workflow.getHandle(workflowId).signal(scheduledRunEndedName),
    );
  } catch (error) {
    // Someone has closed it.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
