import { WorkflowNotFoundError } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { listExecutionEnds } from '../../shared/executions/db/executions-sweep.ts';
import {
  executeToolWorkflowName,
  executionIdOf,
  searchAttributes,
} from '../../shared/executions/execution-contract.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { listKnownTenants } from '../../shared/identity/db/known-tenants.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';
import { listRunEnds } from '../../shared/playbooks/db/playbook-runs-sweep.ts';
import { runIdOf, runPlaybookWorkflowName } from '../../shared/playbooks/playbook-contract.ts';

const temporalDeadlineMs = 5000;
const perRound = 100;
/** A workflow closes soon after its row has ended, when a worker takes its last task. */
const afterEndMs = 60_000;

interface OpenWorkflow {
  workflowId: string;
  runId: string;
  /** Its execution or run. */
  subjectId: string;
  tenantId: string | undefined;
  startedAt: Date;
}

/** Where a round continues: Temporal's token of the next page. */
export type OrphanCursor = Uint8Array | null;

/**
 * Ends workflows that are open although their row has ended or does not exist, some in each round: the database was
 * restored from an older copy, or the row was closed while Temporal was unreachable. Workflows of tenants that this
 * database does not know are left alone: it may be the wrong database.
 * @param graceMs since the row ended, or since the workflow without a row started
 */
export async function endOrphans(
  services: ExecutionServices,
  connection: SystemConnection,
  cursor: OrphanCursor,
  graceMs = afterEndMs,
): Promise<OrphanCursor> {
  const { client } = services.temporal;
  const { workflows, next } = await listOpenWorkflows(services, cursor);
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

/** A page of our open workflows on our task queue. */
async function listOpenWorkflows(
  { environment, temporal: { client } }: ExecutionServices,
  cursor: OrphanCursor,
): Promise<{ workflows: OpenWorkflow[]; next: OrphanCursor }> {
  const { namespace } = client.options;
  const taskQueue = environment.INTERLOCK_TASK_QUEUE.replaceAll("'", "''");
  const page = await within(client, temporalDeadlineMs, () =>
    client.workflowService.listWorkflowExecutions({
      namespace,
      query: `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running' AND WorkflowType IN ('${executeToolWorkflowName}', '${runPlaybookWorkflowName}')`,
      pageSize: perRound,
      nextPageToken: cursor,
    }),
  );
  const workflows = page.executions.flatMap(({ execution, searchAttributes: found, startTime }) => {
    const { workflowId, runId } = execution ?? {};
    const subjectId = workflowId && (executionIdOf(workflowId) ?? runIdOf(workflowId));
    if (!workflowId || !runId || !subjectId) return [];
    const tenant = found?.indexedFields?.[searchAttributes.tenantId.name];
    const tenantId = tenant ? defaultPayloadConverter.fromPayload<string>(tenant) : undefined;
    return [
      { workflowId, runId, subjectId, tenantId, startedAt: new Date(Number(startTime?.seconds ?? 0) * 1000) },
    ];
  });
  return { workflows, next: page.nextPageToken.length > 0 ? page.nextPageToken : null };
}
