import { WorkflowNotFoundError } from '@temporalio/client';
import { listExecutionEnds } from '../../shared/executions/db/executions-sweep.ts';
import { executionIdOf } from '../../shared/executions/execution-contract.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { listKnownTenants } from '../../shared/identity/db/known-tenants.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';
import { listRunEnds } from '../../shared/playbooks/db/playbook-runs-sweep.ts';
import { runIdOf } from '../../shared/playbooks/playbook-contract.ts';
import { listWorkflows, type WorkflowCursor } from './list-workflows.ts';

const temporalDeadlineMs = 5000;
/** A workflow closes soon after its row has ended, when a worker takes its last task. */
const afterEndMs = 60_000;

/**
 * Ends workflows that are open although their row has ended or does not exist, some in each round: the database was
 * restored from an older copy, or the row was closed while Temporal was unreachable. Workflows of tenants that this
 * database does not know are left alone: it may be the wrong database.
 * @param graceMs since the row ended, or since the workflow without a row started
 */
export async function endOrphans(
  services: ExecutionServices,
  connection: SystemConnection,
  cursor: WorkflowCursor,
  graceMs = afterEndMs,
): Promise<WorkflowCursor> {
  const { client } = services.temporal;
  const { workflows, next } = await listWorkflows(services, "ExecutionStatus = 'Running'", cursor);
  const executions = workflows.flatMap(({ workflowId }) => executionIdOf(workflowId) ?? []);
  const runs = workflows.flatMap(({ workflowId }) => runIdOf(workflowId) ?? []);
  const ends = new Map([
    ...(await listExecutionEnds(connection, executions)),
    ...(await listRunEnds(connection, runs)),
  ]);
  const before = Date.now() - graceMs;
  const orphans = workflows.filter(({ subjectId, startedAt }) => {
    const endedAt = ends.get(subjectId);
    return endedAt === undefined ? startedAt.getTime() < before : endedAt && endedAt.getTime() < before;
  });
  const tenants = await listKnownTenants(
    connection,
    orphans.flatMap(({ tenantId }) => tenantId ?? []),
  );
  for (const { workflowId, runId, subjectId, tenantId } of orphans) {
    if (!tenantId || !tenants.has(tenantId)) continue;
    const reason = ends.has(subjectId) ? 'Its row has ended.' : 'The database has no row of it.';
    await within(client, temporalDeadlineMs, () =>
      client.workflow.getHandle(workflowId, runId).terminate(reason),
    ).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
    services.log.warn({ workflowId, reason }, 'an open workflow without an open row was terminated');
  }
  return next;
}
