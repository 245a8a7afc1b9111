import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { within } from '../../platform/server/temporal/within.ts';
import type { ToolDefinition } from '../../tools/tool-definition.ts';
import { callLabel } from '../call-label.ts';
import {
  type ExecuteToolArgs,
  executeToolWorkflowName,
  executionWorkflowId,
  searchAttributes,
} from '../execution-contract.ts';
import type { ExecutionServices } from './execution-services.ts';

/** A first attempt that may take longer than this is an activity to be watched, not a local one. */
const longCallMs = 10_000;
/** After the last deadline: time to record the outcome while the database is away. */
const marginMs = 10 * 60_000;
const startDeadlineMs = 2000;

export function isLongCall(definition: Pick<ToolDefinition, 'timeoutMs'>): boolean {
  return definition.timeoutMs > longCallMs;
}

/** Of the workflow: all attempts, and the time to record what they came to. */
export function executionTimeoutMs(definition: Pick<ToolDefinition, 'deadlineMs'>): number {
  return definition.deadlineMs + marginMs;
}

export interface WorkflowSubject {
  execution: {
    id: string;
    tenant_id: string;
    tool_id: string;
    tool_name: string;
    exception_id: string | null;
    max_attempts: number;
  };
  tool: { definition: ToolDefinition; version: number };
  tenantSlug?: string;
}

export type StartResult =
  /** `here`: this process got the first task with the reply. */
  | { started: true; here: boolean }
  /** A workflow of this id has run and is closed. */
  | { started: false };

/**
 * Starts the workflow of an execution; doing it again changes nothing.
 * @throws within about two seconds when Temporal does not answer
 */
export async function startExecutionWorkflow(
  services: Pick<ExecutionServices, 'environment' | 'temporal'>,
  { execution, tool, tenantSlug }: WorkflowSubject,
): Promise<StartResult> {
  const { client } = services.temporal;
  const { timeoutMs, retry } = tool.definition;
  const args: ExecuteToolArgs = {
    tenantId: execution.tenant_id,
    executionId: execution.id,
    label: callLabel(tool),
    ...(isLongCall(tool.definition)
      ? { plan: { ...retry, maxAttempts: execution.max_attempts, timeoutMs } }
      : {}),
  };
  try {
    const handle = await within(client, startDeadlineMs, () =>
      client.workflow.start(executeToolWorkflowName, {
        taskQueue: services.environment.INTERLOCK_TASK_QUEUE,
        workflowId: executionWorkflowId({ toolName: execution.tool_name, id: execution.id }),
        args: [args],
        requestEagerStart: true,
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowExecutionTimeout: executionTimeoutMs(tool.definition),
        typedSearchAttributes: new TypedSearchAttributes([
          { key: searchAttributes.tenantId, value: execution.tenant_id },
          { key: searchAttributes.toolId, value: execution.tool_id },
          { key: searchAttributes.toolName, value: execution.tool_name },
          ...(execution.exception_id
            ? [{ key: searchAttributes.exceptionId, value: execution.exception_id }]
            : []),
        ]),
        staticSummary: callLabel(tool, tenantSlug),
        staticDetails: `[Open in Interlock](${services.environment.publicUrl}/executions/${execution.id})`,
        priority: { fairnessKey: execution.tenant_id },
      }),
    );
    return { started: true, here: handle.eagerlyStarted };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { started: false };
    throw error;
  }
}
