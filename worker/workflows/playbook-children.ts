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
  type ExecuteToolArgs,
  executeToolWorkflowName,
  executionWorkflowId,
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
 * Runs the tool of a step to its end; what it came to is in its row. A call under way outlives a run that is
 * terminated: money may be moving.
 */
export async function runToolAsChild(
  { tenantId }: RunPlaybookArgs,
  step: StepOutline,
  child: ChildExecution,
): Promise<void> {
  const { executionId, toolId, toolName, exceptionId, label, plan } = child;
  const args: ExecuteToolArgs = { tenantId, executionId, label, ...(plan ? { plan } : {}) };
  try {
    await executeChild(executeToolWorkflowName, {
      workflowId: executionWorkflowId({ toolName, id: executionId }),
      args: [args],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowExecutionTimeout: child.timeoutMs,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: searchAttributes.tenantId, value: tenantId },
        { key: searchAttributes.toolId, value: toolId },
        { key: searchAttributes.toolName, value: toolName },
        { key: searchAttributes.stepId, value: step.id },
        ...(exceptionId ? [{ key: searchAttributes.exceptionId, value: exceptionId }] : []),
      ]),
      staticSummary: `${label} · step ${step.number} ${step.title}`,
    });
  } catch (error) {
    // What became of it, cancelled by itself too, its row tells; a cancel of this run goes on.
    if (CancellationScope.current().consideredCancelled) throw error;
    if (!(error instanceof ChildWorkflowFailure || error instanceof WorkflowExecutionAlreadyStartedError))
      throw error;
  }
}

/** Starts the run of a sub-playbook; it tells when it has ended. */
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
