import { WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import { within } from '../../platform/server/temporal/within.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { type RunStart, runPlaybookWorkflowName, runWorkflow, runWorkflowId } from '../playbook-contract.ts';
import type { PlaybookContext } from './run-context.ts';

const startDeadlineMs = 2000;

export function runStart(run: RunRow): RunStart {
  return {
    runId: run.id,
    playbookId: run.playbook_id,
    playbookName: run.playbook_name,
    playbookTitle: run.playbook_title,
    exceptionId: run.exception_id,
  };
}

/**
 * Starts the workflow of a run. Starting it again changes nothing.
 * @param options.again also when a workflow with this id has run and is closed
 * @returns false when a workflow with this id has run and is closed
 * @throws within about two seconds when Temporal is unreachable
 */
export async function startRunWorkflow(
  { environment, temporal: { client } }: Pick<PlaybookContext, 'environment' | 'temporal'>,
  run: RunRow,
  { again = false }: { again?: boolean } = {},
): Promise<boolean> {
  const {
    INTERLOCK_TASK_QUEUE: taskQueue,
    INTERLOCK_RUN_HISTORY_LIMIT: historyLimit,
    publicUrl,
  } = environment;
  try {
    await within(client, startDeadlineMs, () =>
      client.workflow.start(runPlaybookWorkflowName, {
        ...runWorkflow({ tenantId: run.tenant_id, historyLimit }, runStart(run)),
        ...(again && { workflowIdReusePolicy: 'ALLOW_DUPLICATE' }),
        taskQueue,
        requestEagerStart: true,
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `${run.playbook_title} v${run.playbook_version}`,
        staticDetails: `[Open in Interlock](${publicUrl}/playbook-runs/${run.id})`,
        priority: { fairnessKey: run.tenant_id },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** The workflow of a run, for signals, updates and cancels. */
export function runHandle(
  { temporal: { client } }: Pick<PlaybookContext, 'temporal'>,
  run: RunRow,
): WorkflowHandle {
  return client.workflow.getHandle(runWorkflowId({ playbookName: run.playbook_name, id: run.id }));
}
