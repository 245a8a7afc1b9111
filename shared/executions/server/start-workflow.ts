import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { within } from '../../platform/server/temporal/within.ts';
import { inSpan, traceToCarry } from '../../platform/server/tracing/tracing.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import { callLabel } from '../call-label.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import {
  type AttemptReport,
  executeToolWorkflowName,
  executionWorkflow,
  executionWorkflowId,
} from '../execution-contract.ts';
import { executionStart } from '../execution-start.ts';
import type { ExecutionServices } from './execution-services.ts';

const startDeadlineMs = 2000;
/** No caller waits for a start that follows its call. */
export const owedStartDeadlineMs = 8000;

export interface WorkflowSubject {
  execution: ExecutionRow;
  tool: LoadedTool;
  tenantSlug?: string;
  /** Of the first attempt, if it has ended. */
  report?: AttemptReport | null;
  deadlineMs?: number;
  /** Also when a workflow of this id has run and is closed. */
  again?: boolean;
}

export type StartResult =
  /** `here`: this process got the first task with the response. */
  | { started: true; here: boolean }
  /** A workflow of this id has run and is closed. */
  | { started: false };

/**
 * Starts the workflow of an execution. Starting it again changes nothing.
 * @throws after `deadlineMs` (2 s), or sooner, when Temporal is unreachable
 */
export function startExecutionWorkflow(
  services: Pick<ExecutionServices, 'environment' | 'temporal'>,
  subject: WorkflowSubject,
): Promise<StartResult> {
  const { id, tool_name: toolName } = subject.execution;
  const attributes = { 'temporal.workflow.id': executionWorkflowId({ id, toolName }) };
  return inSpan('start workflow', { kind: 'producer', attributes }, () => start(services, subject));
}

async function start(
  services: Pick<ExecutionServices, 'environment' | 'temporal'>,
  { execution, tool, tenantSlug, report, deadlineMs = startDeadlineMs, again }: WorkflowSubject,
): Promise<StartResult> {
  const { client } = services.temporal;
  const { INTERLOCK_TASK_QUEUE: taskQueue, publicUrl } = services.environment;
  const traceparent = traceToCarry();
  try {
    const handle = await within(client, deadlineMs, () =>
      client.workflow.start(executeToolWorkflowName, {
        ...executionWorkflow(execution.tenant_id, {
          ...executionStart(tool, execution),
          ...(report && { report }),
          ...(traceparent && { traceparent }),
        }),
        ...(again && { workflowIdReusePolicy: 'ALLOW_DUPLICATE' }),
        taskQueue,
        requestEagerStart: true,
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: callLabel(tool, tenantSlug),
        staticDetails: `[Open in Interlock](${publicUrl}/executions/${execution.id})${report ? `\n\n${wordsOf(report)}` : ''}`,
        priority: { fairnessKey: execution.tenant_id },
      }),
    );
    return { started: true, here: handle.eagerlyStarted };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { started: false };
    throw error;
  }
}

/** The first attempt has no event of its own in the history when it ended before the workflow started. */
function wordsOf(report: AttemptReport): string {
  if (report.state === 'succeeded') return 'The first attempt succeeded before this workflow started.';
  return `The first attempt ended before this workflow started: ${report.message}`;
}
