import {
  ChildWorkflowFailure,
  TypedSearchAttributes,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  executeChild,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import {
  executeToolWorkflowName,
  executionWorkflow,
  searchAttributes,
} from '../../shared/executions/execution-contract.ts';
import {
  type ChildExecution,
  type ChildRun,
  type RunPlaybookArgs,
  runPlaybookWorkflowName,
  runWorkflowId,
  type StepOutline,
} from '../../shared/playbooks/playbook-contract.ts';

/**
 * Executes the tool of a step to its end; the outcome is in its row. A call in progress outlives a terminated run:
 * money may be moving.
 */
export async function runToolAsChild(
  { tenantId }: RunPlaybookArgs,
  step: StepOutline,
  child: ChildExecution,
): Promise<void> {
  try {
    await executeChild(executeToolWorkflowName, {
      ...executionWorkflow(tenantId, child, step.id),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      staticSummary: `${child.label} · step ${step.number} ${step.title}`,
    });
  } catch (error) {
    // The row has the outcome, also of a child that was cancelled by itself; a cancel of this run goes on.
    if (CancellationScope.current().consideredCancelled) throw error;
    if (!(error instanceof ChildWorkflowFailure || error instanceof WorkflowExecutionAlreadyStartedError))
      throw error;
  }
}

/** Starts the run of a sub-playbook, which signals its end. */
export async function startPlaybookAsChild(
  { tenantId, historyLimit }: RunPlaybookArgs,
  child: ChildRun,
): Promise<void> {
  const args: RunPlaybookArgs = { tenantId, runId: child.runId, historyLimit };
  try {
    await startChild(runPlaybookWorkflowName, {
      workflowId: runWorkflowId({ playbookName: child.playbookName, id: child.runId }),
      args: [args],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: searchAttributes.tenantId, value: tenantId },
        { key: searchAttributes.playbookId, value: child.playbookId },
        ...(child.exceptionId ? [{ key: searchAttributes.exceptionId, value: child.exceptionId }] : []),
      ]),
      staticSummary: child.playbookTitle,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
