import { WorkflowNotFoundError } from '@temporalio/client';
import { withSweepLock } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';
import type { RunRow } from '../../shared/playbooks/db/playbook-runs.ts';
import {
  listForgottenRuns,
  listOpenRuns,
  listUncancelledRuns,
} from '../../shared/playbooks/db/playbook-runs-sweep.ts';
import {
  runEndedName,
  runIdOf,
  runPlaybookWorkflowName,
  runWorkflowId,
} from '../../shared/playbooks/playbook-contract.ts';
import { endOpenRun, type RunEnding } from '../../shared/playbooks/server/end-run.ts';
import { temporalActor } from '../../shared/playbooks/server/run-context.ts';
import { startRunWorkflow } from '../../shared/playbooks/server/run-workflow.ts';

/** How a workflow closed without ending its run. A completed one has ended it, unless the row was lost. */
const endings: Record<string, { status: RunEnding; reason: string }> = {
  TERMINATED: { status: 'cancelled', reason: 'Terminated in Temporal.' },
  CANCELLED: { status: 'cancelled', reason: 'Cancelled in Temporal.' },
  TIMED_OUT: { status: 'failed', reason: 'Its workflow timed out.' },
  FAILED: { status: 'failed', reason: 'Its workflow failed.' },
  COMPLETED: { status: 'failed', reason: 'Its workflow was lost.' },
};
const olderThanMs = 3000;
const temporalDeadlineMs = 5000;

/** Keeps runs of playbooks and their workflows in agreement, as `startReconciler` does for executions. */
export function startRunReconciler(services: ExecutionServices): Loop {
  const later = new Map<string, number>();
  let closedSince = Date.now() - 60 * 60_000;
  return startLoop('reconcile runs', 1500, services.log, (signal) =>
    services.db.system(async (connection) => {
      await withSweepLock(connection, 'runs', async () => {
        const now = Date.now();
        await startForgottenRuns(services, connection, later, signal);
        await closeLeftoverRuns(services, connection, closedSince, signal);
        // Temporal's visibility lags behind, and clocks differ.
        closedSince = now - 30_000;
      });
    }),
  );
}

/**
 * Starts runs that have no workflow because Temporal was unreachable or the process ended in between. A failure ends the
 * round, and the next one leaves that run out for a while: it must not stop the others.
 * @param later when this process may start each of these runs again
 */
async function startForgottenRuns(
  services: ExecutionServices,
  connection: SystemConnection,
  later: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const now = Date.now();
  for (const [id, at] of later) if (at <= now) later.delete(id);
  const except = [...later.keys()];
  for (const run of await listForgottenRuns(connection, { olderThanMs, limit: 50, except })) {
    if (signal.aborted) return;
    later.set(run.id, now + olderThanMs);
    if (!(await startRunWorkflow(services, run))) await endLeftover(services, run, 'TERMINATED');
  }
}

/** Ends runs whose workflow was closed in Temporal Web since then, and retries cancels that did not reach Temporal. */
async function closeLeftoverRuns(
  services: ExecutionServices,
  connection: SystemConnection,
  since: number,
  signal: AbortSignal,
): Promise<void> {
  const { client } = services.temporal;
  const query = `WorkflowType = '${runPlaybookWorkflowName}' AND ExecutionStatus IN ('Terminated', 'TimedOut', 'Canceled', 'Failed') AND CloseTime > '${new Date(since).toISOString()}'`;
  const closed = new Map<string, string>();
  await within(client, temporalDeadlineMs, async () => {
    for await (const workflow of client.workflow.list({ query, pageSize: 500 })) {
      const id = runIdOf(workflow.workflowId);
      if (id) closed.set(id, workflow.status.name);
    }
  });
  for (const run of await listOpenRuns(connection, [...closed.keys()])) {
    if (signal.aborted) return;
    // After a reset in Temporal Web a workflow continues under the same id.
    const status = await statusOf(services, run);
    if (status === null || status in endings) await endLeftover(services, run, status ?? 'TERMINATED');
  }
  for (const run of await listUncancelledRuns(connection, 2000)) {
    if (signal.aborted) return;
    const status = await statusOf(services, run);
    if (status !== null && !(status in endings))
      await within(client, temporalDeadlineMs, () => handleOf(services, run).cancel());
    else if (run.workflow_started_at) await endLeftover(services, run, 'CANCELLED');
  }
}

async function statusOf(services: ExecutionServices, run: RunRow): Promise<string | null> {
  try {
    const description = await within(services.temporal.client, temporalDeadlineMs, () =>
      handleOf(services, run).describe(),
    );
    return description.status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

async function endLeftover(services: ExecutionServices, run: RunRow, how: string): Promise<void> {
  const { status, reason } = endings[how] ?? endings.COMPLETED!;
  const parent = await endOpenRun(
    services,
    { tenantId: run.tenant_id, runId: run.id },
    status,
    reason,
    temporalActor,
  );
  if (!parent) return;
  // It waits for this signal; it also polls, less often.
  await within(services.temporal.client, temporalDeadlineMs, () =>
    handleOf(services, parent).signal(runEndedName, run.id),
  ).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}

const handleOf = ({ temporal }: ExecutionServices, run: RunRow) =>
  temporal.client.workflow.getHandle(runWorkflowId({ playbookName: run.playbook_name, id: run.id }));
