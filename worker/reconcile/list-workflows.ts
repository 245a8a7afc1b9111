import { defaultPayloadConverter } from '@temporalio/common';
import {
  executeToolWorkflowName,
  executionIdOf,
  searchAttributes,
} from '../../shared/executions/execution-contract.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';
import { runIdOf, runPlaybookWorkflowName } from '../../shared/playbooks/playbook-contract.ts';

/** A workflow of an execution or a run, as Temporal's visibility store lists it. */
export interface ListedWorkflow {
  workflowId: string;
  runId: string;
  /** Its execution or run. */
  subjectId: string;
  tenantId: string | undefined;
  startedAt: Date;
  /** The workflow whose child it is. */
  parentId: string | undefined;
}

/** Temporal's token of the next page; null: the first one. */
export type WorkflowCursor = Uint8Array | null;

const temporalDeadlineMs = 5000;
const perPage = 100;

/** A page of our workflows on our task queue that fit the condition, in Temporal's query language. */
export async function listWorkflows(
  { environment, temporal: { client } }: ExecutionServices,
  condition: string,
  cursor: WorkflowCursor,
): Promise<{ workflows: ListedWorkflow[]; next: WorkflowCursor }> {
  const taskQueue = environment.INTERLOCK_TASK_QUEUE.replaceAll("'", "''");
  const page = await within(client, temporalDeadlineMs, () =>
    client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      query: `TaskQueue = '${taskQueue}' AND WorkflowType IN ('${executeToolWorkflowName}', '${runPlaybookWorkflowName}') AND ${condition}`,
      pageSize: perPage,
      nextPageToken: cursor,
    }),
  );
  const workflows = page.executions.flatMap((info): ListedWorkflow[] => {
    const { workflowId, runId } = info.execution ?? {};
    const subjectId = workflowId && (executionIdOf(workflowId) ?? runIdOf(workflowId));
    if (!workflowId || !runId || !subjectId) return [];
    const tenant = info.searchAttributes?.indexedFields?.[searchAttributes.tenantId.name];
    return [
      {
        workflowId,
        runId,
        subjectId,
        tenantId: tenant ? defaultPayloadConverter.fromPayload<string>(tenant) : undefined,
        startedAt: new Date(Number(info.startTime?.seconds ?? 0) * 1000),
        parentId: info.parentExecution?.workflowId ?? undefined,
      },
    ];
  });
  return { workflows, next: page.nextPageToken.length > 0 ? page.nextPageToken : null };
}

/** All pages of them. */
export async function listAllWorkflows(
  services: ExecutionServices,
  condition: string,
): Promise<ListedWorkflow[]> {
  const all: ListedWorkflow[] = [];
  let cursor: WorkflowCursor = null;
  do {
    const { workflows, next } = await listWorkflows(services, condition, cursor);
    all.push(...workflows);
    cursor = next;
  } while (cursor);
  return all;
}
