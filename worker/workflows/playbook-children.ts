import { ChildWorkflowFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  executeChild,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import { type BatchStart, batchWorkflow, runBatchWorkflowName } from '../../shared/batches/batch-contract.ts';
import {
  type ExecutionStart,
  executeToolWorkflowName,
  executionWorkflow,
} from '../../shared/executions/execution-contract.ts';
import {
  type RunPlaybookArgs,
  type RunStart,
  runPlaybookWorkflowName,
  runWorkflow,
  type StepOutline,
} from '../../shared/playbooks/playbook-contract.ts';

/**
 * Executes the tool of a step to its end; the outcome is in its row. A call in progress outlives a terminated run:
 * money may be moving.
 */
export async function runToolAsChild(
  { tenantId }: RunPlaybookArgs,
  step: StepOutline,
  child: ExecutionStart,
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
export async function startPlaybookAsChild(parent: RunPlaybookArgs, child: RunStart): Promise<void> {
  try {
    await startChild(runPlaybookWorkflowName, {
      ...runWorkflow(parent, child),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: child.playbookTitle,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Starts the batch of a step, which signals its end. It is cancelled by its row, which says why. */
export async function startBatchAsChild(
  { tenantId, historyLimit }: RunPlaybookArgs,
  step: StepOutline,
  { batchId, round, total }: BatchStart,
): Promise<void> {
  try {
    await startChild(runBatchWorkflowName, {
      ...batchWorkflow({ tenantId, batchId, round, historyLimit }),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      staticSummary: `Batch of ${total} calls · step ${step.number} ${step.title}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
