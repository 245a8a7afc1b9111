import { WorkflowNotFoundError } from '@temporalio/client';
import { inSweep } from '../../shared/executions/db/executions-sweep.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { type Loop, startLoop } from '../../shared/platform/server/loop.ts';
import { type ClosedStatus, lookAtWorkflow } from '../../shared/platform/server/temporal/look-at-workflow.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';
import type { RunRow } from '../../shared/playbooks/db/playbook-runs.ts';
import {
  listForgottenRuns,
  listOpenRuns,
  listRunsAfter,
  listUncancelledRuns,
  runSweep,
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
import { endOrphans } from './end-orphans.ts';
import type { WorkflowCursor } from './list-workflows.ts';
import { fromStart, sampleRound } from './rolling-sample.ts';
import { openStallNotes } from './stalled.ts';

/** How a workflow closed without ending its run. A completed one has ended it, in a database that was newer. */
const endings: Record<ClosedStatus, { status: RunEnding; reason: string }> = {
  TERMINATED: { status: 'cancelled', reason: 'Terminated in Temporal.' },
  CANCELLED: { status: 'cancelled', reason: 'Cancelled in Temporal.' },
  TIMED_OUT: { status: 'failed', reason: 'Its workflow timed out.' },
  FAILED: { status: 'failed', reason: 'Its workflow failed.' },
  COMPLETED: {
    status: 'failed',
    reason: 'Its workflow has ended in Temporal, but how is not in this database.',
  },
};
const olderThanMs = 3000;
const temporalDeadlineMs = 5000;
/** Between two looks at all open workflows. Orphans are rare, and get a minute anyway. */
const orphansMs = 10_000;

/** Keeps runs of playbooks and their workflows in agreement, as `startReconciler` does for executions. */
export function startRunReconciler(services: ExecutionServices): Loop {
  const later = new Map<string, number>();
  let closedSince = Date.now() - 60 * 60_000;
  let sampled = fromStart;
  let orphans: WorkflowCursor = null;
  let orphansAt = 0;
  return startLoop('reconcile runs', 1500, services.log, (signal) =>
    services.db.system(async (connection) => {
      const orphansDue = Date.now() >= orphansAt;
      await inSweep(connection, runSweep, orphansDue, async () => {
        const now = Date.now();
        await startForgottenRuns(services, connection, later, signal);
        await closeLeftoverRuns(services, connection, closedSince, signal);
        // Temporal's visibility lags behind, and clocks differ.
        closedSince = now - 30_000;
        sampled = await sampleRuns(services, connection, sampled, signal);
        if (!orphansDue) return;
        orphans = await endOrphans(services, connection, orphans);
        if (!orphans) orphansAt = Date.now() + orphansMs;
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
    if (await startRunWorkflow(services, run)) continue;
    const workflow = await lookAtRun(services, run);
    if (workflow.state === 'closed') await endLeftover(services, run, workflow.status);
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
  const closed: string[] = [];
  await within(client, temporalDeadlineMs, async () => {
    for await (const workflow of client.workflow.list({ query, pageSize: 500 })) {
      const id = runIdOf(workflow.workflowId);
      if (id) closed.push(id);
    }
  });
  for (const run of await listOpenRuns(connection, closed)) {
    if (signal.aborted) return;
    // After a reset in Temporal Web a workflow continues under the same id.
    const workflow = await lookAtRun(services, run);
    if (workflow.state === 'closed') await endLeftover(services, run, workflow.status);
  }
  for (const run of await listUncancelledRuns(connection, 2000)) {
    if (signal.aborted) return;
    const workflow = await lookAtRun(services, run);
    if (workflow.state === 'open')
      await within(client, temporalDeadlineMs, () => handleOf(services, run).cancel());
    else if (run.workflow_started_at) await endLeftover(services, run, 'CANCELLED');
  }
}

/**
 * Compares open runs with their workflows, some in each round: a workflow that Temporal has lost starts again from its
 * rows, behind a closed one the run ends.
 * @returns where the next round continues
 */
async function sampleRuns(
  services: ExecutionServices,
  connection: SystemConnection,
  from: string,
  signal: AbortSignal,
): Promise<string> {
  const notes = await openStallNotes(connection, 'run');
  const look = async (run: RunRow): Promise<boolean> => {
    const workflow = await lookAtRun(services, run);
    await notes.keep(run, workflow);
    if (workflow.state === 'open') return false;
    if (workflow.state === 'closed') await endLeftover(services, run, workflow.status);
    // What a quarantined run does next may end the worker: a person releases it first.
    else if (run.quarantined_at) return false;
    else {
      await startRunWorkflow(services, run);
      services.log.info({ runId: run.id }, 'the workflow of a run was missing and starts again');
    }
    return true;
  };
  const due = await listOpenRuns(connection, notes.due);
  for (const id of notes.due) if (!due.some((run) => run.id === id)) await notes.forget(id);
  for (const run of due) await look(run);
  const next = (after: string, limit: number) => listRunsAfter(connection, { after, limit });
  return sampleRound({ next, look }, from, services.log, signal);
}

const lookAtRun = ({ temporal }: ExecutionServices, run: RunRow) =>
  lookAtWorkflow(temporal.client, workflowIdOf(run));

async function endLeftover(services: ExecutionServices, run: RunRow, how: ClosedStatus): Promise<void> {
  const { status, reason } = endings[how];
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

const workflowIdOf = (run: RunRow) => runWorkflowId({ playbookName: run.playbook_name, id: run.id });

const handleOf = ({ temporal }: ExecutionServices, run: RunRow) =>
  temporal.client.workflow.getHandle(workflowIdOf(run));
